// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/node_run.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "ops/op_registry.h"
#include "ops/rule_support.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

constexpr std::string_view kUnknownOperator = "It is not known here.";

std::size_t at(ValueIndex index)
{
    return static_cast<std::size_t>(index);
}

const Graph* graphIn(const Attribute& attribute)
{
    const auto* graph = std::get_if<std::shared_ptr<const Graph>>(&attribute);
    return graph ? graph->get() : nullptr;
}

/// Runs graphs in the surroundings of one node. What they read from outside is found by name: rewrites keep the
/// names of captured values.
class NodeSubgraphs : public SubgraphRunner {
public:
    NodeSubgraphs(const NodeSurroundings& surroundings, const Node& node, const RunValues& values) : m_surroundings(surroundings)
    {
        for (const ValueIndex value : node.captures)
            if (value != kNone) m_captured.emplace(surroundings.graph.value(value).name, &values[at(value)]);
    }

    Result<std::vector<Tensor>> run(const Graph& graph, const std::vector<Tensor>& inputs) const override
    {
        if (inputs.size() != graph.inputs.size())
            return Diagnostic{DiagnosticCode::ModelInputCount, {fmt::format("{}", graph.inputs.size()), fmt::format("{}", inputs.size())}};
        RunValues values(graph.values.size());
        for (std::size_t v = 0; v < values.size(); ++v) {
            const Value& value = graph.values[v];
            const auto captured = value.constant ? m_captured.end() : m_captured.find(value.name);
            if (value.constant) values[v] = *value.constant;
            else if (captured != m_captured.end() && value.producer == kNone) values[v] = *captured->second;
        }
        for (std::size_t i = 0; i < inputs.size(); ++i) values[at(graph.inputs[i])] = inputs[i];
        for (const Node& node : graph.nodes) {
            if (m_surroundings.stop.stop_requested()) return Diagnostic{DiagnosticCode::Cancelled, {"The reference run"}};
            if (Result<void> done = runNode({m_surroundings.model, graph, m_surroundings.stop}, node, values, 0); !done) return done.error();
        }
        std::vector<Tensor> outputs;
        for (const ValueIndex output : graph.outputs) {
            if (values[at(output)].isEmpty())
                return Diagnostic{DiagnosticCode::ModelOutputMissing, {graph.value(output).name}};
            outputs.push_back(values[at(output)]);
        }
        return outputs;
    }

private:
    const NodeSurroundings& m_surroundings;
    std::map<std::string_view, const Tensor*> m_captured;
};

std::vector<const Tensor*> tensorsOf(const Node& node, const RunValues& values)
{
    std::vector<const Tensor*> tensors;
    for (const ValueIndex input : node.inputs) tensors.push_back(input == kNone ? nullptr : &values[at(input)]);
    return tensors;
}

} // namespace

Result<void> checkNode(const Model& model, const Graph& graph, const Node& node)
{
    const OpDescriptor* op = findOperator(node);
    if (!op || !op->run)
        return Diagnostic{DiagnosticCode::OperatorUnsupported,
                          {node.op_type, node.name, std::string(op ? op->run.reason() : kUnknownOperator)},
                          NodeLocation{model.path, node.name}};
    for (std::size_t i = 0; i < static_cast<std::size_t>(op->required_inputs); ++i)
        if (i >= node.inputs.size() || node.inputs[i] == kNone) return missingInput(node, i);
    for (const ValueIndex input : node.inputs) {
        if (input == kNone) continue;
        const Value& value = graph.value(input);
        if (!value.missing_data.empty())
            return Diagnostic{DiagnosticCode::ModelDataMissing,
                              {value.name, value.missing_data},
                              NodeLocation{model.path, node.name},
                              "Put the data file beside the model."};
    }
    for (const auto& [name, attribute] : node.attributes)
        if (const Graph* inner = graphIn(attribute))
            for (const Node& part : inner->nodes)
                if (Result<void> checked = checkNode(model, *inner, part); !checked) return checked;
    return {};
}

Result<void> runNode(const NodeSurroundings& surroundings, const Node& node, RunValues& values, std::int64_t stacked_samples)
{
    const std::vector<const Tensor*> tensors = tensorsOf(node, values);
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (tensors[i] && tensors[i]->isEmpty()) return missingInput(node, i);
    const OpDescriptor* op = findOperator(node);
    const NodeSubgraphs subgraphs(surroundings, node, values);
    RunContext context{node, surroundings.model.opset(node.domain), tensors, stacked_samples, &subgraphs};
    Result<std::vector<Tensor>> results = op->run(context);
    if (!results) return results.error();
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        if (node.outputs[i] == kNone) continue;
        if (i >= results->size())
            return valueProblem(node, fmt::format("its output {} exists only in training", i));
        values[at(node.outputs[i])] = (*results)[i];
    }
    return {};
}

} // namespace bitwright
