// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: GiveUniqueParameterTensors, GiveUniqueNodeNames, GiveReadableTensorNames of transformation/general.py.
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "rewrite/normal_form.h"
#include "rewrite/work_graph.h"

namespace bitwright {
namespace {

/// Every use of a constant gets a value of its own, so that it can have a name of its own.
void splitSharedConstants(WorkGraph& work)
{
    std::set<ValueIndex> seen;
    for (const NodeIndex index : work.order()) {
        for (std::size_t i = 0; i < work.node(index).inputs.size(); ++i) {
            const ValueIndex input = work.node(index).inputs[i];
            if (input == kNone || !work.value(input).isConstant() || seen.insert(input).second) continue;
            Value& shared = work.value(input);
            std::vector<NodeIndex> readers = std::exchange(shared.consumers, {}); // many: they are not to be copied
            Value copy = shared; // the bytes stay shared
            shared.consumers = std::move(readers);
            work.setInput(index, i, work.addValue(std::move(copy)));
        }
    }
}

/// Sub-graphs refer to these values by name.
std::set<ValueIndex> capturedValues(WorkGraph& work)
{
    std::set<ValueIndex> captured;
    for (const NodeIndex index : work.order())
        captured.insert(work.node(index).captures.begin(), work.node(index).captures.end());
    return captured;
}

std::string numbered(const char* name, std::size_t index)
{
    return index == 0 ? name : fmt::format("{}_{}", name, index);
}

} // namespace

void giveReadableNames(WorkGraph& work)
{
    splitSharedConstants(work);
    const std::set<ValueIndex> captured = capturedValues(work);
    const auto rename = [&](ValueIndex index, std::string name) {
        if (!captured.contains(index)) work.value(index).name = std::move(name);
    };
    const Graph& graph = work.graph();
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) rename(graph.inputs[i], numbered("global_in", i));
    std::map<std::string, int> counts;
    for (const NodeIndex index : work.order()) {
        Node& node = work.node(index);
        node.name = isInputLayout(graph, node) ? graph.value(node.inputs[0]).name + "_channels_last"
                                               : fmt::format("{}_{}", node.op_type, counts[node.op_type]++);
        for (std::size_t i = 0; i < node.outputs.size(); ++i)
            if (node.outputs[i] != kNone) rename(node.outputs[i], fmt::format("{}_out{}", node.name, i));
        int parameters = 0;
        for (const ValueIndex input : node.inputs)
            if (input != kNone && work.value(input).isConstant())
                rename(input, fmt::format("{}_param{}", node.name, parameters++));
    }
    for (std::size_t i = 0; i < graph.outputs.size(); ++i) rename(graph.outputs[i], numbered("global_out", i));
}

} // namespace bitwright
