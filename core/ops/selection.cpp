// SPDX-License-Identifier: GPL-3.0-or-later
// Operators whose number of results depends on values: Compress, NonZero, Range (onnx: docs/Operators.md).
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- Compress

Result<std::vector<TensorFacts>> compressShape(const ShapeContext& context)
{
    if (!hasAttribute(context.node, "axis")) return oneOutput(context.type(0), Shape{-1});
    if (!context.shape(0)) return oneOutput(context.type(0), std::nullopt);
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), *context.shape(0));
    if (!axis) return axis.error();
    Shape out = *context.shape(0);
    out[*axis] = -1;
    return oneOutput(context.type(0), out);
}

Result<std::vector<Tensor>> runCompress(const RunContext& context)
{
    const Tensor input = hasAttribute(context.node, "axis") ? context[0] : context[0].reshaped({context[0].size()});
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), input.shape());
    if (!axis) return axis.error();
    if (context[1].type() != ElementType::Bool) return typeProblem(context.node, context[1].type());
    if (context[1].size() > input.shape()[*axis])
        return shapeProblem(context.node, fmt::format("{} conditions do not fit axis {} of {}", context[1].size(), *axis, shapeText(input.shape())));
    const AxisRows rows = rowsAlong(input.shape(), *axis);
    const std::span<const std::uint8_t> is_kept = context[1].as<std::uint8_t>();
    std::vector<std::int64_t> sources;
    for (std::int64_t o = 0; o < rows.outer; ++o)
        for (std::size_t k = 0; k < is_kept.size(); ++k)
            for (std::int64_t i = 0; is_kept[k] != 0 && i < rows.inner; ++i)
                sources.push_back((o * rows.length + static_cast<std::int64_t>(k)) * rows.inner + i);
    Shape out = input.shape();
    out[*axis] = std::count_if(is_kept.begin(), is_kept.end(), [](std::uint8_t flag) { return flag != 0; });
    return std::vector<Tensor>{copyElements(input, out, sources)};
}

// ---- NonZero

Result<std::vector<TensorFacts>> nonZeroShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    return oneOutput(ElementType::Int64, Shape{from ? static_cast<std::int64_t>(from->size()) : -1, -1});
}

Result<std::vector<Tensor>> runNonZero(const RunContext& context)
{
    const Tensor& input = context[0];
    if (isOpaqueType(input.type())) return typeProblem(context.node, input.type());
    const Tensor flags = convertTo(input, ElementType::Bool);
    const std::span<const std::uint8_t> is_set = flags.as<std::uint8_t>();
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < is_set.size(); ++i)
        if (is_set[i] != 0) places.push_back(static_cast<std::int64_t>(i));
    const std::vector<std::int64_t> steps = rowSteps(input.shape());
    std::vector<std::int64_t> out;
    for (std::size_t axis = 0; axis < steps.size(); ++axis)
        for (const std::int64_t place : places) out.push_back(place / steps[axis] % input.shape()[axis]);
    return std::vector<Tensor>{
        Tensor::of<std::int64_t>({static_cast<std::int64_t>(steps.size()), static_cast<std::int64_t>(places.size())}, out)};
}

// ---- Range

/// Number of elements; nothing where a bound is missing or no number. Integers are counted exactly.
std::optional<std::int64_t> rangeCount(const Tensor* start, const Tensor* limit, const Tensor* delta)
{
    if (!start || !limit || !delta || start->size() != 1 || limit->size() != 1 || delta->size() != 1) return std::nullopt;
    constexpr std::int64_t kEdge = std::int64_t{1} << 62;
    if (isIntegerType(start->type())) {
        const std::int64_t a = *singleInteger(start);
        const std::int64_t b = *singleInteger(limit);
        const std::int64_t d = *singleInteger(delta);
        const bool is_sane = a > -kEdge && a < kEdge && b > -kEdge && b < kEdge && d > -kEdge && d < kEdge;
        if (d == 0 || !is_sane) return std::nullopt;
        const std::int64_t distance = d > 0 ? b - a : a - b;
        const std::int64_t step = d > 0 ? d : -d;
        return distance <= 0 ? 0 : (distance - 1) / step + 1;
    }
    const double count = std::ceil((*singleNumber(limit) - *singleNumber(start)) / *singleNumber(delta));
    if (!(count < static_cast<double>(kMaximumElements) * 2)) return std::nullopt;
    return count <= 0 ? 0 : static_cast<std::int64_t>(count);
}

Result<std::vector<TensorFacts>> rangeShape(const ShapeContext& context)
{
    const std::optional<std::int64_t> count = rangeCount(context.constant(0), context.constant(1), context.constant(2));
    return oneOutput(context.type(0), Shape{count.value_or(-1)});
}

Result<std::vector<Tensor>> runRange(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (context[1].type() != type || context[2].type() != type || (!isFloatType(type) && !isIntegerType(type)))
        return typeProblem(context.node, context[1].type() == type ? context[2].type() : context[1].type());
    const std::optional<std::int64_t> count = rangeCount(&context[0], &context[1], &context[2]);
    if (!count) return valueProblem(context.node, "its bounds and its step give no number of elements");
    if (Result<void> fits = checkSize(context.node, {*count}); !fits) return fits.error();
    const Tensor start = widened(context[0]);
    const Tensor delta = widened(context[2]);
    std::optional<Tensor> out = withNumericType(start.type(), [&](auto zero) {
        using T = decltype(zero);
        using Wide = std::conditional_t<std::is_floating_point_v<T>, T, std::uint64_t>;
        const auto first = static_cast<Wide>(start.as<T>()[0]);
        const auto step = static_cast<Wide>(delta.as<T>()[0]);
        return filledTensor<T>(start.type(), {*count}, [&](std::span<T> values) {
            for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<T>(first + static_cast<Wide>(i) * step);
        });
    });
    return std::vector<Tensor>{convertTo(*out, type)};
}

constexpr NotSupported kVaries{"The size of the result depends on the values of all samples."};

constexpr std::array kOps{
    OpDescriptor{"", "Compress", 9, 2, compressShape, runCompress, kVaries},
    OpDescriptor{"", "NonZero", 9, 1, nonZeroShape, runNonZero, kVaries},
    OpDescriptor{"", "Range", 11, 3, rangeShape, runRange, kVaries},
};

} // namespace

std::span<const OpDescriptor> selectionOps()
{
    return kOps;
}

} // namespace bitwright
