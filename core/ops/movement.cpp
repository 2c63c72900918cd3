// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

// ---- Transpose

Result<std::vector<std::size_t>> permutation(const Node& node, std::size_t rank)
{
    std::vector<std::size_t> order(rank);
    for (std::size_t i = 0; i < rank; ++i) order[i] = rank - 1 - i;
    if (!hasAttribute(node, "perm")) return order;
    const std::vector<std::int64_t> perm = attributeInts(node, "perm");
    std::vector<bool> seen(rank, false);
    for (std::size_t i = 0; i < perm.size() && i < rank; ++i) {
        const std::optional<std::size_t> axis = normalAxis(perm[i], rank);
        if (!axis || seen[*axis]) return attributeProblem(node, "perm", "it is no order of the dimensions");
        seen[*axis] = true;
        order[i] = *axis;
    }
    if (perm.size() != rank)
        return attributeProblem(node, "perm", fmt::format("it orders {} dimensions, and the input has {}", perm.size(), rank));
    return order;
}

Result<std::vector<TensorFacts>> transposeShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    if (!from) return oneOutput(context.type(0), std::nullopt);
    Result<std::vector<std::size_t>> order = permutation(context.node, from->size());
    if (!order) return order.error();
    Shape out;
    for (const std::size_t axis : *order) out.push_back((*from)[axis]);
    return oneOutput(context.type(0), out);
}

Result<std::vector<Tensor>> runTranspose(const RunContext& context)
{
    const Shape& from = context[0].shape();
    Result<std::vector<std::size_t>> order = permutation(context.node, from.size());
    if (!order) return order.error();
    const std::vector<std::int64_t> own = rowSteps(from);
    Shape out;
    std::vector<std::int64_t> steps;
    for (const std::size_t axis : *order) {
        out.push_back(from[axis]);
        steps.push_back(own[axis]);
    }
    return std::vector<Tensor>{copyStrided(context[0], out, steps)};
}

bool batchTranspose(const BatchContext& context)
{
    const Result<std::vector<std::size_t>> order = permutation(context.node, context.rank(0));
    return order && !order->empty() && order->front() == 0;
}

// ---- Concat

Result<Shape> concatenated(const Node& node, const std::vector<const Shape*>& shapes, std::size_t& axis)
{
    Shape out = *shapes.front();
    const std::optional<std::size_t> normal = normalAxis(attributeInt(node, "axis", 1), out.size());
    if (!normal) return attributeProblem(node, "axis", fmt::format("{} has no such dimension", shapeText(out)));
    axis = *normal;
    for (std::size_t i = 1; i < shapes.size(); ++i) {
        const Shape& next = *shapes[i];
        bool fits = next.size() == out.size();
        for (std::size_t d = 0; fits && d < out.size(); ++d) {
            if (d == axis) continue;
            fits = out[d] < 0 || next[d] < 0 || out[d] == next[d];
            out[d] = std::max(out[d], next[d]);
        }
        if (!fits)
            return shapeProblem(node, fmt::format("{} and {} cannot be joined along axis {}", shapeText(out), shapeText(next), axis));
        out[axis] = out[axis] < 0 || next[axis] < 0 ? -1 : out[axis] + next[axis];
    }
    return out;
}

Result<std::vector<TensorFacts>> concatShape(const ShapeContext& context)
{
    std::vector<const Shape*> shapes;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        if (!context.shape(i)) return oneOutput(context.type(0), std::nullopt);
        shapes.push_back(context.shape(i));
    }
    std::size_t axis = 0;
    Result<Shape> out = concatenated(context.node, shapes, axis);
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

Result<std::vector<Tensor>> runConcat(const RunContext& context)
{
    std::vector<const Shape*> shapes;
    for (std::size_t i = 0; i < context.inputs.size(); ++i) {
        if (!context.inputs[i]) return missingInput(context.node, i);
        if (context[i].type() != context[0].type()) return typeProblem(context.node, context[i].type());
        shapes.push_back(&context[i].shape());
    }
    std::size_t axis = 0;
    Result<Shape> out = concatenated(context.node, shapes, axis);
    if (!out) return out.error();
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    const std::size_t bytes = elementBytes(context[0].type());
    const std::shared_ptr<std::byte[]> data(new std::byte[static_cast<std::size_t>(elementCount(*out).value_or(0)) * bytes]);
    const auto behind = static_cast<std::size_t>(rowSteps(*out)[axis]) * bytes;
    const std::size_t out_row = static_cast<std::size_t>((*out)[axis]) * behind;
    const auto rows = static_cast<std::size_t>(
        elementCount(Shape(out->begin(), out->begin() + static_cast<std::ptrdiff_t>(axis))).value_or(0));
    std::size_t at = 0;
    for (const Tensor* input : context.inputs) {
        const std::size_t row = static_cast<std::size_t>(input->shape()[axis]) * behind;
        for (std::size_t r = 0; r < rows && row > 0; ++r)
            std::memcpy(data.get() + r * out_row + at, input->bytes().data() + r * row, row);
        at += row;
    }
    return std::vector<Tensor>{Tensor(context[0].type(), *out, data)};
}

bool batchConcat(const BatchContext& context)
{
    for (std::size_t i = 0; i < context.inputs.size(); ++i)
        if (!context.batched(i)) return false; // a constant part would have to be repeated
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", 1), context.rank(0));
    return axis && *axis != 0;
}

// ---- Gather

Shape gatheredShape(const Shape& data, const Shape& indices, std::size_t axis)
{
    Shape out(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(axis));
    out.insert(out.end(), indices.begin(), indices.end());
    out.insert(out.end(), data.begin() + static_cast<std::ptrdiff_t>(axis) + 1, data.end());
    return out;
}

Result<std::vector<TensorFacts>> gatherShape(const ShapeContext& context)
{
    const Shape* data = context.shape(0);
    const Shape* indices = context.shape(1);
    if (!data || !indices) return oneOutput(context.type(0), std::nullopt);
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", 0), data->size());
    if (!axis) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(*data)));
    return oneOutput(context.type(0), gatheredShape(*data, *indices, *axis));
}

Result<std::vector<Tensor>> runGather(const RunContext& context)
{
    const Tensor& data = context[0];
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", 0), data.shape().size());
    if (!axis) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(data.shape())));
    const Shape out = gatheredShape(data.shape(), context[1].shape(), *axis);
    if (elementCount(out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, out);
    const std::int64_t extent = data.shape()[*axis];
    const std::vector<std::int64_t> indices = asIntegers(context[1]);
    const std::size_t bytes = elementBytes(data.type());
    const std::size_t behind = static_cast<std::size_t>(rowSteps(data.shape())[*axis]) * bytes;
    const std::int64_t rows = elementCount(Shape(data.shape().begin(), data.shape().begin() + static_cast<std::ptrdiff_t>(*axis))).value_or(0);
    const std::shared_ptr<std::byte[]> copy(new std::byte[static_cast<std::size_t>(elementCount(out).value_or(0)) * bytes]);
    std::byte* to = copy.get();
    for (std::int64_t row = 0; row < rows; ++row) {
        for (const std::int64_t index : indices) {
            const std::int64_t at = index < 0 ? index + extent : index;
            if (at < 0 || at >= extent)
                return valueProblem(context.node, fmt::format("index {} is not among {} elements", index, extent));
            if (behind > 0)
                std::memcpy(to, data.bytes().data() + static_cast<std::size_t>(row * extent + at) * behind, behind);
            to += behind;
        }
    }
    return std::vector<Tensor>{Tensor(data.type(), out, copy)};
}

bool batchGather(const BatchContext& context)
{
    if (!context.batched(0)) return context.batched(1) && context.rank(1) > 0 && attributeInt(context.node, "axis", 0) == 0;
    if (context.batched(1)) return false;
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", 0), context.rank(0));
    return axis && *axis != 0;
}

constexpr std::array kOps{
    OpDescriptor{"", "Transpose", 1, 1, transposeShape, runTranspose, batchTranspose},
    OpDescriptor{"", "Concat", 1, 1, concatShape, runConcat, batchConcat},
    OpDescriptor{"", "Gather", 1, 2, gatherShape, runGather, batchGather},
};

} // namespace

std::span<const OpDescriptor> movementOps()
{
    return kOps;
}

} // namespace bitwright
