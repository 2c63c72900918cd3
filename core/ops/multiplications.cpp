// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/multiplications.h"

#include <array>

namespace bitwright {
namespace {

const Shape* shapeOf(const Graph& graph, const std::vector<ValueIndex>& values, std::size_t which)
{
    if (which >= values.size() || values[which] == kNone) return nullptr;
    const std::optional<Shape>& shape = graph.value(values[which]).shape;
    return shape && !shape->empty() ? &*shape : nullptr;
}

/// Elements of a shape without its first extent.
std::int64_t elementsBelow(const Shape& shape)
{
    return elementCount(Shape(shape.begin() + 1, shape.end())).value_or(0);
}

std::int64_t ofMatrixProduct(const Graph& graph, const Node& node)
{
    const Shape* left = shapeOf(graph, node.inputs, 0);
    const Shape* output = shapeOf(graph, node.outputs, 0);
    return left && output && left->back() > 0 ? elementsBelow(*output) * left->back() : 0;
}

template <std::size_t Weight>
std::int64_t ofConvolution(const Graph& graph, const Node& node)
{
    const Shape* weight = shapeOf(graph, node.inputs, Weight); // [M, C / group, kernel...]
    const Shape* output = shapeOf(graph, node.outputs, 0);
    return weight && output ? elementsBelow(*output) * elementsBelow(*weight) : 0;
}

std::int64_t ofTransposedConvolution(const Graph& graph, const Node& node)
{
    const Shape* weight = shapeOf(graph, node.inputs, 1); // [C, M / group, kernel...]
    const Shape* input = shapeOf(graph, node.inputs, 0);
    return weight && input ? elementsBelow(*input) * elementsBelow(*weight) : 0;
}

struct Rule {
    std::string_view op_type;
    std::int64_t (*count)(const Graph&, const Node&);
};

constexpr std::array kRules{
    Rule{"MatMul", ofMatrixProduct},
    Rule{"Gemm", ofMatrixProduct},
    Rule{"MatMulInteger", ofMatrixProduct},
    Rule{"QLinearMatMul", ofMatrixProduct},
    Rule{"QGemm", ofMatrixProduct},
    Rule{"Conv", ofConvolution<1>},
    Rule{"ConvInteger", ofConvolution<1>},
    Rule{"QLinearConv", ofConvolution<3>},
    Rule{"DeformConv", ofConvolution<1>},
    Rule{"ConvTranspose", ofTransposedConvolution},
};

} // namespace

std::int64_t multiplications(const Graph& graph, const Node& node)
{
    for (const Rule& rule : kRules)
        if (rule.op_type == node.op_type) return rule.count(graph, node);
    return 0;
}

} // namespace bitwright
