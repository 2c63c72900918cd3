// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: custom_op/general; reference qonnx_finn.md sections 1.2 to 1.6. All arithmetic is float32, in the
// order of the reference implementation: that order is the definition.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/requantise.h"
#include "ops/rounding.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// The parameters must not stretch the quantised tensor, and a scale of 0 has no meaning.
Result<void> checkParameters(const RunContext& context, std::size_t count)
{
    const Tensor& x = context[0];
    for (std::size_t i = 1; i < count; ++i) {
        const Tensor* parameter = context.find(i);
        if (!parameter) continue;
        const std::optional<Shape> common = broadcastShape(x.shape(), parameter->shape());
        const bool is_scalar = parameter->size() == 1;
        if (!is_scalar && (!common || *common != x.shape()))
            return shapeProblem(context.node, fmt::format("its input {} has shape {}, which does not fit {}", i,
                                                          shapeText(parameter->shape()), shapeText(x.shape())));
    }
    const std::vector<float> scale = asFloats(context[1]);
    if (std::any_of(scale.begin(), scale.end(), [](float s) { return s == 0; }))
        return valueProblem(context.node, "its scale is 0");
    return {};
}

Result<const FloatRounding*> roundingOf(const Node& node, std::string_view fallback)
{
    const std::string name = attributeString(node, "rounding_mode", fallback);
    const FloatRounding* rounding = roundingByName(name);
    if (!rounding) return attributeProblem(node, "rounding_mode", fmt::format("there is no mode '{}'", name));
    return rounding;
}

struct Range {
    float low;
    float high;
};

Range integerRange(bool is_signed, bool is_narrow, float bits)
{
    const float narrow = is_narrow ? 1.0F : 0.0F;
    if (is_signed) return {-std::exp2(bits - 1) + narrow, std::exp2(bits - 1) - 1};
    return {0, std::exp2(bits) - 1 - narrow};
}

float clamped(float x, const Range& range)
{
    if (x > range.high) x = range.high;
    if (x < range.low) x = range.low;
    return x;
}

/// Maps every element of input 0 with f(element, index).
template <class F>
std::vector<Tensor> mapElements(const RunContext& context, F f)
{
    const Tensor in = convertTo(context[0], ElementType::Float32);
    const std::span<const float> x = in.as<float>();
    return {filledTensor<float>(ElementType::Float32, in.shape(), [&](std::span<float> y) {
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = f(x[i], static_cast<std::int64_t>(i));
    })};
}

// ---- Quant, IntQuant

Result<std::vector<Tensor>> runQuant(const RunContext& context)
{
    if (Result<void> fits = checkParameters(context, 4); !fits) return fits.error();
    Result<const FloatRounding*> rounding = roundingOf(context.node, "ROUND");
    if (!rounding) return rounding.error();
    const Shape& shape = context[0].shape();
    const Stretched scale(context[1], shape);
    const Stretched zero(context[2], shape);
    const Stretched bits(context[3], shape);
    const bool is_signed = attributeInt(context.node, "signed", 1) != 0;
    const bool is_narrow = attributeInt(context.node, "narrow", 0) != 0;
    const bool is_bipolar = is_signed && context[3].size() == 1 && bits[0] == 1;
    return mapElements(context, [&](float x, std::int64_t i) {
        float t = x / scale[i];
        t = t + zero[i];
        const float q = is_bipolar ? (t >= 0 ? 1.0F : -1.0F)
                                   : (**rounding)(clamped(t, integerRange(is_signed, is_narrow, bits[i])));
        return (q - zero[i]) * scale[i];
    });
}

// ---- BipolarQuant

Result<std::vector<Tensor>> runBipolarQuant(const RunContext& context)
{
    if (Result<void> fits = checkParameters(context, 2); !fits) return fits.error();
    const Stretched scale(context[1], context[0].shape());
    return mapElements(context, [&](float x, std::int64_t i) { return (x >= 0 ? 1.0F : -1.0F) * scale[i]; });
}

// ---- Trunc: version 1 has five inputs, version 2 six

Result<std::vector<Tensor>> runTrunc1(const RunContext& context, const FloatRounding& rounding)
{
    const Shape& shape = context[0].shape();
    const Stretched scale(context[1], shape);
    const Stretched zero(context[2], shape);
    const Stretched bits_in(context[3], shape);
    const Stretched bits_out(context[4], shape);
    return mapElements(context, [&](float x, std::int64_t i) {
        float y = std::nearbyint(x / scale[i] + zero[i]);
        y = rounding(y / std::exp2(bits_in[i] - bits_out[i]));
        return (y - zero[i]) * scale[i];
    });
}

Result<std::vector<Tensor>> runTrunc2(const RunContext& context, const FloatRounding& rounding)
{
    const Shape& shape = context[0].shape();
    const Stretched scale(context[1], shape);
    const Stretched zero(context[2], shape);
    const Stretched scale_out(context[4], shape);
    const Stretched bits_out(context[5], shape);
    const bool is_signed = attributeInt(context.node, "signed", 1) != 0;
    const bool is_narrow = attributeInt(context.node, "narrow", 0) != 0;
    return mapElements(context, [&](float x, std::int64_t i) {
        const float factor = std::exp2(std::nearbyint(std::log2(scale_out[i] / scale[i])));
        float y = std::nearbyint(x / scale[i] + zero[i]) / factor;
        y = rounding(clamped(y, integerRange(is_signed, is_narrow, bits_out[i])));
        return (y - zero[i] / factor) * scale_out[i];
    });
}

Result<std::vector<Tensor>> runTrunc(const RunContext& context)
{
    if (Result<void> fits = checkParameters(context, 6); !fits) return fits.error();
    Result<const FloatRounding*> rounding = roundingOf(context.node, "FLOOR");
    if (!rounding) return rounding.error();
    // Files often do not import the domain at all, so the number of inputs tells the versions apart.
    return context.inputs.size() > 5 && context.inputs[5] ? runTrunc2(context, **rounding) : runTrunc1(context, **rounding);
}

// ---- FloatQuant

/// What values beyond the largest become.
struct Overflowing {
    bool saturates = true;
    bool has_infinity = false;
    bool has_nan = false;
};

float minifloat(float x, float exponent_bits, float mantissa_bits, float bias, float largest, const FloatRounding& rounding,
                const Overflowing& overflow)
{
    constexpr float kTiny = std::numeric_limits<float>::min(); // makes 0 have an exponent
    const float exponent = std::max(std::floor(std::log2(std::fabs(x) + kTiny)) - mantissa_bits, 1 - bias - mantissa_bits);
    const float unit = std::exp2(exponent);
    const float q = unit * rounding(x / unit);
    const double highest = (2.0 - std::exp2(-static_cast<double>(mantissa_bits))) *
                           std::exp2(std::exp2(static_cast<double>(exponent_bits)) - 1.0 - static_cast<double>(bias));
    const auto limit = static_cast<float>(std::min(highest, static_cast<double>(largest)));
    if (!overflow.saturates && (q > limit || q < -limit)) {
        if (overflow.has_infinity) return std::copysign(std::numeric_limits<float>::infinity(), q);
        return std::numeric_limits<float>::quiet_NaN();
    }
    return q > limit ? limit : (q < -limit ? -limit : q);
}

Result<std::vector<Tensor>> runFloatQuant(const RunContext& context)
{
    if (Result<void> fits = checkParameters(context, 6); !fits) return fits.error();
    Result<const FloatRounding*> rounding = roundingOf(context.node, "ROUND");
    if (!rounding) return rounding.error();
    const Node& node = context.node;
    const Overflowing overflow{attributeInt(node, "saturation", 1) != 0,
                               attributeInt(node, "has_inf", attributeInt(node, "has_infinity", 0)) != 0,
                               attributeInt(node, "has_nan", 0) != 0};
    if (!overflow.saturates && !overflow.has_infinity && !overflow.has_nan)
        return attributeProblem(node, "saturation", "there is neither infinity nor NaN for values out of range");
    const Shape& shape = context[0].shape();
    const Stretched scale(context[1], shape);
    const Stretched exponent_bits(context[2], shape);
    const Stretched mantissa_bits(context[3], shape);
    std::optional<Stretched> bias;
    if (context.find(4)) bias.emplace(context[4], shape);
    std::optional<Stretched> largest;
    if (context.find(5)) largest.emplace(context[5], shape);
    return mapElements(context, [&](float x, std::int64_t i) {
        const float b = bias ? (*bias)[i] : std::exp2(exponent_bits[i] - 1) - 1;
        const float most = largest ? (*largest)[i] : std::numeric_limits<float>::infinity();
        return minifloat(x / scale[i], exponent_bits[i], mantissa_bits[i], b, most, **rounding, overflow) * scale[i];
    });
}

// ---- MultiThreshold

Result<std::vector<Tensor>> runMultiThreshold(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    const Shape& grid = context[1].shape();
    const std::string layout = attributeString(context.node, "data_layout", "");
    const bool channels_last = !layout.empty() && layout.back() == 'C';
    if (grid.size() != 2 || shape.size() < (channels_last ? 1U : 2U))
        return shapeProblem(context.node, fmt::format("thresholds of shape {} do not fit {}", shapeText(grid), shapeText(shape)));
    const std::size_t axis = channels_last ? shape.size() - 1 : 1;
    if (grid[0] != 1 && grid[0] != shape[axis])
        return shapeProblem(context.node, fmt::format("{} rows of thresholds do not fit {} channels", grid[0], shape[axis]));
    const std::vector<float> thresholds = asFloats(context[1]);
    const std::int64_t behind = rowSteps(shape)[axis];
    const auto scale = static_cast<float>(attributeFloat(context.node, "out_scale", 1.0));
    const auto bias = static_cast<float>(attributeFloat(context.node, "out_bias", 0.0));
    return mapElements(context, [&](float x, std::int64_t i) {
        const std::int64_t channel = grid[0] == 1 ? 0 : i / behind % shape[axis];
        const auto row = thresholds.begin() + channel * grid[1];
        const auto count = std::count_if(row, row + grid[1], [x](float t) { return x >= t; });
        return scale * static_cast<float>(count) + bias;
    });
}

/// Parameters must be the same for all samples.
bool batchQuantiser(const BatchContext& context)
{
    return batchFirstInput(context) && batchElementwise(context);
}

constexpr std::array kOps{
    OpDescriptor{kQonnxDomain, "Quant", 1, 4, sameAsInput, runQuant, batchQuantiser},
    OpDescriptor{kQonnxDomain, "IntQuant", 1, 4, sameAsInput, runQuant, batchQuantiser},
    OpDescriptor{kQonnxDomain, "BipolarQuant", 1, 2, sameAsInput, runBipolarQuant, batchQuantiser},
    OpDescriptor{kQonnxDomain, "Trunc", 1, 5, sameAsInput, runTrunc, batchQuantiser},
    OpDescriptor{kQonnxDomain, "FloatQuant", 1, 4, sameAsInput, runFloatQuant, batchQuantiser},
    OpDescriptor{kQonnxDomain, "MultiThreshold", 1, 2, sameAsInput, runMultiThreshold, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> qonnxQuantisers()
{
    return kOps;
}

} // namespace bitwright
