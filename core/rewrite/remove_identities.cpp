// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: transformation/remove.py.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rewrite/work_graph.h"

namespace bitwright {
namespace {

/// numpy's `isclose` with the tolerances of the reference: this decides which nodes hls4ml never sees.
bool isClose(const Tensor& tensor, double target)
{
    constexpr double kAbsolute = 1e-5;
    constexpr double kRelative = 1e-5;
    const std::vector<double> values = asDoubles(tensor);
    return std::all_of(values.begin(), values.end(), [&](double value) {
        return std::fabs(value - target) <= kAbsolute + kRelative * std::fabs(target);
    });
}

const Tensor* constantInput(WorkGraph& work, const Node& node, std::size_t input)
{
    if (input >= node.inputs.size() || !work.isConstant(node.inputs[input])) return nullptr;
    return &*work.value(node.inputs[input]).constant;
}

bool isIdentityDropout(WorkGraph& work, const Node& node)
{
    if (work.model().opset("") < 12)
        return hasAttribute(node, "ratio") && attributeFloat(node, "ratio", 0.5) == 0;
    if (node.inputs.size() == 1) return true;
    const Tensor* ratio = constantInput(work, node, 1);
    return ratio && ratio->size() == 1 && elementAsDouble(*ratio, 0) == 0;
}

bool isIdentityPad(WorkGraph& work, const Node& node)
{
    std::vector<std::int64_t> pads = attributeInts(node, "pads");
    if (const Tensor* input = constantInput(work, node, 1)) pads = asIntegers(*input);
    return !pads.empty() && std::all_of(pads.begin(), pads.end(), [](std::int64_t pad) { return pad == 0; });
}

bool isIdentity(WorkGraph& work, const Node& node)
{
    if (!node.domain.empty() || node.inputs.empty()) return false;
    const Tensor* second = constantInput(work, node, 1);
    // The second operand may also stretch the first one; then its shape is not nothing.
    const std::optional<Shape>& in = work.value(node.inputs[0]).shape;
    const std::optional<Shape>& out = work.value(node.outputs[0]).shape;
    const bool keeps_shape = !in || !out || *in == *out;
    if (node.op_type == "Add" || node.op_type == "Sub") return second && keeps_shape && isClose(*second, 0);
    if (node.op_type == "Mul" || node.op_type == "Div") return second && keeps_shape && isClose(*second, 1);
    if (node.op_type == "Pad") return isIdentityPad(work, node);
    if (node.op_type == "Identity") return true;
    return node.op_type == "Dropout" && isIdentityDropout(work, node);
}

/// Takes the node out. @return false where the graph cannot do without it: it joins an input to an output, or a
/// graph reads its result by name
bool bypass(WorkGraph& work, NodeIndex index)
{
    const Node node = work.node(index);
    const ValueIndex in = node.inputs[0];
    const ValueIndex out = node.outputs[0];
    if (work.isCaptured(out)) return false;
    if (node.outputs.size() > 1) {
        const ValueIndex second = node.outputs[1];
        if (second != kNone && (!work.value(second).consumers.empty() || work.isGraphOutput(second))) return false;
    }
    if (work.isGraphOutput(out) &&
        (work.value(in).producer == kNone || work.isGraphOutput(in) || work.value(in).consumers.size() > 1))
        return false;
    if (work.isGraphOutput(out)) work.value(in).original_name = work.value(out).original_name;
    work.remove(index);
    work.redirect(out, in);
    return true;
}

bool removeIdentity(WorkGraph& work, NodeIndex index)
{
    if (!isIdentity(work, work.node(index))) return false;
    const Node node = work.node(index);
    if (!bypass(work, index)) return false;
    if (!node.name.empty()) // the scales of a Gemm have no name: they were never in the file
        work.record("remove identities", fmt::format("Removed '{}' ({}), which changes nothing.", node.name, node.op_type),
                    node.came_from);
    return true;
}

} // namespace

void removeIdentityOperations(WorkGraph& work)
{
    if (!work.isStepwise()) {
        for (const NodeIndex index : std::vector(work.order()))
            if (work.isAlive(index)) removeIdentity(work, index);
        return work.tidy();
    }
    std::size_t at = 0;
    while (at < work.order().size()) {
        if (!removeIdentity(work, work.order()[at])) {
            ++at;
            continue;
        }
        work.tidy();
        at = 0;
    }
    work.tidy();
}

void removePassThrough(WorkGraph& work)
{
    const std::vector<NodeIndex> order = work.order();
    for (const NodeIndex index : order) {
        if (!work.isAlive(index)) continue;
        const Node node = work.node(index);
        if (!node.domain.empty() || (node.op_type != "Identity" && node.op_type != "Dropout")) continue;
        if (bypass(work, index))
            work.record("remove identities", fmt::format("Removed '{}' ({}), which changes nothing in inference.", node.name, node.op_type),
                        node.came_from);
    }
}

void removeDeadNodes(WorkGraph& work)
{
    const std::vector<NodeIndex> order = work.order();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        if (!work.isAlive(*index)) continue;
        const Node node = work.node(*index);
        const bool is_read = std::any_of(node.outputs.begin(), node.outputs.end(), [&](ValueIndex output) {
            return output != kNone && (!work.value(output).consumers.empty() || work.isGraphOutput(output));
        });
        if (is_read) continue;
        work.remove(*index);
        work.record("remove dead nodes", fmt::format("Removed '{}' ({}), whose results nothing reads.", node.name, node.op_type),
                    node.came_from);
    }
}

} // namespace bitwright
