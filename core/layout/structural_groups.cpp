// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/structural_groups.h"

#include <algorithm>
#include <functional>
#include <queue>

#include <fmt/format.h>

#include "support/content_hash.h"

namespace bitwright {
namespace {

constexpr std::size_t kFewestBoxes = 8;
constexpr std::size_t kMostBoxes = 40;
constexpr std::size_t kLongestPeriod = 60;

/// Boxes in an order in which edges run forward; those on cycles at the end, as they come.
std::vector<std::int32_t> flowOrder(const GraphSummary& graph)
{
    const std::size_t count = graph.nodes.size();
    std::vector<std::int32_t> waiting(count, 0);
    std::vector<std::vector<std::int32_t>> readers(count);
    for (const GraphEdge& edge : graph.edges) {
        ++waiting[static_cast<std::size_t>(edge.to)];
        readers[static_cast<std::size_t>(edge.from)].push_back(edge.to);
    }
    std::priority_queue<std::int32_t, std::vector<std::int32_t>, std::greater<>> ready;
    for (std::size_t n = 0; n < count; ++n)
        if (waiting[n] == 0) ready.push(static_cast<std::int32_t>(n));
    std::vector<std::int32_t> order;
    std::vector<bool> is_placed(count, false);
    while (!ready.empty()) {
        const std::int32_t node = ready.top();
        ready.pop();
        order.push_back(node);
        is_placed[static_cast<std::size_t>(node)] = true;
        for (const std::int32_t reader : readers[static_cast<std::size_t>(node)])
            if (--waiting[static_cast<std::size_t>(reader)] == 0) ready.push(reader);
    }
    for (std::size_t n = 0; n < count; ++n)
        if (!is_placed[n]) order.push_back(static_cast<std::int32_t>(n));
    return order;
}

/// After which places of @p order a single tensor goes on: cutting there cuts one line.
std::vector<bool> cutsAfter(const GraphSummary& graph, const std::vector<std::int32_t>& order)
{
    std::vector<std::size_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[static_cast<std::size_t>(order[i])] = i;
    std::vector<std::size_t> last_use(order.size(), 0); // per box: the last place that reads anything of it
    for (const GraphEdge& edge : graph.edges) {
        std::size_t& last = last_use[static_cast<std::size_t>(edge.from)];
        last = std::max(last, place[static_cast<std::size_t>(edge.to)]);
    }
    std::vector<int> ends(order.size(), 0);
    std::vector<bool> cuts(order.size(), false);
    int open = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        open -= ends[i];
        const std::size_t last = last_use[static_cast<std::size_t>(order[i])];
        if (last > i) {
            ++open;
            ++ends[last];
        }
        cuts[i] = open <= 1;
    }
    return cuts;
}

/// The distance at which most looks repeat, or 0.
std::size_t periodOf(const std::vector<std::uint64_t>& looks)
{
    for (std::size_t period = 1; period <= std::min(kLongestPeriod, looks.size() / 3); ++period) {
        std::size_t equal = 0;
        for (std::size_t i = 0; i + period < looks.size(); ++i) equal += looks[i] == looks[i + period] ? 1 : 0;
        if (10 * equal >= 9 * (looks.size() - period)) return period;
    }
    return 0;
}

/// Lengths of runs of boxes along the order: whole periods where there is one, else from cut to cut.
std::vector<std::size_t> runLengths(const GraphSummary& graph, const std::vector<std::int32_t>& order)
{
    std::vector<std::uint64_t> looks;
    for (const std::int32_t node : order) looks.push_back(ContentHasher().text(graph.nodes[static_cast<std::size_t>(node)].subtitle).value());
    const std::size_t period = periodOf(looks);
    const std::vector<bool> cuts = cutsAfter(graph, order);
    const std::size_t wanted = period == 0 ? kFewestBoxes : (kFewestBoxes + period - 1) / period * period;
    std::vector<std::size_t> lengths;
    std::size_t length = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        ++length;
        const bool is_full = period == 0 ? length >= wanted && cuts[i] : length == wanted;
        if (!is_full && length < std::max(kMostBoxes, wanted)) continue;
        lengths.push_back(length);
        length = 0;
    }
    if (length > 0) lengths.push_back(length);
    return lengths;
}

} // namespace

std::vector<std::uint64_t> looksInGroups(const GraphSummary& graph, const std::vector<std::int32_t>& group_of_node, int hops)
{
    std::vector<std::uint64_t> looks;
    for (const GraphNode& node : graph.nodes) looks.push_back(ContentHasher().text(node.subtitle).add(node.op_class).value());
    for (int hop = 0; hop < hops; ++hop) {
        std::vector<std::uint64_t> before(looks.size(), 0);
        std::vector<std::uint64_t> after(looks.size(), 0);
        for (const GraphEdge& edge : graph.edges) {
            if (group_of_node[static_cast<std::size_t>(edge.from)] != group_of_node[static_cast<std::size_t>(edge.to)]) continue;
            before[static_cast<std::size_t>(edge.to)] += looks[static_cast<std::size_t>(edge.from)];
            after[static_cast<std::size_t>(edge.from)] += looks[static_cast<std::size_t>(edge.to)];
        }
        for (std::size_t n = 0; n < looks.size(); ++n) looks[n] = ContentHasher().add(looks[n]).add(before[n]).add(after[n]).value();
    }
    return looks;
}

void addStructuralGroups(const GraphSummary& graph, Grouping& grouping)
{
    // A scope that holds too much to be opened says nothing either.
    std::vector<std::int32_t> direct(grouping.groups.size(), 0);
    for (const std::int32_t group : grouping.group_of_node)
        if (group >= 0) ++direct[static_cast<std::size_t>(group)];
    for (std::int32_t& group : grouping.group_of_node)
        if (group >= 0 && direct[static_cast<std::size_t>(group)] > kVisibleBoxes) group = -1;
    const auto loose = static_cast<std::int32_t>(std::count(grouping.group_of_node.begin(), grouping.group_of_node.end(), -1));
    if (loose <= kVisibleBoxes) return;
    std::vector<std::int32_t> order = flowOrder(graph);
    const std::vector<std::size_t> lengths = runLengths(graph, order);
    const auto first = static_cast<std::int32_t>(grouping.groups.size());
    std::size_t at = 0;
    for (std::size_t run = 0; run < lengths.size(); ++run) {
        grouping.groups.push_back({fmt::format("group:block {}", run + 1), fmt::format("block {}/{}", run + 1, lengths.size()), -1, 0, 1});
        for (std::size_t i = 0; i < lengths[run]; ++i, ++at) {
            std::int32_t& group = grouping.group_of_node[static_cast<std::size_t>(order[at])];
            if (group < 0) group = first + static_cast<std::int32_t>(run);
        }
    }
}

void insertParts(Grouping& grouping)
{
    constexpr std::int32_t kMostChildren = 100;
    constexpr std::int32_t kFewestPerPart = 20;
    std::vector<std::int32_t> children(grouping.groups.size() + 1, 0); // by parent + 1
    const auto slot = [](std::int32_t parent) { return static_cast<std::size_t>(parent + 1); };
    for (const NodeGroup& group : grouping.groups) ++children[slot(group.parent)];
    std::vector<std::int32_t> seen(children.size(), 0);
    std::vector<std::int32_t> part_of(children.size(), -1); // the part that is being filled
    std::vector<std::int32_t> renumbered;
    std::vector<NodeGroup> groups;
    for (NodeGroup& group : grouping.groups) {
        const std::int32_t count = children[slot(group.parent)];
        const std::int32_t ordinal = seen[slot(group.parent)]++;
        const std::int32_t per_part = std::max(kFewestPerPart, (count + 49) / 50);
        std::int32_t parent = group.parent < 0 ? -1 : renumbered[static_cast<std::size_t>(group.parent)];
        if (count > kMostChildren) {
            const std::string above = parent < 0 ? "group:" : groups[static_cast<std::size_t>(parent)].id + "/";
            const std::int32_t part = ordinal / per_part + 1;
            std::int32_t& filled = part_of[slot(group.parent)];
            if (ordinal % per_part == 0) {
                filled = static_cast<std::int32_t>(groups.size());
                groups.push_back({fmt::format("{}part {}", above, part), fmt::format("part {}/{}", part, (count + per_part - 1) / per_part), parent, 0, 1});
            }
            parent = filled;
        }
        renumbered.push_back(static_cast<std::int32_t>(groups.size()));
        group.parent = parent;
        groups.push_back(std::move(group));
    }
    grouping.groups = std::move(groups);
    for (std::int32_t& group : grouping.group_of_node)
        if (group >= 0) group = renumbered[static_cast<std::size_t>(group)];
}

} // namespace bitwright
