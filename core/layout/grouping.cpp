// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/grouping.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "layout/structural_groups.h"
#include "support/content_hash.h"

namespace bitwright {
namespace {

/// The scopes in a name, outermost first: "/layer1/layer1.0/conv/Conv" -> layer1, layer1.0, conv.
std::vector<std::string> scopesOf(const std::string& name, char separator)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find(separator, at), name.size());
        std::string part = name.substr(at, end - at);
        if (!part.empty() && (parts.empty() || parts.back() != part)) parts.push_back(std::move(part));
        at = end + 1;
    }
    if (!parts.empty()) parts.pop_back(); // the operator itself
    return parts;
}

/// '/' or '.', whichever scopes most names; 0 where most names have none.
char separatorOf(const GraphSummary& graph)
{
    for (const char separator : {'/', '.'}) {
        std::size_t scoped = 0;
        std::size_t named = 0;
        for (const GraphNode& node : graph.nodes) {
            if (node.scope.empty()) continue;
            ++named;
            scoped += scopesOf(node.scope, separator).empty() ? 0 : 1;
        }
        if (named > 0 && 2 * scoped >= named) return separator;
    }
    return 0;
}

class ScopeTree {
public:
    ScopeTree(const GraphSummary& graph, char separator) : m_graph(graph), m_separator(separator) {}

    Grouping build()
    {
        m_grouping.group_of_node.assign(m_graph.nodes.size(), -1);
        for (std::size_t n = 0; n < m_graph.nodes.size(); ++n) {
            std::int32_t group = -1;
            for (const std::string& scope : scopesOf(m_graph.nodes[n].scope, m_separator)) group = child(group, scope);
            m_grouping.group_of_node[n] = group;
        }
        return std::move(m_grouping);
    }

private:
    std::int32_t child(std::int32_t parent, const std::string& scope)
    {
        const std::string above = parent < 0 ? "group:" : m_grouping.groups[static_cast<std::size_t>(parent)].id + m_separator;
        const std::string id = above + scope;
        const auto [entry, is_new] = m_known.try_emplace(id, static_cast<std::int32_t>(m_grouping.groups.size()));
        if (is_new) m_grouping.groups.push_back({id, scope, parent, 0, 1});
        return entry->second;
    }

    const GraphSummary& m_graph;
    char m_separator;
    Grouping m_grouping;
    std::unordered_map<std::string, std::int32_t> m_known;
};

void countSizes(Grouping& grouping)
{
    for (NodeGroup& group : grouping.groups) group.size = 0;
    for (const std::int32_t group : grouping.group_of_node)
        if (group >= 0) ++grouping.groups[static_cast<std::size_t>(group)].size;
    for (std::size_t g = grouping.groups.size(); g-- > 0;) // parents come first
        if (grouping.groups[g].parent >= 0) grouping.groups[static_cast<std::size_t>(grouping.groups[g].parent)].size += grouping.groups[g].size;
}

/// A group of one box, or with nothing but one other group in it, says nothing: its content moves up.
void dissolveTrivial(Grouping& grouping)
{
    countSizes(grouping);
    std::vector<std::int32_t> instead(grouping.groups.size(), -1); // surviving ancestor or itself, new index
    std::vector<NodeGroup> kept;
    for (std::size_t g = 0; g < grouping.groups.size(); ++g) {
        NodeGroup group = std::move(grouping.groups[g]);
        const std::int32_t parent = group.parent < 0 ? -1 : instead[static_cast<std::size_t>(group.parent)];
        const bool fills_parent = parent >= 0 && kept[static_cast<std::size_t>(parent)].size == group.size;
        if (group.size < 2 || fills_parent) {
            if (fills_parent) kept[static_cast<std::size_t>(parent)].title += "/" + group.title;
            instead[g] = parent;
            continue;
        }
        group.parent = parent;
        instead[g] = static_cast<std::int32_t>(kept.size());
        kept.push_back(std::move(group));
    }
    grouping.groups = std::move(kept);
    for (std::int32_t& group : grouping.group_of_node)
        if (group >= 0) group = instead[static_cast<std::size_t>(group)];
}

/// Groups with equal multisets of what their boxes look like, each with its neighbours inside the group, are alike.
void countAlike(const GraphSummary& graph, Grouping& grouping)
{
    std::vector<std::uint64_t> sums(grouping.groups.size(), 0);
    const std::vector<std::uint64_t> looks = looksInGroups(graph, grouping.group_of_node, 3);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n)
        for (std::int32_t g = grouping.group_of_node[n]; g >= 0; g = grouping.groups[static_cast<std::size_t>(g)].parent)
            sums[static_cast<std::size_t>(g)] += looks[n];
    std::unordered_map<std::uint64_t, std::int32_t> counts;
    for (std::size_t g = 0; g < sums.size(); ++g) ++counts[sums[g] + static_cast<std::uint64_t>(grouping.groups[g].size)];
    for (std::size_t g = 0; g < sums.size(); ++g) grouping.groups[g].alike = counts[sums[g] + static_cast<std::uint64_t>(grouping.groups[g].size)];
}

/// Of every box, the outermost group that is closed, or -1.
std::vector<std::int32_t> closedGroups(const Grouping& grouping, const std::set<std::string>& open)
{
    std::vector<std::int32_t> outermost(grouping.groups.size(), -1);
    for (std::size_t g = 0; g < grouping.groups.size(); ++g) {
        const NodeGroup& group = grouping.groups[g];
        if (group.parent >= 0) outermost[g] = outermost[static_cast<std::size_t>(group.parent)];
        if (outermost[g] < 0 && !open.contains(group.id)) outermost[g] = static_cast<std::int32_t>(g);
    }
    std::vector<std::int32_t> of_node;
    for (const std::int32_t group : grouping.group_of_node) of_node.push_back(group < 0 ? -1 : outermost[static_cast<std::size_t>(group)]);
    return of_node;
}

void absorb(GraphNode& box, const GraphNode& hidden)
{
    constexpr std::size_t kListed = 20;
    box.other_ids.push_back(hidden.id);
    box.other_ids.insert(box.other_ids.end(), hidden.other_ids.begin(), hidden.other_ids.end());
    if (box.folded.size() < kListed) box.folded.push_back(hidden.title);
    if (box.unsupported.empty() && !hidden.unsupported.empty()) box.unsupported = fmt::format("'{}' inside cannot be built. {}", hidden.title, hidden.unsupported);
    if (box.warnings.size() < kListed) box.warnings.insert(box.warnings.end(), hidden.warnings.begin(), hidden.warnings.end());
    box.is_edited = box.is_edited || hidden.is_edited;
    box.is_locked = box.is_locked || hidden.is_locked;
}

} // namespace

Grouping groupNodes(const GraphSummary& graph)
{
    const char separator = separatorOf(graph);
    Grouping grouping = separator != 0 ? ScopeTree(graph, separator).build() : Grouping{{}, std::vector<std::int32_t>(graph.nodes.size(), -1)};
    dissolveTrivial(grouping);
    addStructuralGroups(graph, grouping);
    insertParts(grouping);
    countSizes(grouping);
    countAlike(graph, grouping);
    return grouping;
}

std::set<std::string> initiallyOpen(const Grouping& grouping)
{
    constexpr std::int32_t kSmall = 12;
    std::vector<std::int32_t> content(grouping.groups.size(), 0); // boxes and groups directly inside
    std::int32_t visible = 0;
    for (const std::int32_t group : grouping.group_of_node) ++(group < 0 ? visible : content[static_cast<std::size_t>(group)]);
    for (const NodeGroup& group : grouping.groups) ++(group.parent < 0 ? visible : content[static_cast<std::size_t>(group.parent)]);
    std::set<std::string> open;
    // Outer groups first: what hides most is opened as long as the picture has room for what it holds.
    for (std::size_t g = 0; g < grouping.groups.size(); ++g) {
        const NodeGroup& group = grouping.groups[g];
        const bool is_reachable = group.parent < 0 || open.contains(grouping.groups[static_cast<std::size_t>(group.parent)].id);
        const bool holds_groups = content[g] < group.size;
        if (!is_reachable || (!holds_groups && group.size > kSmall) || visible + content[g] - 1 > kVisibleBoxes) continue;
        visible += content[g] - 1;
        open.insert(group.id);
    }
    return open;
}

GraphSummary withClosedGroups(const GraphSummary& graph, const Grouping& grouping, const std::set<std::string>& open)
{
    const std::vector<std::int32_t> closed = closedGroups(grouping, open);
    GraphSummary shown;
    std::vector<std::int32_t> box_of_node;
    std::unordered_map<std::int32_t, std::int32_t> box_of_group;
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const auto next = static_cast<std::int32_t>(shown.nodes.size());
        if (closed[n] < 0) {
            shown.nodes.push_back(graph.nodes[n]);
            box_of_node.push_back(next);
            continue;
        }
        const auto [entry, is_new] = box_of_group.try_emplace(closed[n], next);
        if (is_new) {
            const NodeGroup& group = grouping.groups[static_cast<std::size_t>(closed[n])];
            GraphNode box;
            box.id = group.id;
            box.title = group.title;
            box.subtitle = group.alike > 1 ? fmt::format("{} boxes, 1 of {} alike", group.size, group.alike) : fmt::format("{} boxes", group.size);
            box.op_class = OperatorClass::Unknown;
            shown.nodes.push_back(std::move(box));
        }
        absorb(shown.nodes[static_cast<std::size_t>(entry->second)], graph.nodes[n]);
        box_of_node.push_back(entry->second);
    }
    std::set<std::tuple<std::int32_t, std::int32_t, std::int32_t>> known;
    for (const GraphEdge& edge : graph.edges) {
        GraphEdge drawn = edge;
        drawn.from = box_of_node[static_cast<std::size_t>(edge.from)];
        drawn.to = box_of_node[static_cast<std::size_t>(edge.to)];
        if (drawn.from != drawn.to && known.insert({drawn.from, drawn.to, drawn.tensor}).second) shown.edges.push_back(std::move(drawn));
    }
    return shown;
}

GraphSummary overviewOf(const GraphSummary& graph)
{
    if (graph.nodes.size() <= static_cast<std::size_t>(kVisibleBoxes)) return graph;
    const Grouping grouping = groupNodes(graph);
    return withClosedGroups(graph, grouping, initiallyOpen(grouping));
}

} // namespace bitwright
