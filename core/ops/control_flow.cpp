// SPDX-License-Identifier: GPL-3.0-or-later
// If and Loop (onnx: docs/Operators.md). Scan has its own file.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/op_registry.h"
#include "ops/rule_support.h"
#include "ops/subgraphs.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

Result<const Graph*> subgraphOf(const Node& node, std::string_view attribute)
{
    const auto found = node.attributes.find(std::string(attribute));
    const auto* graph = found == node.attributes.end() ? nullptr : std::get_if<std::shared_ptr<const Graph>>(&found->second);
    if (!graph || !*graph) return attributeProblem(node, attribute, "the graph is missing");
    return graph->get();
}

Result<std::vector<Tensor>> runSubgraph(const RunContext& context, const Graph& graph, const std::vector<Tensor>& inputs)
{
    if (!context.subgraphs) return valueProblem(context.node, "its graph can be run only with the model");
    if (inputs.size() != graph.inputs.size())
        return shapeProblem(context.node, fmt::format("its graph has {} inputs, and {} values are given", graph.inputs.size(), inputs.size()));
    return context.subgraphs->run(graph, inputs);
}

Result<void> CollectedOutput::add(const Node& node, const Tensor& part)
{
    if (!m_parts.empty() && (part.shape() != m_parts.front().shape() || part.type() != m_parts.front().type()))
        return shapeProblem(node, fmt::format("its turns give {} and {}, which cannot be joined", shapeText(m_parts.front().shape()), shapeText(part.shape())));
    m_elements += std::max<std::int64_t>(part.size(), 1);
    if (m_elements > kMaximumElements) {
        Shape shape = part.shape();
        shape.insert(shape.begin(), static_cast<std::int64_t>(m_parts.size()) + 1);
        return sizeProblem(node, shape);
    }
    m_parts.push_back(part);
    return {};
}

Tensor CollectedOutput::joined(const Value& declared) const
{
    if (m_parts.empty()) { // no turn was made
        Shape shape = declared.shape.value_or(Shape{});
        for (std::int64_t& extent : shape) extent = std::max<std::int64_t>(extent, 0);
        shape.insert(shape.begin(), 0);
        return Tensor::zeros(declared.type == ElementType::Undefined ? ElementType::Float32 : declared.type, shape);
    }
    Shape shape = m_parts.front().shape();
    shape.insert(shape.begin(), static_cast<std::int64_t>(m_parts.size()));
    const std::size_t bytes = m_parts.front().bytes().size();
    const std::shared_ptr<std::byte[]> data(new std::byte[bytes * m_parts.size()]);
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        std::copy_n(m_parts[i].bytes().data(), bytes, data.get() + i * bytes);
    return {m_parts.front().type(), shape, data};
}

std::optional<Shape> commonShape(const std::optional<Shape>& a, const std::optional<Shape>& b)
{
    if (!a || !b || a->size() != b->size()) return std::nullopt;
    Shape common = *a;
    for (std::size_t axis = 0; axis < common.size(); ++axis)
        if (common[axis] != (*b)[axis]) common[axis] = -1;
    return common;
}

ElementType derivedType(const ShapeContext& context, const Graph& graph, ValueIndex output, const std::vector<ElementType>& inputs)
{
    std::vector<TensorFacts> facts(graph.values.size());
    for (std::size_t v = 0; v < facts.size(); ++v) facts[v] = {graph.values[v].type, std::nullopt, {}};
    for (std::size_t i = 0; i < inputs.size() && i < graph.inputs.size(); ++i) {
        TensorFacts& input = facts[static_cast<std::size_t>(graph.inputs[i])];
        if (input.type == ElementType::Undefined) input.type = inputs[i];
    }
    for (const Node& node : graph.nodes) {
        const OpDescriptor* op = findOperator(node);
        if (!op || !op->shape || node.inputs.size() < static_cast<std::size_t>(op->required_inputs)) continue;
        std::vector<TensorFacts> given;
        for (const ValueIndex input : node.inputs) given.push_back(input == kNone ? TensorFacts{} : facts[static_cast<std::size_t>(input)]);
        const auto results = op->shape(ShapeContext{node, node.domain.empty() ? context.opset : 1, given});
        for (std::size_t i = 0; results && i < results->size() && i < node.outputs.size(); ++i) {
            if (node.outputs[i] == kNone) continue;
            TensorFacts& known = facts[static_cast<std::size_t>(node.outputs[i])];
            if (known.type == ElementType::Undefined) known.type = (*results)[i].type;
        }
    }
    return facts[static_cast<std::size_t>(output)].type;
}

namespace {

/// Turns above this number are refused: a loop that ends makes fewer, and a hostile one must end, too.
constexpr std::int64_t kMaximumTurns = 100000;

Result<bool> truthOf(const Node& node, const Tensor& tensor)
{
    if (tensor.size() != 1) return shapeProblem(node, fmt::format("its condition has shape {}", shapeText(tensor.shape())));
    return elementAsDouble(tensor, 0) != 0;
}

Tensor scalarOf(std::int64_t value)
{
    return Tensor::of<std::int64_t>({}, std::span(&value, 1));
}

Tensor truth(bool value)
{
    const std::byte byte{static_cast<unsigned char>(value ? 1 : 0)};
    return makeTensor(ElementType::Bool, {}, std::span(&byte, 1));
}

// ---- If

Result<std::vector<TensorFacts>> ifShape(const ShapeContext& context)
{
    const Result<const Graph*> yes = subgraphOf(context.node, "then_branch");
    if (!yes) return yes.error();
    const Result<const Graph*> no = subgraphOf(context.node, "else_branch");
    if (!no) return no.error();
    const Tensor* condition = context.constant(0);
    std::vector<TensorFacts> facts;
    for (std::size_t i = 0; i < context.node.outputs.size(); ++i) {
        if (i >= (*yes)->outputs.size() || i >= (*no)->outputs.size())
            return shapeProblem(context.node, fmt::format("its branches have no output {}", i));
        const Value& a = (*yes)->value((*yes)->outputs[i]);
        const Value& b = (*no)->value((*no)->outputs[i]);
        const ElementType type = a.type == ElementType::Undefined ? b.type : a.type;
        if (condition && condition->size() == 1) facts.push_back({type, (elementAsDouble(*condition, 0) != 0 ? a : b).shape, {}});
        else facts.push_back({type, commonShape(a.shape, b.shape), {}});
    }
    return facts;
}

Result<std::vector<Tensor>> runIf(const RunContext& context)
{
    const Result<bool> condition = truthOf(context.node, context[0]);
    if (!condition) return condition.error();
    const Result<const Graph*> branch = subgraphOf(context.node, *condition ? "then_branch" : "else_branch");
    if (!branch) return branch.error();
    return runSubgraph(context, **branch, {});
}

// ---- Loop: number of turns, condition, and the values that are carried from turn to turn

std::size_t carriedValues(const Node& node)
{
    return node.inputs.size() < 2 ? 0 : node.inputs.size() - 2;
}

Result<const Graph*> loopBody(const Node& node)
{
    const Result<const Graph*> body = subgraphOf(node, "body");
    if (!body) return body.error();
    const std::size_t carried = carriedValues(node);
    if ((*body)->inputs.size() != carried + 2 || (*body)->outputs.size() < carried + 1)
        return shapeProblem(node, fmt::format("its body does not fit {} carried values", carried));
    return *body;
}

Result<std::vector<TensorFacts>> loopShape(const ShapeContext& context)
{
    const Result<const Graph*> body = loopBody(context.node);
    if (!body) return body.error();
    const std::size_t carried = carriedValues(context.node);
    std::vector<ElementType> types{ElementType::Int64, ElementType::Bool};
    for (std::size_t i = 0; i < carried; ++i) types.push_back(context.type(i + 2));
    std::vector<TensorFacts> facts;
    for (std::size_t i = 1; i < (*body)->outputs.size(); ++i) {
        const Value& output = (*body)->value((*body)->outputs[i]);
        std::optional<Shape> shape = output.shape;
        if (i <= carried) {
            const TensorFacts& start = context.inputs[i + 1];
            facts.push_back({start.type == ElementType::Undefined ? output.type : start.type, commonShape(start.shape, shape), {}});
            continue;
        }
        if (shape) shape->insert(shape->begin(), -1);
        facts.push_back({derivedType(context, **body, (*body)->outputs[i], types), shape, {}});
    }
    return facts;
}

Result<std::vector<Tensor>> runLoop(const RunContext& context)
{
    const Node& node = context.node;
    const Result<const Graph*> body = loopBody(node);
    if (!body) return body.error();
    const std::size_t carried = carriedValues(node);
    std::vector<Tensor> values{Tensor(), Tensor()};
    for (std::size_t i = 0; i < carried; ++i) {
        if (!context.find(i + 2)) return missingInput(node, i + 2);
        values.push_back(context[i + 2]);
    }
    const std::optional<std::int64_t> turns = singleInteger(context.find(0));
    bool goes_on = true;
    if (context.find(1)) {
        const Result<bool> condition = truthOf(node, context[1]);
        if (!condition) return condition.error();
        goes_on = *condition;
    }
    std::vector<CollectedOutput> collected((*body)->outputs.size() - carried - 1);
    for (std::int64_t turn = 0; goes_on && (!turns || turn < *turns); ++turn) {
        if (turn >= kMaximumTurns) return valueProblem(node, fmt::format("it makes more than {} turns", kMaximumTurns));
        values[0] = scalarOf(turn);
        values[1] = truth(true);
        const Result<std::vector<Tensor>> results = runSubgraph(context, **body, values);
        if (!results) return results.error();
        const Result<bool> condition = truthOf(node, results->front());
        if (!condition) return condition.error();
        goes_on = *condition;
        std::copy_n(results->begin() + 1, carried, values.begin() + 2);
        for (std::size_t i = 0; i < collected.size(); ++i)
            if (Result<void> added = collected[i].add(node, (*results)[carried + 1 + i]); !added) return added.error();
    }
    std::vector<Tensor> outputs(values.begin() + 2, values.end());
    for (std::size_t i = 0; i < collected.size(); ++i)
        outputs.push_back(collected[i].joined((*body)->value((*body)->outputs[carried + 1 + i])));
    return outputs;
}

constexpr NotSupported kOwnWay{"Every sample may take its own way."};

constexpr std::array kOps{
    OpDescriptor{"", "If", 1, 1, ifShape, runIf, kOwnWay},
    OpDescriptor{"", "Loop", 1, 0, loopShape, runLoop, kOwnWay},
};

} // namespace

std::span<const OpDescriptor> controlFlowOps()
{
    return kOps;
}

} // namespace bitwright
