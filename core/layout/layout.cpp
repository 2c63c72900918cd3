// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "layout/layered_graph.h"
#include "layout/routes.h"

namespace bitwright {
namespace {

std::size_t at(std::int32_t index)
{
    return static_cast<std::size_t>(index);
}

bool isUsable(const LayoutEdge& edge, std::int32_t node_count)
{
    return edge.from >= 0 && edge.to >= 0 && edge.from < node_count && edge.to < node_count && edge.from != edge.to;
}

/// Component number per node, numbered by their first node.
struct Components {
    std::vector<std::int32_t> of;
    std::int32_t count = 0;
};

Components findComponents(std::int32_t node_count, const std::vector<LayoutEdge>& edges)
{
    std::vector<std::int32_t> parent(at(node_count));
    std::iota(parent.begin(), parent.end(), 0);
    const auto find = [&parent](std::int32_t v) {
        while (parent[at(v)] != v) {
            parent[at(v)] = parent[at(parent[at(v)])];
            v = parent[at(v)];
        }
        return v;
    };
    for (const LayoutEdge& edge : edges) {
        if (!isUsable(edge, node_count)) continue;
        const std::int32_t a = find(edge.from);
        const std::int32_t b = find(edge.to);
        parent[at(std::max(a, b))] = std::min(a, b);
    }
    Components components;
    components.of.assign(at(node_count), -1);
    for (std::int32_t v = 0; v < node_count; ++v) {
        const std::int32_t root = find(v); // never after v, so it has its number
        components.of[at(v)] = root == v ? components.count++ : components.of[at(root)];
    }
    return components;
}

/// A component with its nodes and edges in the caller's numbering.
struct Part {
    std::vector<std::int32_t> nodes;
    LayeredGraph graph;
};

std::vector<Part> splitIntoParts(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                                 bool is_sideways)
{
    const auto node_count = static_cast<std::int32_t>(nodes.size());
    const Components components = findComponents(node_count, edges);
    std::vector<Part> parts(at(components.count));
    std::vector<std::int32_t> local(nodes.size());
    for (std::int32_t v = 0; v < node_count; ++v) {
        Part& part = parts[at(components.of[at(v)])];
        local[at(v)] = part.graph.node_count++;
        part.nodes.push_back(v);
        const LayoutNode& node = nodes[at(v)];
        part.graph.width.push_back(is_sideways ? node.height : node.width);
        part.graph.height.push_back(is_sideways ? node.width : node.height);
    }
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const LayoutEdge& edge = edges[e];
        if (!isUsable(edge, node_count)) continue;
        parts[at(components.of[at(edge.from)])].graph.edges.push_back(
            {local[at(edge.from)], local[at(edge.to)], edge.tensor, static_cast<std::int32_t>(e)});
    }
    return parts;
}

/// A part as a rectangle with everything inside it, still in the direction of flow.
struct PlacedPart {
    std::vector<LayoutPoint> positions;
    std::vector<LayoutRoute> routes;
    double width = 0;
    double height = 0;
};

PlacedPart finishPart(const LayeredGraph& graph, const LayoutOptions& options)
{
    const std::vector<RankBand> bands = rankBands(graph, options.rank_gap);
    PlacedPart placed;
    placed.routes = routeEdges(graph, bands);
    double low = 0;
    double high = 0;
    for (std::int32_t v = 0; v < graph.size(); ++v) {
        const double left = graph.x[at(v)] - graph.width[at(v)] / 2;
        low = v == 0 ? left : std::min(low, left);
        high = v == 0 ? left + graph.width[0] : std::max(high, left + graph.width[at(v)]);
    }
    placed.width = high - low;
    placed.height = bands.empty() ? 0 : bands.back().high;
    for (std::int32_t v = 0; v < graph.node_count; ++v)
        placed.positions.push_back({graph.x[at(v)] - graph.width[at(v)] / 2 - low,
                                    bands[at(graph.rank[at(v)])].middle() - graph.height[at(v)] / 2});
    for (LayoutRoute& route : placed.routes)
        for (LayoutPoint& point : route.points)
            point.x -= low;
    return placed;
}

bool placePart(LayeredGraph& graph, const LayoutOptions& options, PlacedPart& placed)
{
    breakCycles(graph);
    assignRanks(graph);
    insertDummies(graph, std::max(1, options.tunnel_span));
    if (!orderRanks(graph, options.stop)) return false;
    if (!assignCoordinates(graph, options.node_gap, options.stop)) return false;
    placed = finishPart(graph, options);
    return true;
}

/// Rows of parts, tallest first, towards the wanted aspect. @return the offset of each part
std::vector<LayoutPoint> packParts(const std::vector<PlacedPart>& parts, const LayoutOptions& options, double& width,
                                   double& height)
{
    const double gap = options.node_gap * 2;
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&parts](std::size_t a, std::size_t b) { return parts[a].height > parts[b].height; });
    double area = 0;
    double widest = 0;
    for (const PlacedPart& part : parts) {
        area += (part.width + gap) * (part.height + gap);
        widest = std::max(widest, part.width);
    }
    const double row_width = std::max(widest, std::sqrt(area * options.aspect));
    std::vector<LayoutPoint> offsets(parts.size());
    LayoutPoint next;
    double row_height = 0;
    width = height = 0;
    for (const std::size_t i : order) {
        if (next.x > 0 && next.x + parts[i].width > row_width) {
            next = {0, next.y + row_height + gap};
            row_height = 0;
        }
        offsets[i] = next;
        row_height = std::max(row_height, parts[i].height);
        width = std::max(width, next.x + parts[i].width);
        height = std::max(height, next.y + parts[i].height);
        next.x += parts[i].width + gap;
    }
    return offsets;
}

void transpose(LayoutResult& result)
{
    for (LayoutPoint& p : result.positions)
        std::swap(p.x, p.y);
    for (LayoutRoute& route : result.routes)
        for (LayoutPoint& p : route.points)
            std::swap(p.x, p.y);
    std::swap(result.width, result.height);
}

LayoutResult stopped()
{
    LayoutResult result;
    result.is_complete = false;
    return result;
}

} // namespace

LayoutResult layOut(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                    const LayoutOptions& options)
{
    const bool is_sideways = options.direction == LayoutDirection::LeftToRight;
    std::vector<Part> parts = splitIntoParts(nodes, edges, is_sideways);
    std::vector<PlacedPart> placed(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (options.stop.stop_requested() || !placePart(parts[i].graph, options, placed[i])) return stopped();

    LayoutOptions packing = options;
    if (is_sideways) packing.aspect = 1 / options.aspect;
    LayoutResult result;
    const std::vector<LayoutPoint> offsets = packParts(placed, packing, result.width, result.height);
    result.positions.resize(nodes.size());
    result.ranks.resize(nodes.size());
    result.routes.resize(edges.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const LayeredGraph& graph = parts[i].graph;
        for (std::size_t v = 0; v < parts[i].nodes.size(); ++v) {
            const LayoutPoint& p = placed[i].positions[v];
            result.positions[at(parts[i].nodes[v])] = {p.x + offsets[i].x, p.y + offsets[i].y};
            result.ranks[at(parts[i].nodes[v])] = graph.rank[v];
        }
        for (std::size_t e = 0; e < graph.edges.size(); ++e) {
            LayoutRoute& route = result.routes[at(graph.edges[e].original)];
            route = std::move(placed[i].routes[e]);
            for (LayoutPoint& p : route.points)
                p = {p.x + offsets[i].x, p.y + offsets[i].y};
        }
    }
    if (is_sideways) transpose(result);
    return result;
}

} // namespace bitwright
