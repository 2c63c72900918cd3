// SPDX-License-Identifier: GPL-3.0-or-later
// QuantizeLinear and DequantizeLinear in all granularities (reference qonnx_finn.md section 3.2).
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/requantise.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// Which parameter belongs to an element: one for all, one per place of an axis, or one per block of it.
struct Granularity {
    std::int64_t behind = 1; ///< elements of x behind the axis
    std::int64_t extent = 1; ///< of the axis
    std::int64_t block = 0;  ///< places that share a parameter; 0 for one parameter
    std::int64_t blocks = 1; ///< parameters along the axis
    bool is_blocked = false;

    std::size_t parameter(std::int64_t element) const
    {
        if (block == 0) return 0;
        const std::int64_t place = element / behind % extent / block;
        if (!is_blocked) return static_cast<std::size_t>(place);
        const std::int64_t before = element / (behind * extent);
        return static_cast<std::size_t>((before * blocks + place) * behind + element % behind);
    }
};

Result<Granularity> granularityOf(const RunContext& context)
{
    const Shape& x = context[0].shape();
    const Shape& scale = context[1].shape();
    Granularity result;
    if (context[1].size() == 1) return result;
    const auto misfit = [&] {
        return shapeProblem(context.node, fmt::format("scales of shape {} do not fit {}", shapeText(scale), shapeText(x)));
    };
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", 1), x.size());
    // The only axis of a vector is meant, whatever the default says.
    const std::size_t along = x.size() == 1 ? 0 : axis.value_or(0);
    if (!axis && x.size() != 1) return misfit();
    result.extent = x[along];
    result.behind = elementCount(Shape(x.begin() + static_cast<std::ptrdiff_t>(along) + 1, x.end())).value_or(0);
    result.block = 1;
    result.blocks = result.extent;
    const std::int64_t block = attributeInt(context.node, "block_size", 0);
    if (block > 0 && scale.size() == x.size()) {
        result.block = block;
        result.blocks = scale[along];
        result.is_blocked = true;
        Shape expected = x;
        expected[along] = (x[along] + block - 1) / block;
        if (expected != scale) return misfit();
    } else if (context[1].size() != result.extent) {
        return misfit();
    }
    return result;
}

bool isKnownType(std::int64_t number)
{
    return number > 0 && number < 100 && isKnownElementType(static_cast<int>(number));
}

ElementType quantisedType(const Node& node, ElementType zero_point)
{
    const std::int64_t number = attributeInt(node, "output_dtype", 0);
    if (isKnownType(number)) return static_cast<ElementType>(number);
    return zero_point == ElementType::Undefined ? ElementType::Uint8 : zero_point;
}

Result<std::vector<Tensor>> runQuantise(const RunContext& context)
{
    const Result<Granularity> granularity = granularityOf(context);
    if (!granularity) return granularity.error();
    const std::vector<float> scale = asFloats(context[1]);
    if (std::any_of(scale.begin(), scale.end(), [](float s) { return s == 0; })) return valueProblem(context.node, "its scale is 0");
    const Tensor* zero = context.find(2);
    if (zero && zero->size() != context[1].size()) return shapeProblem(context.node, "its zero points do not match its scales");
    const ElementType type = quantisedType(context.node, zero ? zero->type() : ElementType::Undefined);
    const std::vector<float> x = asFloats(context[0]);
    const std::vector<double> zeros = zero ? asDoubles(*zero) : std::vector<double>(scale.size(), 0.0);
    const std::optional<std::pair<double, double>> bounds = integerBounds(type);
    if (!bounds && !isSmallFloat(type)) return typeProblem(context.node, type);
    // The division is done in the type of the scale, or in the one that the attribute names.
    const std::int64_t precision = attributeInt(context.node, "precision", 0);
    const ElementType division = isKnownType(precision) ? static_cast<ElementType>(precision) : context[1].type();
    std::vector<double> codes(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t p = granularity->parameter(static_cast<std::int64_t>(i));
        float quotient = x[i] / scale[p];
        if (division == ElementType::Float16 || division == ElementType::Bfloat16)
            quotient = decodeSmallFloat(division, encodeSmallFloat(division, quotient, false));
        if (!bounds) { // a small float: the conversion rounds
            codes[i] = static_cast<double>(quotient) + zeros[p]; // takes the sign off -0
            continue;
        }
        const double rounded = static_cast<double>(std::nearbyint(quotient)) + zeros[p];
        codes[i] = std::isnan(rounded) ? bounds->first : std::clamp(rounded, bounds->first, bounds->second);
    }
    if (bounds) return std::vector<Tensor>{convertTo(Tensor::of<double>(context[0].shape(), codes), type)};
    const bool saturates = attributeInt(context.node, "saturate", 1) != 0;
    const std::size_t bytes = elementBytes(type);
    const std::shared_ptr<std::byte[]> out(new std::byte[codes.size() * bytes]);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const std::uint16_t code = encodeSmallFloat(type, static_cast<float>(codes[i]), saturates);
        std::memcpy(out.get() + i * bytes, &code, bytes);
    }
    return std::vector<Tensor>{Tensor(type, context[0].shape(), out)};
}

Result<std::vector<Tensor>> runDequantise(const RunContext& context)
{
    const Result<Granularity> granularity = granularityOf(context);
    if (!granularity) return granularity.error();
    const Tensor* zero = context.find(2);
    if (zero && zero->size() != context[1].size()) return shapeProblem(context.node, "its zero points do not match its scales");
    const std::vector<float> scale = asFloats(context[1]);
    const std::vector<double> x = asDoubles(context[0]);
    const std::vector<double> zeros = zero ? asDoubles(*zero) : std::vector<double>(scale.size(), 0.0);
    const Tensor out = filledTensor<float>(ElementType::Float32, context[0].shape(), [&](std::span<float> y) {
        for (std::size_t i = 0; i < y.size(); ++i) {
            const std::size_t p = granularity->parameter(static_cast<std::int64_t>(i));
            y[i] = static_cast<float>(x[i] - zeros[p]) * scale[p];
        }
    });
    const std::int64_t number = attributeInt(context.node, "output_dtype", 0);
    return std::vector<Tensor>{convertTo(out, isKnownType(number) ? static_cast<ElementType>(number) : context[1].type())};
}

Result<std::vector<TensorFacts>> quantiseShape(const ShapeContext& context)
{
    return oneOutput(quantisedType(context.node, context.type(2)), context.inputs[0].shape);
}

Result<std::vector<TensorFacts>> dequantiseShape(const ShapeContext& context)
{
    const std::int64_t number = attributeInt(context.node, "output_dtype", 0);
    return oneOutput(isKnownType(number) ? static_cast<ElementType>(number) : context.type(1), context.inputs[0].shape);
}

// ---- DynamicQuantizeLinear: the range of one tensor, which always holds 0, becomes that of uint8

Result<std::vector<TensorFacts>> dynamicShape(const ShapeContext& context)
{
    return std::vector<TensorFacts>{{ElementType::Uint8, context.inputs[0].shape, {}}, {ElementType::Float32, Shape{}, {}}, {ElementType::Uint8, Shape{}, {}}};
}

Result<std::vector<Tensor>> runDynamic(const RunContext& context)
{
    if (context[0].type() != ElementType::Float32) return typeProblem(context.node, context[0].type());
    const std::span<const float> x = context[0].as<float>();
    float low = 0;
    float high = 0;
    for (const float value : x) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    // A tensor of zeros has scale 1, as in ONNX Runtime.
    LinearScale scale{high == low ? 1.0F : (high - low) / 255.0F, 0, 0, 255};
    scale.zero = std::nearbyint(std::clamp(-low / scale.scale, 0.0F, 255.0F));
    const Tensor codes = filledTensor<std::uint8_t>(ElementType::Uint8, context[0].shape(), [&](std::span<std::uint8_t> y) {
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<std::uint8_t>(scale.quantised(x[i]));
    });
    const auto zero = static_cast<std::uint8_t>(scale.zero);
    return std::vector<Tensor>{codes, Tensor::of<float>({}, std::span(&scale.scale, 1)), Tensor::of<std::uint8_t>({}, std::span(&zero, 1))};
}

/// Scales along the batch would differ from sample to sample.
bool batchLinear(const BatchContext& context)
{
    if (!batchFirstInput(context)) return false;
    const std::optional<Shape>& scale = context.inputs[1].shape;
    if (!scale) return false;
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", 1), context.rank(0));
    return elementCount(*scale) == 1 || (axis && *axis != 0 && attributeInt(context.node, "block_size", 0) == 0);
}

constexpr std::array kOps{
    OpDescriptor{"", "QuantizeLinear", 10, 2, quantiseShape, runQuantise, batchLinear},
    OpDescriptor{"", "DequantizeLinear", 10, 2, dequantiseShape, runDequantise, batchLinear},
    OpDescriptor{"", "DynamicQuantizeLinear", 11, 1, dynamicShape, runDynamic, NotSupported{"The scale depends on all samples."}},
    OpDescriptor{kMicrosoftDomain, "QuantizeLinear", 1, 2, quantiseShape, runQuantise, batchLinear},
    OpDescriptor{kMicrosoftDomain, "DequantizeLinear", 1, 2, dequantiseShape, runDequantise, batchLinear},
};

} // namespace

std::span<const OpDescriptor> linearQuantisers()
{
    return kOps;
}

} // namespace bitwright
