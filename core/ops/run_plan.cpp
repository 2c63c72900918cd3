// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/run_plan.h"

#include <algorithm>

#include "ops/op_registry.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

std::size_t at(ValueIndex index)
{
    return static_cast<std::size_t>(index);
}

std::vector<bool> neededNodes(const Graph& graph)
{
    std::vector<bool> is_needed(graph.nodes.size(), false);
    std::vector<NodeIndex> pending;
    const auto need = [&](ValueIndex value) {
        if (value == kNone) return;
        const NodeIndex producer = graph.value(value).producer;
        if (producer == kNone || is_needed[static_cast<std::size_t>(producer)]) return;
        is_needed[static_cast<std::size_t>(producer)] = true;
        pending.push_back(producer);
    };
    std::for_each(graph.outputs.begin(), graph.outputs.end(), need);
    while (!pending.empty()) {
        const Node& node = graph.node(pending.back());
        pending.pop_back();
        std::for_each(node.inputs.begin(), node.inputs.end(), need);
        std::for_each(node.captures.begin(), node.captures.end(), need);
    }
    return is_needed;
}

/// Follows the samples through the graph.
class StackPlanner {
public:
    StackPlanner(const Model& model, RunPlan plan) : m_model(model), m_plan(std::move(plan))
    {
        m_plan.model = &model;
        m_shapes.resize(model.graph.values.size());
        m_plan.is_batched.assign(model.graph.values.size(), false);
    }

    std::optional<RunPlan> build()
    {
        for (const ValueIndex input : m_model.graph.inputs) {
            const std::optional<Shape>& shape = m_model.graph.value(input).shape;
            if (!shape || shape->empty() || !elementCount(*shape)) return std::nullopt;
            m_shapes[at(input)] = shape;
            m_plan.is_batched[at(input)] = true;
        }
        std::vector<NodeIndex> batched;
        for (const NodeIndex index : m_plan.nodes) {
            const Node& node = m_model.graph.node(index);
            const std::optional<bool> is_batched = visit(node);
            if (!is_batched) return std::nullopt;
            if (*is_batched) batched.push_back(index);
        }
        for (const ValueIndex output : m_model.graph.outputs)
            if (!m_plan.is_batched[at(output)]) return std::nullopt; // it would have to be repeated
        m_plan.nodes = std::move(batched);
        return std::move(m_plan);
    }

private:
    /// Whether the node works on samples; nothing where it mixes them.
    std::optional<bool> visit(const Node& node)
    {
        const OpDescriptor& op = *findOperator(node);
        const std::int64_t opset = m_model.opset(node.domain);
        std::vector<TensorFacts> facts;
        std::vector<char> flags;
        for (const ValueIndex input : node.inputs) {
            facts.push_back(input == kNone ? TensorFacts{} : factsOf(input));
            flags.push_back(input != kNone && m_plan.is_batched[at(input)]);
        }
        if (std::find(flags.begin(), flags.end(), 1) == flags.end())
            return runNode({m_model, m_model.graph}, node, m_plan.known, 0) ? std::optional(false) : std::nullopt;
        if (!op.shape) return std::nullopt;
        const Result<std::vector<TensorFacts>> outputs = op.shape(ShapeContext{node, opset, facts});
        if (!outputs) return std::nullopt;
        if (outputs->size() == 1 && outputs->front().constant && node.outputs.size() == 1) {
            m_plan.known[at(node.outputs[0])] = *outputs->front().constant; // Shape and the like
            return false;
        }
        const std::unique_ptr<bool[]> is_batched(new bool[flags.size()]);
        std::copy(flags.begin(), flags.end(), is_batched.get());
        if (!op.batch || !op.batch(BatchContext{node, opset, facts, std::span(is_batched.get(), flags.size())}))
            return std::nullopt;
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] == kNone) continue;
            if (i >= outputs->size()) return std::nullopt;
            const std::optional<Shape>& shape = (*outputs)[i].shape;
            if (!shape || shape->empty() || shape->front() != 1 || !elementCount(*shape)) return std::nullopt;
            m_shapes[at(node.outputs[i])] = shape;
            m_plan.is_batched[at(node.outputs[i])] = true;
        }
        return true;
    }

    TensorFacts factsOf(ValueIndex input) const
    {
        if (m_plan.is_batched[at(input)]) return {m_model.graph.value(input).type, m_shapes[at(input)], {}};
        const Tensor& tensor = m_plan.known[at(input)];
        return {tensor.type(), tensor.shape(), tensor};
    }

    const Model& m_model;
    RunPlan m_plan;
    std::vector<std::optional<Shape>> m_shapes; ///< of one sample, by value
};

} // namespace

Result<RunPlan> planRun(const Model& model, bool all_nodes)
{
    const Graph& graph = model.graph;
    RunPlan plan{&model, {}, RunValues(graph.values.size()), {}};
    for (std::size_t v = 0; v < graph.values.size(); ++v)
        if (graph.values[v].constant) plan.known[v] = *graph.values[v].constant;
    const std::vector<bool> is_needed = neededNodes(graph);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        if (!is_needed[n] && !all_nodes) continue;
        if (Result<void> checked = checkNode(model, graph, graph.nodes[n]); !checked) {
            if (is_needed[n]) return checked.error();
            continue;
        }
        plan.nodes.push_back(static_cast<NodeIndex>(n));
    }
    return plan;
}

std::optional<RunPlan> planStackedRun(const Model& single_sample, const RunPlan& plain)
{
    RunPlan plan = plain;
    for (std::size_t v = 0; v < single_sample.graph.values.size(); ++v)
        if (single_sample.graph.values[v].constant) plan.known[v] = *single_sample.graph.values[v].constant;
    return StackPlanner(single_sample, std::move(plan)).build();
}

Result<RunValues> runPlan(const RunPlan& plan, const std::vector<Tensor>& inputs, std::int64_t stacked_samples,
                          const std::stop_token& stop)
{
    const Graph& graph = plan.model->graph;
    RunValues values = plan.known; // tensors share their bytes
    for (std::size_t i = 0; i < inputs.size(); ++i) values[at(graph.inputs[i])] = inputs[i];
    for (const NodeIndex index : plan.nodes) {
        if (stop.stop_requested()) return Diagnostic{DiagnosticCode::Cancelled, {"The reference run"}};
        Result<void> done = runNode({*plan.model, graph, stop}, graph.node(index), values, stacked_samples);
        if (!done) {
            Diagnostic problem = done.error();
            if (auto* where = std::get_if<NodeLocation>(&problem.where)) where->path = plan.model->path;
            return problem;
        }
    }
    return values;
}

} // namespace bitwright
