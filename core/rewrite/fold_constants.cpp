// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: transformation/fold_constants.py, with the list of kept quantisers completed.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/op_registry.h"
#include "rewrite/work_graph.h"

namespace bitwright {
namespace {

/// Folding may not blow a small file up.
constexpr std::int64_t kMaximumFoldedElements = std::int64_t{1} << 24;

constexpr std::array<std::string_view, 7> kKeptQuantisers{
    "Quant", "IntQuant", "BipolarQuant", "FloatQuant", "Trunc", "QuantizeLinear", "DequantizeLinear"};

bool isKept(const Node& node)
{
    return std::find(kKeptQuantisers.begin(), kKeptQuantisers.end(), node.op_type) != kKeptQuantisers.end();
}

/// The results of a node that depends on nothing that flows; empty when it does, or cannot be computed.
std::vector<Tensor> foldedOutputs(const WorkGraph& work, const Node& node)
{
    const OpDescriptor* op = findOperator(node);
    if (!op || isKept(node) || !node.captures.empty()) return {};
    if (node.inputs.size() < static_cast<std::size_t>(op->required_inputs)) return {};
    const std::int64_t opset = work.model().opset(node.domain);
    std::vector<TensorFacts> facts;
    std::vector<const Tensor*> tensors;
    std::int64_t given = 0;
    bool all_constant = true;
    for (const ValueIndex input : node.inputs) {
        // An omitted input counts as one that flows, as in the reference.
        if (input == kNone) return {};
        const Value& value = work.graph().value(input);
        facts.push_back({value.type, value.shape, value.constant});
        all_constant = all_constant && value.constant;
        if (all_constant) {
            tensors.push_back(&*value.constant);
            given += value.constant->size();
        }
    }
    for (const ValueIndex output : node.outputs) {
        if (output == kNone) continue;
        const std::optional<Shape>& shape = work.graph().value(output).shape;
        const std::optional<std::int64_t> count = shape ? elementCount(*shape) : std::nullopt;
        if (count && *count > std::max(kMaximumFoldedElements, 4 * given)) return {};
    }
    if (all_constant && op->run) {
        Result<std::vector<Tensor>> results = op->run(RunContext{node, opset, tensors});
        if (results && results->size() >= node.outputs.size()) return *std::move(results);
        return {};
    }
    // Shape and Size are constant as soon as the shape is.
    if (!op->shape || node.outputs.size() != 1) return {};
    const Result<std::vector<TensorFacts>> outputs = op->shape(ShapeContext{node, opset, facts});
    if (!outputs || outputs->size() != 1 || !outputs->front().constant) return {};
    return {*outputs->front().constant};
}

/// Folds the node where that can be done.
bool foldNode(WorkGraph& work, NodeIndex index)
{
    std::vector<Tensor> results = foldedOutputs(work, work.node(index));
    if (results.empty()) return false;
    const Node folded = work.node(index);
    work.remove(index);
    for (std::size_t i = 0; i < folded.outputs.size(); ++i) {
        if (folded.outputs[i] == kNone) continue;
        Value& value = work.value(folded.outputs[i]);
        value.type = results[i].type();
        value.shape = results[i].shape();
        value.constant = std::move(results[i]);
    }
    work.record("fold constants", fmt::format("Computed '{}' ({}) once and for all.", folded.name, folded.op_type),
                folded.came_from);
    return true;
}

} // namespace

void foldConstants(WorkGraph& work)
{
    if (!work.isStepwise()) {
        for (const NodeIndex index : std::vector(work.order()))
            if (work.isAlive(index)) foldNode(work, index);
        return work.tidy();
    }
    std::size_t at = 0;
    while (at < work.order().size()) {
        if (!foldNode(work, work.order()[at])) {
            ++at;
        } else if (work.needsTidy()) {
            // One node at a time, and the order afresh after each: names depend on it.
            work.tidy();
            at = 0;
        }
    }
}

} // namespace bitwright
