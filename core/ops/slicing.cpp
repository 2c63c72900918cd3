// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

// ---- Slice: bounds are attributes up to opset 9, then inputs 1 to 4

struct SlicePart {
    std::int64_t start = 0;
    std::int64_t step = 1;
    std::int64_t count = 0;
};

SlicePart slicePart(std::int64_t start, std::int64_t end, std::int64_t step, std::int64_t extent)
{
    const auto wrapped = [&](std::int64_t at) { return at < 0 ? at + extent : at; };
    SlicePart part;
    part.step = step;
    if (step > 0) {
        part.start = std::clamp<std::int64_t>(wrapped(start), 0, extent);
        const std::int64_t stop = std::clamp<std::int64_t>(wrapped(end), 0, extent);
        part.count = stop <= part.start ? 0 : (stop - part.start - 1) / step + 1;
    } else {
        part.start = std::clamp<std::int64_t>(wrapped(start), 0, extent - 1);
        const std::int64_t stop = std::clamp<std::int64_t>(wrapped(end), -1, extent - 1);
        // Written so that the smallest step does not overflow.
        part.count = part.start <= stop ? 0 : static_cast<std::int64_t>(
            static_cast<std::uint64_t>(part.start - stop - 1) / (std::uint64_t{0} - static_cast<std::uint64_t>(step))) + 1;
    }
    return part;
}

/// One part per dimension; nothing where the bounds are not known yet.
template <class Context>
Result<std::optional<std::vector<SlicePart>>> sliceParts(const Context& context, const Shape& shape)
{
    using Parts = std::optional<std::vector<SlicePart>>;
    const auto starts = integersFrom(context, "starts", 1);
    const auto ends = integersFrom(context, "ends", 2);
    if (!starts || !ends) return Parts{};
    std::vector<std::int64_t> axes = integersFrom(context, "axes", 3).value_or(std::vector<std::int64_t>{});
    if (axes.empty())
        for (std::size_t i = 0; i < starts->size(); ++i) axes.push_back(static_cast<std::int64_t>(i));
    const std::vector<std::int64_t> steps =
        integersFrom(context, "steps", 4).value_or(std::vector<std::int64_t>(axes.size(), 1));
    if (starts->size() != ends->size() || axes.size() != starts->size() || steps.size() != starts->size())
        return shapeProblem(context.node, "its starts, ends, axes and steps differ in number");
    std::vector<SlicePart> parts;
    for (const std::int64_t extent : shape) parts.push_back({0, 1, extent});
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::optional<std::size_t> axis = normalAxis(axes[i], shape.size());
        if (!axis) return shapeProblem(context.node, fmt::format("axis {} does not exist in {}", axes[i], shapeText(shape)));
        if (steps[i] == 0) return valueProblem(context.node, "a step is 0");
        if (shape[*axis] < 0) parts[*axis] = {0, 1, -1};
        else parts[*axis] = shape[*axis] == 0 ? SlicePart{0, 1, 0} : slicePart((*starts)[i], (*ends)[i], steps[i], shape[*axis]);
    }
    return Parts(std::move(parts));
}

Result<std::vector<TensorFacts>> sliceShape(const ShapeContext& context)
{
    const Shape* shape = context.shape(0);
    if (!shape) return oneOutput(context.type(0), std::nullopt);
    Result<std::optional<std::vector<SlicePart>>> parts = sliceParts(context, *shape);
    if (!parts) return parts.error();
    if (!*parts) return oneOutput(context.type(0), Shape(shape->size(), -1));
    Shape out;
    for (const SlicePart& part : **parts) out.push_back(part.count);
    return oneOutput(context.type(0), out);
}

Result<std::vector<Tensor>> runSlice(const RunContext& context)
{
    Result<std::optional<std::vector<SlicePart>>> parts = sliceParts(context, context[0].shape());
    if (!parts) return parts.error();
    if (!*parts) return missingInput(context.node, 1);
    std::vector<std::int64_t> steps = rowSteps(context[0].shape());
    Shape out;
    std::int64_t first = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const SlicePart& part = (**parts)[i];
        out.push_back(part.count);
        first += part.start * steps[i];
        steps[i] = part.count > 1 ? steps[i] * part.step : 0;
    }
    return std::vector<Tensor>{copyStrided(context[0], out, steps, first)};
}

bool batchSlice(const BatchContext& context)
{
    for (std::size_t i = 1; i < context.inputs.size(); ++i)
        if (context.batched(i)) return false;
    std::vector<std::int64_t> axes = attributeInts(context.node, "axes");
    if (context.inputs.size() > 3 && context.inputs[3].constant) axes = asIntegers(*context.inputs[3].constant);
    // Without axes the first dimensions are cut, and the samples with them.
    return !axes.empty() && std::all_of(axes.begin(), axes.end(), [&](std::int64_t axis) {
        return normalAxis(axis, context.rank(0)).value_or(0) != 0;
    });
}

// ---- Split: sizes are an attribute up to opset 12, then input 1; from 18 on a number of parts will do

template <class Context>
Result<std::vector<std::int64_t>> splitSizes(const Context& context, std::int64_t extent)
{
    if (std::optional<std::vector<std::int64_t>> given = integersFrom(context, "split", 1)) {
        std::int64_t sum = 0;
        for (const std::int64_t size : *given) {
            if (size < 0 || size > extent) return shapeProblem(context.node, fmt::format("a part of {} does not fit {}", size, extent));
            sum += size;
        }
        if (sum != extent) return shapeProblem(context.node, fmt::format("its parts sum up to {}, not to {}", sum, extent));
        return *std::move(given);
    }
    const auto parts = static_cast<std::int64_t>(context.node.outputs.size());
    const std::int64_t size = (extent + parts - 1) / std::max<std::int64_t>(parts, 1);
    std::vector<std::int64_t> sizes;
    for (std::int64_t i = 0; i < parts; ++i) sizes.push_back(std::clamp<std::int64_t>(extent - i * size, 0, size));
    return sizes;
}

std::optional<std::size_t> splitAxis(const Node& node, std::size_t rank)
{
    return normalAxis(attributeInt(node, "axis", 0), rank);
}

Result<std::vector<TensorFacts>> splitShape(const ShapeContext& context)
{
    const Shape* shape = context.shape(0);
    const std::size_t count = context.node.outputs.size();
    const std::vector<TensorFacts> open(count, TensorFacts{context.type(0), std::nullopt, {}});
    if (!shape || (context.has(1) && !context.constant(1))) return open;
    const std::optional<std::size_t> axis = splitAxis(context.node, shape->size());
    if (!axis) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(*shape)));
    if ((*shape)[*axis] < 0) return open;
    Result<std::vector<std::int64_t>> sizes = splitSizes(context, (*shape)[*axis]);
    if (!sizes) return sizes.error();
    std::vector<TensorFacts> outputs;
    for (const std::int64_t size : *sizes) {
        Shape part = *shape;
        part[*axis] = size;
        outputs.push_back({context.type(0), part, {}});
    }
    return outputs;
}

Result<std::vector<Tensor>> runSplit(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    const std::optional<std::size_t> axis = splitAxis(context.node, shape.size());
    if (!axis) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(shape)));
    Result<std::vector<std::int64_t>> sizes = splitSizes(context, shape[*axis]);
    if (!sizes) return sizes.error();
    const std::vector<std::int64_t> steps = rowSteps(shape);
    std::vector<Tensor> outputs;
    std::int64_t at = 0;
    for (const std::int64_t size : *sizes) {
        Shape part = shape;
        part[*axis] = size;
        outputs.push_back(copyStrided(context[0], part, steps, at * steps[*axis]));
        at += size;
    }
    return outputs;
}

bool batchSplit(const BatchContext& context)
{
    return !context.batched(1) && splitAxis(context.node, context.rank(0)).value_or(0) != 0;
}

// ---- Expand

Result<std::vector<TensorFacts>> expandShape(const ShapeContext& context)
{
    const std::optional<std::vector<std::int64_t>> target = integersFrom(context, "shape", 1);
    if (!target || !context.shape(0)) return oneOutput(context.type(0), std::nullopt);
    const std::optional<Shape> out = broadcastShape(*context.shape(0), *target);
    if (!out)
        return shapeProblem(context.node, fmt::format("{} cannot be stretched to {}", shapeText(*context.shape(0)), shapeText(*target)));
    return oneOutput(context.type(0), *out);
}

Result<std::vector<Tensor>> runExpand(const RunContext& context)
{
    const Shape target = asIntegers(context[1]);
    const std::optional<Shape> out = broadcastShape(context[0].shape(), target);
    if (!out)
        return shapeProblem(context.node, fmt::format("{} cannot be stretched to {}", shapeText(context[0].shape()), shapeText(target)));
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    return std::vector<Tensor>{copyStrided(context[0], *out, broadcastSteps(context[0].shape(), *out))};
}

bool batchExpand(const BatchContext& context)
{
    if (context.batched(1) || !context.inputs[1].constant) return false;
    const std::vector<std::int64_t> target = asIntegers(*context.inputs[1].constant);
    return target.size() < context.rank(0) || (target.size() == context.rank(0) && target.front() == 1);
}

constexpr std::array kOps{
    OpDescriptor{"", "Slice", 1, 1, sliceShape, runSlice, batchSlice},
    OpDescriptor{"", "Split", 1, 1, splitShape, runSplit, batchSplit},
    OpDescriptor{"", "Expand", 8, 2, expandShape, runExpand, batchExpand},
};

} // namespace

std::span<const OpDescriptor> slicingOps()
{
    return kOps;
}

} // namespace bitwright
