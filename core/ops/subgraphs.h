// SPDX-License-Identifier: GPL-3.0-or-later
/// What the operators that hold graphs share (onnx: docs/Operators.md, If, Loop, Scan).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ops/op_descriptor.h"

namespace bitwright {

/// @error attributeProblem where there is no graph
Result<const Graph*> subgraphOf(const Node& node, std::string_view attribute);
/// @error shapeProblem where the number of inputs differs, and those of the graph's nodes
Result<std::vector<Tensor>> runSubgraph(const RunContext& context, const Graph& graph, const std::vector<Tensor>& inputs);

/// What the turns of a loop leave behind, joined along a new dimension 0. Memory is bounded as for any result.
class CollectedOutput {
public:
    /// @error shapeProblem, sizeProblem
    Result<void> add(const Node& node, const Tensor& part);
    /// @p declared: the graph's output, for a loop without turns
    Tensor joined(const Value& declared) const;

private:
    std::vector<Tensor> m_parts;
    std::int64_t m_elements = 0;
};

/// The element type of a value of @p graph: as declared, else as its nodes derive it from the types of the inputs.
ElementType derivedType(const ShapeContext& context, const Graph& graph, ValueIndex output, const std::vector<ElementType>& inputs);

/// The extents that both shapes have, -1 elsewhere; nothing where the ranks differ or are unknown.
std::optional<Shape> commonShape(const std::optional<Shape>& a, const std::optional<Shape>& b);

} // namespace bitwright
