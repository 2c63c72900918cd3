// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: transformation/change_batchsize.py.
#include "ops/single_sample.h"

namespace bitwright {
namespace {

/// Reshape targets that repeat the batch of the file.
void patchReshapeTargets(Graph& graph, std::int64_t batch)
{
    for (const Node& node : graph.nodes) {
        if (node.op_type != "Reshape" || !node.domain.empty() || node.inputs.size() < 2 || node.inputs[1] == kNone) continue;
        Value& target = graph.values[static_cast<std::size_t>(node.inputs[1])];
        if (!target.constant) continue;
        std::vector<std::int64_t> extents = asIntegers(*target.constant);
        if (extents.empty() || extents[0] != batch) continue;
        extents[0] = 1;
        target.constant = Tensor::of<std::int64_t>(target.constant->shape(), extents);
    }
}

} // namespace

void assumeSingleSample(Graph& graph)
{
    std::int64_t batch = 1;
    for (const ValueIndex input : graph.inputs) {
        Value& value = graph.values[static_cast<std::size_t>(input)];
        if (!value.shape || value.shape->empty()) continue;
        if (value.shape->front() != 1) batch = value.shape->front();
        value.shape->front() = 1;
        if (!value.symbols.empty()) value.symbols.front().clear();
    }
    if (batch == 1) return;
    // What the file says about the values between holds for its own batch only.
    for (Value& value : graph.values) {
        if (value.producer == kNone || !value.shape || value.shape->empty()) continue;
        if (value.shape->front() == batch) value.shape->front() = 1;
    }
    if (batch > 1) patchReshapeTargets(graph, batch);
}

} // namespace bitwright
