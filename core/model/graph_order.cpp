// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <queue>

#include "model/model.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

template <class Visit>
void forEachRead(const Node& node, Visit visit)
{
    for (const ValueIndex input : node.inputs)
        if (input != kNone) visit(static_cast<std::size_t>(input));
    for (const ValueIndex input : node.captures)
        if (input != kNone) visit(static_cast<std::size_t>(input));
}

/// A node on a cycle: from any node that never became ready, walking to unfinished producers must repeat.
NodeIndex nodeOnCycle(const Graph& graph, const std::vector<int>& waiting)
{
    std::vector<bool> seen(graph.nodes.size(), false);
    auto at = static_cast<NodeIndex>(
        std::find_if(waiting.begin(), waiting.end(), [](int count) { return count > 0; }) - waiting.begin());
    while (!seen[static_cast<std::size_t>(at)]) {
        seen[static_cast<std::size_t>(at)] = true;
        NodeIndex next = at;
        forEachRead(graph.node(at), [&](std::size_t input) {
            const NodeIndex producer = graph.values[input].producer;
            if (producer != kNone && waiting[static_cast<std::size_t>(producer)] > 0) next = producer;
        });
        at = next;
    }
    return at;
}

} // namespace

void linkValues(Graph& graph)
{
    for (Value& value : graph.values) {
        value.producer = kNone;
        value.consumers.clear();
    }
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const auto index = static_cast<NodeIndex>(n);
        for (const ValueIndex output : graph.nodes[n].outputs)
            if (output != kNone) graph.values[static_cast<std::size_t>(output)].producer = index;
        forEachRead(graph.nodes[n], [&](std::size_t input) {
            std::vector<NodeIndex>& consumers = graph.values[input].consumers;
            if (consumers.empty() || consumers.back() != index) consumers.push_back(index);
        });
    }
}

Result<void> sortNodes(Graph& graph)
{
    linkValues(graph);
    const std::size_t count = graph.nodes.size();
    std::vector<int> waiting(count, 0); // producers that have not been placed, counted per consumer edge
    for (const Value& value : graph.values)
        if (value.producer != kNone)
            for (const NodeIndex consumer : value.consumers) ++waiting[static_cast<std::size_t>(consumer)];
    std::priority_queue<NodeIndex, std::vector<NodeIndex>, std::greater<>> ready;
    for (std::size_t n = 0; n < count; ++n)
        if (waiting[n] == 0) ready.push(static_cast<NodeIndex>(n));
    std::vector<NodeIndex> order;
    order.reserve(count);
    while (!ready.empty()) {
        const NodeIndex node = ready.top();
        ready.pop();
        order.push_back(node);
        for (const ValueIndex output : graph.node(node).outputs) {
            if (output == kNone) continue;
            for (const NodeIndex consumer : graph.value(output).consumers)
                if (--waiting[static_cast<std::size_t>(consumer)] == 0) ready.push(consumer);
        }
    }
    if (order.size() != count) {
        const std::string& name = graph.node(nodeOnCycle(graph, waiting)).name;
        return Diagnostic{.code = DiagnosticCode::ModelCyclic, .arguments = {name}, .where = NodeLocation{{}, name}};
    }
    if (!std::is_sorted(order.begin(), order.end())) {
        std::vector<Node> sorted;
        sorted.reserve(count);
        for (const NodeIndex node : order) sorted.push_back(std::move(graph.nodes[static_cast<std::size_t>(node)]));
        graph.nodes = std::move(sorted);
        linkValues(graph);
    }
    return {};
}

} // namespace bitwright
