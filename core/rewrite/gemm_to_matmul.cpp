// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: transformation/gemm_to_matmul.py, with the optional bias.
#include <algorithm>

#include <fmt/format.h>

#include "rewrite/work_graph.h"

namespace bitwright {
namespace {

/// The nodes that stand for one Gemm, in the order of the reference.
class GemmParts {
public:
    GemmParts(WorkGraph& work, const Node& gemm) : m_work(work), m_gemm(gemm) {}

    std::vector<Node> build()
    {
        ValueIndex a = m_gemm.inputs[0];
        ValueIndex b = m_gemm.inputs[1];
        if (attributeInt(m_gemm, "transA", 0) != 0) a = add("Transpose", {a}, flipped(a));
        if (attributeInt(m_gemm, "transB", 0) != 0) b = add("Transpose", {b}, flipped(b));
        const Value& out = m_work.value(m_gemm.outputs[0]);
        const std::optional<Shape> shape = out.shape;
        ValueIndex product = add("MatMul", {a, b}, shape);
        product = add("Mul", {product, scalar(attributeFloat(m_gemm, "alpha", 1.0))}, shape);
        if (m_gemm.inputs.size() > 2 && m_gemm.inputs[2] != kNone) {
            const ValueIndex c = m_gemm.inputs[2];
            const ValueIndex bias =
                add("Mul", {c, scalar(attributeFloat(m_gemm, "beta", 1.0))}, m_work.value(c).shape);
            product = add("Add", {product, bias}, shape);
        }
        m_nodes.back().outputs = {m_gemm.outputs[0]};
        return std::move(m_nodes);
    }

private:
    ValueIndex add(std::string op_type, std::vector<ValueIndex> inputs, std::optional<Shape> shape)
    {
        Value value;
        value.type = ElementType::Float32;
        value.shape = std::move(shape);
        const ValueIndex output = m_work.addValue(std::move(value));
        Node node;
        if (op_type != "Mul") node.name = m_gemm.name;
        node.op_type = std::move(op_type);
        node.inputs = std::move(inputs);
        node.outputs = {output};
        node.came_from = m_gemm.came_from;
        m_nodes.push_back(std::move(node));
        return output;
    }

    std::optional<Shape> flipped(ValueIndex index) const
    {
        std::optional<Shape> shape = m_work.value(index).shape;
        if (shape) std::reverse(shape->begin(), shape->end());
        return shape;
    }

    ValueIndex scalar(double number)
    {
        const auto value = static_cast<float>(number);
        return m_work.addConstant(Tensor::of<float>({}, std::span(&value, 1)));
    }

    WorkGraph& m_work;
    const Node& m_gemm;
    std::vector<Node> m_nodes;
};

bool isGemm(const Node& node)
{
    return node.op_type == "Gemm" && node.domain.empty() && node.inputs.size() >= 2 && node.outputs.size() == 1;
}

NodeIndex firstGemm(WorkGraph& work)
{
    const auto found = std::find_if(work.order().begin(), work.order().end(),
                                    [&](NodeIndex index) { return isGemm(work.node(index)); });
    return found == work.order().end() ? kNone : *found;
}

void split(WorkGraph& work, NodeIndex index)
{
    const Node gemm = work.node(index);
    work.replace(index, GemmParts(work, gemm).build());
    if (work.isStepwise()) removeIdentityOperations(work);
    work.record("Gemm to MatMul", fmt::format("Split '{}' (Gemm) into a product and a bias.", gemm.name), gemm.came_from);
}

} // namespace

bool gemmToMatMul(WorkGraph& work)
{
    bool found = false;
    if (work.isStepwise()) {
        for (NodeIndex index = firstGemm(work); index != kNone; index = firstGemm(work), found = true) split(work, index);
    } else {
        for (const NodeIndex index : std::vector(work.order())) {
            if (!isGemm(work.node(index))) continue;
            split(work, index);
            found = true;
        }
    }
    if (!found) return false;
    work.tidy();
    if (!work.isStepwise()) removeIdentityOperations(work);
    return true;
}

} // namespace bitwright
