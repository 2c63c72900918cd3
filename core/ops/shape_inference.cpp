// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/shape_inference.h"

#include <algorithm>

#include "ops/op_registry.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

/// Shape arithmetic is small; weights are not computed here.
constexpr std::int64_t kMaximumComputedElements = 1024;

bool isSmall(const TensorFacts& facts)
{
    return facts.constant && facts.constant->size() <= kMaximumComputedElements;
}

class Inference {
public:
    Inference(const Model& model, Graph& graph) : m_model(model), m_graph(graph), m_facts(graph.values.size())
    {
        for (std::size_t v = 0; v < graph.values.size(); ++v) {
            const Value& value = graph.values[v];
            m_facts[v] = {value.type, value.shape, value.constant};
        }
    }

    Diagnostics run()
    {
        for (const Node& node : m_graph.nodes) visit(node);
        return std::move(m_findings);
    }

private:
    void visit(const Node& node)
    {
        const OpDescriptor* op = findOperator(node);
        if (!op) return;
        std::vector<TensorFacts> inputs;
        for (const ValueIndex input : node.inputs)
            inputs.push_back(input == kNone ? TensorFacts{} : m_facts[static_cast<std::size_t>(input)]);
        for (std::size_t i = 0; i < static_cast<std::size_t>(op->required_inputs); ++i)
            if (i >= node.inputs.size() || node.inputs[i] == kNone) return report(missingInput(node, i));
        if (!op->shape) return;
        const std::int64_t opset = m_model.opset(node.domain);
        Result<std::vector<TensorFacts>> outputs = op->shape(ShapeContext{node, opset, inputs});
        if (!outputs) return report(outputs.error());
        compute(node, *op, opset, inputs, *outputs);
        for (std::size_t i = 0; i < node.outputs.size() && i < outputs->size(); ++i)
            if (node.outputs[i] != kNone) accept(node.outputs[i], (*outputs)[i]);
    }

    /// Evaluates the node when everything that it reads is a small constant.
    static void compute(const Node& node, const OpDescriptor& op, std::int64_t opset,
                        const std::vector<TensorFacts>& inputs, std::vector<TensorFacts>& outputs)
    {
        if (!op.run || outputs.empty() || outputs[0].constant) return;
        std::vector<const Tensor*> tensors;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (node.inputs[i] != kNone && !isSmall(inputs[i])) return;
            tensors.push_back(node.inputs[i] == kNone ? nullptr : &*inputs[i].constant);
        }
        for (const TensorFacts& output : outputs) {
            const std::optional<std::int64_t> count = output.shape ? elementCount(*output.shape) : std::nullopt;
            if (!count || *count > kMaximumComputedElements) return;
        }
        Result<std::vector<Tensor>> results = op.run(RunContext{node, opset, tensors});
        if (!results) return; // the run will say it
        for (std::size_t i = 0; i < results->size() && i < outputs.size(); ++i) outputs[i].constant = (*results)[i];
    }

    void accept(ValueIndex index, const TensorFacts& facts)
    {
        TensorFacts& known = m_facts[static_cast<std::size_t>(index)];
        if (facts.type != ElementType::Undefined) known.type = facts.type;
        if (facts.shape) known.shape = merged(*facts.shape, known.shape);
        known.constant = facts.constant;
        Value& value = m_graph.values[static_cast<std::size_t>(index)];
        value.type = known.type;
        value.shape = known.shape;
        if (value.shape && value.symbols.size() != value.shape->size()) value.symbols.clear();
    }

    /// The derived shape; where it leaves an extent open, what the file says.
    static Shape merged(Shape derived, const std::optional<Shape>& stated)
    {
        if (!stated || stated->size() != derived.size()) return derived;
        for (std::size_t i = 0; i < derived.size(); ++i)
            if (derived[i] < 0) derived[i] = (*stated)[i];
        return derived;
    }

    void report(Diagnostic problem)
    {
        if (auto* node = std::get_if<NodeLocation>(&problem.where)) node->path = m_model.path;
        m_findings.push_back(std::move(problem));
    }

    const Model& m_model;
    Graph& m_graph;
    std::vector<TensorFacts> m_facts;
    Diagnostics m_findings;
};

} // namespace

Diagnostics inferShapes(const Model& model, Graph& graph)
{
    return Inference(model, graph).run();
}

Diagnostics inferShapes(Model& model)
{
    return inferShapes(model, model.graph);
}

} // namespace bitwright
