// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

// ---- Identity, Dropout: the value itself

Result<std::vector<Tensor>> runIdentity(const RunContext& context)
{
    return std::vector<Tensor>{context[0]};
}

Result<std::vector<TensorFacts>> identityShape(const ShapeContext& context)
{
    return std::vector<TensorFacts>{context.inputs[0]};
}

/// In inference all elements are kept; the mask, where asked for, says so.
Result<std::vector<Tensor>> runDropout(const RunContext& context)
{
    std::vector<Tensor> outputs{context[0]};
    if (context.node.outputs.size() > 1) {
        const std::vector<std::uint8_t> kept(static_cast<std::size_t>(context[0].size()), 1);
        outputs.push_back(makeTensor(ElementType::Bool, context[0].shape(), std::as_bytes(std::span(kept))));
    }
    return outputs;
}

Result<std::vector<TensorFacts>> dropoutShape(const ShapeContext& context)
{
    return std::vector<TensorFacts>{context.inputs[0], TensorFacts{ElementType::Bool, context.inputs[0].shape, {}}};
}

// ---- Reshape

/// The extents that @p target (0: copy, -1: the rest) gives to @p from.
Result<Shape> reshapedTo(const Node& node, const Shape& from, std::vector<std::int64_t> target)
{
    const bool zero_is_zero = attributeInt(node, "allowzero", 0) != 0;
    const auto misfit = [&] {
        return shapeProblem(node, fmt::format("{} cannot take the shape {}", shapeText(from), shapeText(target)));
    };
    std::optional<std::size_t> rest;
    Shape out = target;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == 0 && !zero_is_zero) {
            if (i >= from.size()) return misfit();
            out[i] = from[i];
        }
        if (target[i] >= 0) continue;
        if (target[i] < -1 || rest) return misfit();
        rest = i;
    }
    const std::optional<std::int64_t> count = elementCount(from);
    if (!count) return out; // an unknown extent: the rest stays unknown
    if (rest) {
        out[*rest] = 1;
        const std::optional<std::int64_t> others = elementCount(out);
        if (!others || (*others == 0 ? *count != 0 : *count % *others != 0)) return misfit();
        out[*rest] = *others == 0 ? 0 : *count / *others;
    }
    if (elementCount(out) != count) return misfit();
    return out;
}

Result<std::vector<TensorFacts>> reshapeShape(const ShapeContext& context)
{
    const std::optional<std::vector<std::int64_t>> target = integersFrom(context, "shape", 1);
    if (target && context.shape(0)) {
        Result<Shape> out = reshapedTo(context.node, *context.shape(0), *target);
        if (!out) return out.error();
        return oneOutput(context.type(0), *out);
    }
    const Shape* rank = context.shape(1);
    if (rank && rank->size() == 1 && (*rank)[0] >= 0 && (*rank)[0] <= 64)
        return oneOutput(context.type(0), Shape(static_cast<std::size_t>((*rank)[0]), -1));
    return oneOutput(context.type(0), std::nullopt);
}

Result<std::vector<Tensor>> runReshape(const RunContext& context)
{
    const std::optional<std::vector<std::int64_t>> target = integersFrom(context, "shape", 1);
    if (!target) return missingInput(context.node, 1);
    Shape from = context[0].shape();
    if (context.stacked_samples > 0) from[0] = 1;
    Result<Shape> out = reshapedTo(context.node, from, *target);
    if (!out) return out.error();
    if (context.stacked_samples > 0) (*out)[0] = context.stacked_samples;
    return std::vector<Tensor>{context[0].reshaped(*out)};
}

/// A sample that fills one row fills one row of the stack.
bool batchReshape(const BatchContext& context)
{
    const Tensor* constant =
        context.inputs.size() > 1 && context.inputs[1].constant ? &*context.inputs[1].constant : nullptr;
    if (!context.inputs[0].shape || context.rank(0) == 0) return false;
    const std::vector<std::int64_t> target = constant ? asIntegers(*constant) : attributeInts(context.node, "shape");
    const Result<Shape> out = reshapedTo(context.node, *context.inputs[0].shape, target);
    return out && !out->empty() && out->front() == 1;
}

// ---- Flatten

std::optional<std::size_t> flattenAxis(const Node& node, std::size_t rank)
{
    const std::int64_t axis = attributeInt(node, "axis", 1);
    if (axis == static_cast<std::int64_t>(rank)) return rank;
    return normalAxis(axis, rank);
}

std::int64_t product(Shape::const_iterator first, Shape::const_iterator last)
{
    return elementCount(Shape(first, last)).value_or(-1);
}

Result<Shape> flattened(const Node& node, const Shape& from)
{
    const std::optional<std::size_t> axis = flattenAxis(node, from.size());
    if (!axis) return shapeProblem(node, fmt::format("{} has no axis to flatten at", shapeText(from)));
    const auto middle = from.begin() + static_cast<std::ptrdiff_t>(*axis);
    return Shape{product(from.begin(), middle), product(middle, from.end())};
}

Result<std::vector<TensorFacts>> flattenShape(const ShapeContext& context)
{
    if (!context.shape(0)) return oneOutput(context.type(0), Shape{-1, -1});
    Result<Shape> out = flattened(context.node, *context.shape(0));
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

Result<std::vector<Tensor>> runFlatten(const RunContext& context)
{
    Result<Shape> out = flattened(context.node, context[0].shape());
    if (!out) return out.error();
    return std::vector<Tensor>{context[0].reshaped(*out)};
}

bool batchFlatten(const BatchContext& context)
{
    return context.rank(0) >= 1 && flattenAxis(context.node, context.rank(0)) == 1;
}

// ---- Squeeze, Unsqueeze: axes are an attribute up to opset 12, then input 1

template <class Context>
Result<Shape> squeezed(const Context& context, const Shape& from)
{
    const std::optional<std::vector<std::int64_t>> axes = integersFrom(context, "axes", 1);
    Shape out;
    if (!axes) {
        std::copy_if(from.begin(), from.end(), std::back_inserter(out), [](std::int64_t e) { return e != 1; });
        return out;
    }
    Result<std::vector<std::size_t>> normal = normalAxes(context.node, *axes, from.size());
    if (!normal) return normal.error();
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (!std::binary_search(normal->begin(), normal->end(), i)) out.push_back(from[i]);
        else if (from[i] > 1)
            return shapeProblem(context.node, fmt::format("axis {} of {} has more than one element", i, shapeText(from)));
    }
    return out;
}

template <class Context>
Result<Shape> unsqueezed(const Context& context, const Shape& from)
{
    const std::optional<std::vector<std::int64_t>> axes = integersFrom(context, "axes", 1);
    if (!axes) return missingInput(context.node, 1);
    Result<std::vector<std::size_t>> normal = normalAxes(context.node, *axes, from.size() + axes->size());
    if (!normal) return normal.error();
    Shape out = from;
    for (const std::size_t axis : *normal) {
        if (axis > out.size()) return shapeProblem(context.node, "its axes leave a gap");
        out.insert(out.begin() + static_cast<std::ptrdiff_t>(axis), 1);
    }
    return out;
}

/// Axes that are not known yet leave the rank open.
bool axesAreOpen(const ShapeContext& context)
{
    return context.has(1) && !context.constant(1);
}

Result<std::vector<TensorFacts>> squeezeShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    const bool needs_extents = !integersFrom(context, "axes", 1);
    if (!from || axesAreOpen(context) || (needs_extents && !elementCount(*from)))
        return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = squeezed(context, *from);
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

Result<std::vector<TensorFacts>> unsqueezeShape(const ShapeContext& context)
{
    if (!context.shape(0) || axesAreOpen(context)) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = unsqueezed(context, *context.shape(0));
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

Result<std::vector<Tensor>> runSqueeze(const RunContext& context)
{
    Result<Shape> out = squeezed(context, context[0].shape());
    if (!out) return out.error();
    return std::vector<Tensor>{context[0].reshaped(*out)};
}

Result<std::vector<Tensor>> runUnsqueeze(const RunContext& context)
{
    Result<Shape> out = unsqueezed(context, context[0].shape());
    if (!out) return out.error();
    return std::vector<Tensor>{context[0].reshaped(*out)};
}

bool batchAxes(const BatchContext& context)
{
    const bool has_input = context.inputs.size() > 1 && context.inputs[1].constant;
    const std::vector<std::int64_t> axes =
        has_input ? asIntegers(*context.inputs[1].constant) : attributeInts(context.node, "axes");
    if (axes.empty() || context.rank(0) == 0) return false;
    const bool adds = context.node.op_type == "Unsqueeze";
    const Result<std::vector<std::size_t>> normal =
        normalAxes(context.node, axes, context.rank(0) + (adds ? axes.size() : 0));
    return normal && normal->front() != 0;
}

constexpr std::array kOps{
    OpDescriptor{"", "Identity", 1, 1, identityShape, runIdentity, batchFirstInput},
    OpDescriptor{"", "Dropout", 1, 1, dropoutShape, runDropout, batchFirstInput},
    OpDescriptor{"", "Reshape", 1, 1, reshapeShape, runReshape, batchReshape},
    OpDescriptor{"", "Flatten", 1, 1, flattenShape, runFlatten, batchFlatten},
    OpDescriptor{"", "Squeeze", 1, 1, squeezeShape, runSqueeze, batchAxes},
    OpDescriptor{"", "Unsqueeze", 1, 1, unsqueezeShape, runUnsqueeze, batchAxes},
};

} // namespace

std::span<const OpDescriptor> reshapeOps()
{
    return kOps;
}

} // namespace bitwright
