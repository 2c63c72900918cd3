// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/graph_drawing.h"

#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "layout/edge_lines.h"
#include "layout/glyphs.h"
#include "layout/node_box.h"

namespace bitwright {
namespace {

/// Small networks are drawn with every line in full; in large ones long lines would only be in the way.
constexpr std::size_t kSmallNetwork = 200;
constexpr int kSmallNetworkTunnelSpan = 80;
constexpr int kTunnelSpan = 12;
constexpr double kMargin = 24;

std::size_t at(std::int32_t index)
{
    return static_cast<std::size_t>(index);
}

/// The graph that is laid out: nodes, then chips, and lines between them.
struct Plan {
    struct Chip {
        const GraphChip* chip;
        std::int32_t after; ///< node whose tensor it stands on
    };
    std::vector<NodeBox> boxes;
    std::vector<Chip> chips;
    std::vector<LayoutNode> nodes;
    std::vector<LayoutEdge> edges;
    std::vector<const std::string*> labels; ///< per edge, null for none
};

void addEdge(Plan& plan, LayoutEdge edge, const std::string* label)
{
    plan.edges.push_back(edge);
    plan.labels.push_back(label);
}

/// Chips of one tensor become a chain that all its consumers hang on.
void planEdges(const GraphSummary& graph, Plan& plan)
{
    std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> chain_ends;
    std::set<std::pair<std::int32_t, std::int32_t>> labelled;
    const auto node_count = static_cast<std::int32_t>(graph.nodes.size());
    for (const GraphEdge& edge : graph.edges) {
        if (edge.from < 0 || edge.to < 0 || edge.from >= node_count || edge.to >= node_count) continue;
        const std::pair key{edge.from, edge.tensor};
        const std::string* label = labelled.insert(key).second && !edge.label.empty() ? &edge.label : nullptr;
        if (edge.chips.empty()) {
            addEdge(plan, {edge.from, edge.to, edge.tensor}, label);
            continue;
        }
        auto [end, is_new] = chain_ends.try_emplace(key, edge.from);
        if (is_new) {
            std::int32_t tensor = edge.tensor;
            for (const GraphChip& chip : edge.chips) {
                const auto index = static_cast<std::int32_t>(plan.nodes.size());
                plan.chips.push_back({&chip, edge.from});
                plan.nodes.push_back({chipWidth(chip), kChipHeight});
                addEdge(plan, {end->second, index, tensor}, std::exchange(label, nullptr));
                end->second = index;
                tensor = 0;
            }
        }
        addEdge(plan, {end->second, edge.to, 0}, nullptr);
    }
}

Plan makePlan(const GraphSummary& graph)
{
    Plan plan;
    plan.boxes.reserve(graph.nodes.size());
    for (const GraphNode& node : graph.nodes) {
        plan.boxes.push_back(measureNode(node));
        plan.nodes.push_back({plan.boxes.back().width, plan.boxes.back().height});
    }
    planEdges(graph, plan);
    return plan;
}

/// Whole units, so that lines are crisp at 100 %.
LayoutPoint onPixel(LayoutPoint p)
{
    return {std::round(p.x + kMargin), std::round(p.y + kMargin)};
}

/// Elements in the order edges, chips, nodes; so a node of the plan is found from its index.
class Assembly {
public:
    Assembly(const GraphSummary& graph, const Plan& plan, const LayoutResult& layout, LayoutDirection direction)
        : m_graph(graph), m_plan(plan), m_layout(layout), m_direction(direction)
    {
        m_drawing.width = layout.width + 2 * kMargin;
        m_drawing.height = layout.height + 2 * kMargin;
        m_drawing.elements.reserve(plan.edges.size() + plan.nodes.size());
    }

    Drawing take()
    {
        addEdges();
        addChips();
        addNodes();
        return std::move(m_drawing);
    }

private:
    std::int32_t elementOf(std::int32_t plan_node) const
    {
        const auto node_count = static_cast<std::int32_t>(m_graph.nodes.size());
        const auto edge_count = static_cast<std::int32_t>(m_plan.edges.size());
        const auto chip_count = static_cast<std::int32_t>(m_plan.chips.size());
        return plan_node < node_count ? edge_count + chip_count + plan_node : edge_count + plan_node - node_count;
    }
    const std::string& titleOf(std::int32_t plan_node) const
    {
        const std::size_t v = at(plan_node);
        return v < m_graph.nodes.size() ? m_graph.nodes[v].title : m_plan.chips[v - m_graph.nodes.size()].chip->text;
    }
    Box boxOf(std::int32_t plan_node) const
    {
        const LayoutPoint p = onPixel(m_layout.positions[at(plan_node)]);
        const LayoutNode& size = m_plan.nodes[at(plan_node)];
        return {p.x, p.y, size.width, size.height};
    }
    void addElement(DrawingElement element)
    {
        element.item_count = static_cast<std::uint32_t>(m_drawing.items.size()) - element.first_item;
        m_drawing.elements.push_back(std::move(element));
    }
    DrawingElement newElement(ElementKind kind) const
    {
        DrawingElement element;
        element.kind = kind;
        element.first_item = static_cast<std::uint32_t>(m_drawing.items.size());
        return element;
    }

    void addEdges();
    void addChips();
    void addNodes();

    const GraphSummary& m_graph;
    const Plan& m_plan;
    const LayoutResult& m_layout;
    LayoutDirection m_direction;
    Drawing m_drawing;
};

void Assembly::addEdges()
{
    for (std::size_t e = 0; e < m_plan.edges.size(); ++e) {
        const LayoutEdge& edge = m_plan.edges[e];
        LayoutRoute route = m_layout.routes[e];
        for (LayoutPoint& p : route.points)
            p = onPixel(p);
        DrawingElement element = newElement(ElementKind::Edge);
        element.from = elementOf(edge.from);
        element.to = elementOf(edge.to);
        element.route = route.kind;
        element.tone = ColourRole::Edge;
        element.name = titleOf(edge.from) + " → " + titleOf(edge.to);
        element.description = element.name;
        const bool ends_at_chip = at(edge.to) >= m_graph.nodes.size();
        element.bounds = drawEdge(route, {m_direction, !ends_at_chip, m_plan.labels[e]}, m_drawing);
        addElement(std::move(element));
    }
}

void Assembly::addChips()
{
    for (std::size_t c = 0; c < m_plan.chips.size(); ++c) {
        const GraphChip& chip = *m_plan.chips[c].chip;
        DrawingElement element = newElement(ElementKind::Chip);
        element.id = chip.id;
        element.name = chip.text;
        element.description = chip.text + (chip.id.empty() ? "" : ", " + chip.id);
        element.tooltip = chip.tooltip.empty() ? chip.text : chip.tooltip;
        element.bounds = boxOf(static_cast<std::int32_t>(m_graph.nodes.size() + c));
        element.tone = ColourRole::QuantiserStrong;
        drawEdgeChip(chip, element.bounds, m_drawing);
        addElement(std::move(element));
    }
}

void Assembly::addNodes()
{
    for (std::size_t v = 0; v < m_graph.nodes.size(); ++v) {
        const GraphNode& node = m_graph.nodes[v];
        DrawingElement element = newElement(ElementKind::Node);
        element.id = node.id;
        element.name = node.title;
        element.description = nodeDescription(node);
        element.tooltip = nodeTooltip(node);
        element.bounds = boxOf(static_cast<std::int32_t>(v));
        element.is_unsupported = !node.unsupported.empty();
        element.tone = element.is_unsupported ? ColourRole::UnsupportedBorder : look(node.op_class).strong;
        drawNode(node, m_plan.boxes[v], {element.bounds.x, element.bounds.y},
                 static_cast<std::int32_t>(m_drawing.elements.size()), m_drawing);
        addElement(std::move(element));
    }
}

} // namespace

Drawing drawGraph(const GraphSummary& graph, const GraphDrawingOptions& options)
{
    const Plan plan = makePlan(graph);
    LayoutOptions layout_options;
    layout_options.direction = options.direction;
    layout_options.tunnel_span = graph.nodes.size() <= kSmallNetwork ? kSmallNetworkTunnelSpan : kTunnelSpan;
    layout_options.rank_gap = options.direction == LayoutDirection::TopToBottom ? 28 : 48;
    layout_options.stop = options.stop;
    const LayoutResult layout = layOut(plan.nodes, plan.edges, layout_options);
    if (!layout.is_complete) {
        Drawing nothing;
        nothing.is_complete = false;
        return nothing;
    }
    return Assembly(graph, plan, layout, options.direction).take();
}

} // namespace bitwright
