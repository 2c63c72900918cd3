// SPDX-License-Identifier: GPL-3.0-or-later
#include "rewrite/layout_moves.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "ops/op_registry.h"

namespace bitwright {
namespace {

constexpr std::array<std::string_view, 6> kMoveThrough{"Quant", "Relu", "Selu", "LeakyRelu", "Sigmoid", "Tanh"};
constexpr std::array<std::string_view, 4> kMoveThroughScalar{"Mul", "Div", "Sub", "Add"};
constexpr std::array<std::string_view, 37> kElementwise{
    "Identity", "Relu", "LeakyRelu", "Clip", "Selu", "Celu", "Elu", "Sigmoid", "HardSigmoid", "Tanh", "Softplus", "Exp",
    "Log", "Sqrt", "Erf", "Floor", "Ceil", "Round", "Sign", "Quant", "Mul", "Div", "Sub", "Add", "Mod", "And", "Or",
    "Xor", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Pow"};

template <std::size_t N>
bool isIn(const std::array<std::string_view, N>& list, const std::string& word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isScalar(WorkGraph& work, ValueIndex index)
{
    if (index == kNone) return true;
    const auto& shape = work.value(index).shape;
    return shape && (shape->empty() || *shape == Shape{1});
}

/// Whether the operator treats all elements of its first input alike.
bool isUniform(WorkGraph& work, const Node& node)
{
    if (isIn(kMoveThroughScalar, node.op_type)) return node.inputs.size() == 2 && isScalar(work, node.inputs[1]);
    if (!isIn(kMoveThrough, node.op_type)) return false;
    // The reference moves past per-channel scales as well, which then meet the wrong channels.
    return std::all_of(node.inputs.begin() + 1, node.inputs.end(), [&](ValueIndex input) { return isScalar(work, input); });
}

Tensor withLeadingOnes(const Tensor& tensor, std::size_t rank)
{
    Shape shape = tensor.shape();
    shape.insert(shape.begin(), rank - shape.size(), 1);
    return {tensor.type(), std::move(shape), tensor.sharedBytes()};
}

/// Another input of an elementwise operator, in the layout from before the transposition; kNone where it has none.
ValueIndex turnedOperand(WorkGraph& work, ValueIndex input, std::size_t rank, std::vector<Node>& parts)
{
    if (input == kNone || !work.value(input).shape) return input == kNone ? kNone : ValueIndex{-2};
    const Value value = work.value(input);
    if (value.shape->empty()) return input;
    if (work.isConstant(input) && value.shape->size() <= rank) {
        const ValueIndex turned =
            work.addConstant(transposedTensor(work, withLeadingOnes(*value.constant, rank), toLast));
        work.value(turned).original_name = value.original_name;
        work.value(turned).datatype_annotation = value.datatype_annotation;
        return turned;
    }
    if (value.shape->size() != rank) return -2;
    parts.push_back(layoutTranspose(work, input, kNone, toLast));
    return parts.back().outputs[0];
}

} // namespace

std::vector<std::int64_t> toLast(std::size_t rank)
{
    std::vector<std::int64_t> order(rank, 0);
    std::iota(order.begin() + 1, order.end(), std::int64_t{2});
    order.back() = 1;
    return order;
}

std::vector<std::int64_t> toFirst(std::size_t rank)
{
    std::vector<std::int64_t> order(rank, 0);
    order[1] = static_cast<std::int64_t>(rank) - 1;
    std::iota(order.begin() + 2, order.end(), std::int64_t{1});
    return order;
}

Shape permuted(const Shape& shape, const std::vector<std::int64_t>& order)
{
    Shape result;
    for (const std::int64_t axis : order) result.push_back(shape[static_cast<std::size_t>(axis)]);
    return result;
}

bool isLayout(WorkGraph& work, NodeIndex index, Layout layout)
{
    const Node& node = work.node(index);
    if (node.op_type != "Transpose" || !node.domain.empty() || node.inputs.size() != 1) return false;
    const auto& shape = work.value(node.inputs[0]).shape;
    return shape && shape->size() > 2 && attributeInts(node, "perm") == layout(shape->size());
}

Node layoutTranspose(WorkGraph& work, ValueIndex input, ValueIndex output, Layout layout)
{
    const std::vector<std::int64_t> order = layout(work.value(input).shape->size());
    if (output == kNone) {
        Value fresh;
        fresh.type = work.value(input).type;
        fresh.shape = permuted(*work.value(input).shape, order);
        output = work.addValue(std::move(fresh));
    }
    Node node;
    node.op_type = "Transpose";
    node.inputs = {input};
    node.outputs = {output};
    node.attributes["perm"] = order;
    return node;
}

Tensor transposedTensor(const WorkGraph& work, const Tensor& tensor, Layout layout)
{
    Node transpose;
    transpose.op_type = "Transpose";
    transpose.inputs = {0};
    transpose.outputs = {1};
    transpose.attributes["perm"] = layout(tensor.shape().size());
    const Tensor* input = &tensor;
    const OpDescriptor* op = findOperator(transpose);
    Result<std::vector<Tensor>> result =
        op->run(RunContext{transpose, work.model().opset(""), std::span(&input, 1)});
    return result ? result->front() : tensor;
}

bool hasOneReader(WorkGraph& work, ValueIndex value)
{
    return work.value(value).consumers.size() == 1 && !work.isGraphOutput(value);
}

bool permuteRows(WorkGraph& work, NodeIndex product, const Shape& from)
{
    const Node node = work.node(product);
    NodeIndex holder = product;
    std::size_t slot = 1;
    if (!work.isConstant(node.inputs[1])) {
        holder = work.value(node.inputs[1]).producer;
        if (holder == kNone || work.node(holder).op_type != "Quant") return false;
        slot = 0;
        for (std::size_t i = 1; i < work.node(holder).inputs.size(); ++i) {
            const auto& shape = work.value(work.node(holder).inputs[i]).shape;
            if (!shape || (shape->size() == 2 && shape->front() != 1)) return false;
        }
    }
    const bool is_flipped = node.op_type == "Gemm" && attributeInt(node, "transB", 0) != 0;
    const ValueIndex matrix = work.node(holder).inputs[slot];
    if (!work.isConstant(matrix) || work.value(matrix).shape->size() != 2) return false;
    const Tensor tensor = *work.value(matrix).constant;
    const std::int64_t channels = from.back();
    const std::int64_t rows = tensor.shape()[is_flipped ? 1 : 0];
    const std::int64_t columns = tensor.shape()[is_flipped ? 0 : 1];
    if (elementCount(from) != rows * from.front() || channels < 1 || tensor.type() != ElementType::Float32) return false;
    const std::span<const float> old = tensor.as<float>();
    std::vector<float> values(old.size());
    const std::int64_t area = rows / channels;
    for (std::int64_t r = 0; r < rows; ++r) {
        const std::int64_t source = r % channels * area + r / channels;
        for (std::int64_t c = 0; c < columns; ++c) {
            const std::int64_t to = is_flipped ? c * rows + r : r * columns + c;
            const std::int64_t at = is_flipped ? c * rows + source : source * columns + c;
            values[static_cast<std::size_t>(to)] = old[static_cast<std::size_t>(at)];
        }
    }
    const ValueIndex fresh = work.addConstant(Tensor::of<float>(tensor.shape(), std::span<const float>(values)));
    work.value(fresh).original_name = work.value(matrix).original_name;
    work.value(fresh).datatype_annotation = work.value(matrix).datatype_annotation;
    work.setInput(holder, slot, fresh);
    return true;
}

bool cancelPair(WorkGraph& work, NodeIndex index)
{
    if (!isLayout(work, index, toFirst) || !hasOneReader(work, work.node(index).outputs[0])) return false;
    const NodeIndex next = work.value(work.node(index).outputs[0]).consumers.front();
    if (!isLayout(work, next, toLast)) return false;
    const ValueIndex from = work.node(index).inputs[0];
    const ValueIndex to = work.node(next).outputs[0];
    if (work.value(to).consumers.empty() || work.isGraphOutput(to)) return false;
    work.remove(next);
    work.redirect(to, from);
    work.remove(index);
    return true;
}

bool moveUpstream(WorkGraph& work, NodeIndex index)
{
    if (!isLayout(work, index, toLast)) return false;
    const Node transpose = work.node(index);
    const NodeIndex before = work.value(transpose.inputs[0]).producer;
    if (before == kNone || !hasOneReader(work, transpose.inputs[0])) return false;
    Node moved = work.node(before);
    if (!moved.domain.empty() && moved.op_type != "Quant") return false;
    if (moved.outputs.size() != 1 || !isUniform(work, moved) || work.value(moved.inputs[0]).isConstant()) return false;
    const auto& shape = work.value(moved.inputs[0]).shape;
    if (!shape || shape->size() != work.value(transpose.inputs[0]).shape->size()) return false;
    Node first = layoutTranspose(work, moved.inputs[0], kNone, toLast);
    first.name = transpose.name;
    first.came_from = transpose.came_from;
    moved.inputs[0] = first.outputs[0];
    moved.outputs[0] = transpose.outputs[0];
    work.remove(before);
    work.replace(index, {std::move(first), std::move(moved)});
    return true;
}

bool moveDownstream(WorkGraph& work, NodeIndex index)
{
    if (!isLayout(work, index, toFirst)) return false;
    const Node transpose = work.node(index);
    if (work.value(transpose.inputs[0]).producer == kNone || !hasOneReader(work, transpose.outputs[0])) return false;
    const NodeIndex next = work.value(transpose.outputs[0]).consumers.front();
    Node moved = work.node(next);
    const std::size_t rank = work.value(transpose.inputs[0]).shape->size();
    const auto& result = work.value(moved.outputs[0]).shape;
    const bool keeps_shape = result && *result == *work.value(transpose.outputs[0]).shape;
    if (!isIn(kElementwise, moved.op_type) || moved.outputs.size() != 1 || !keeps_shape) return false;
    if (std::count(moved.inputs.begin(), moved.inputs.end(), transpose.outputs[0]) != 1) return false;
    std::vector<Node> parts;
    for (ValueIndex& input : moved.inputs) {
        if (input == transpose.outputs[0]) {
            input = transpose.inputs[0];
            continue;
        }
        input = turnedOperand(work, input, rank, parts);
        if (input < kNone) return false;
    }
    Value inner;
    inner.type = work.value(moved.outputs[0]).type;
    inner.shape = *work.value(transpose.inputs[0]).shape;
    const ValueIndex between = work.addValue(std::move(inner));
    Node last = layoutTranspose(work, between, moved.outputs[0], toFirst);
    last.name = transpose.name;
    last.came_from = transpose.came_from;
    moved.outputs[0] = between;
    parts.push_back(std::move(moved));
    parts.push_back(std::move(last));
    work.remove(index);
    work.replace(next, std::move(parts));
    return true;
}

bool movePastFork(WorkGraph& work, NodeIndex index)
{
    const Node transpose = work.node(index);
    if (transpose.op_type != "Transpose" || !transpose.domain.empty() || transpose.inputs.size() != 1) return false;
    const std::vector<NodeIndex> readers = work.value(transpose.outputs[0]).consumers;
    if (readers.size() < 2 || work.isGraphOutput(transpose.outputs[0])) return false;
    std::vector<Node> copies;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        Node copy = transpose;
        if (i > 0) {
            Value value = work.value(transpose.outputs[0]);
            value.original_name.clear();
            value.consumers.clear();
            copy.outputs = {work.addValue(std::move(value))};
            Node& reader = work.node(readers[i]);
            for (std::size_t input = 0; input < reader.inputs.size(); ++input)
                if (work.node(readers[i]).inputs[input] == transpose.outputs[0]) work.setInput(readers[i], input, copy.outputs[0]);
        }
        copies.push_back(std::move(copy));
    }
    work.replace(index, std::move(copies));
    return true;
}

} // namespace bitwright
