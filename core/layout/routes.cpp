// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/routes.h"

#include <algorithm>
#include <map>

namespace bitwright {
namespace {

constexpr double kPortSpacing = 14;
constexpr double kPortInset = 0.25; ///< share of a box's width on both sides that has no ports

std::size_t at(std::int32_t index)
{
    return static_cast<std::size_t>(index);
}

/// A port that wants to be at `desired`; edges with equal `group` leave through one port.
struct Port {
    std::int64_t group;
    double desired;
    std::int32_t edge;
};

class Ports {
public:
    explicit Ports(const LayeredGraph& graph)
        : m_graph(graph), source_x(graph.edges.size()), target_x(graph.edges.size())
    {
        place(true);
        place(false);
    }

private:
    const LayeredGraph& m_graph;
    void place(bool at_source);
    double desired(std::size_t edge, bool at_source) const;
    void spread(std::int32_t node, std::vector<Port>& ports, std::vector<double>& result) const;

public:
    std::vector<double> source_x; ///< per edge, at its forward source
    std::vector<double> target_x; ///< per edge, at its forward target
};

double Ports::desired(std::size_t e, bool at_source) const
{
    const ForwardEdge& edge = m_graph.edges[e];
    if (edge.dummy_count > 0)
        return m_graph.x[at(at_source ? edge.first_dummy : edge.first_dummy + edge.dummy_count - 1)];
    return at_source ? m_graph.x[at(edge.to)] : source_x[e];
}

/// Ports as near as possible to where their lines come from, in the same order, a minimum apart.
void Ports::spread(std::int32_t node, std::vector<Port>& ports, std::vector<double>& result) const
{
    std::stable_sort(ports.begin(), ports.end(), [](const Port& a, const Port& b) {
        return a.desired < b.desired || (a.desired == b.desired && a.group < b.group);
    });
    std::size_t slots = 0;
    for (std::size_t i = 0; i < ports.size(); ++i)
        slots += i == 0 || ports[i].group != ports[i - 1].group;
    const double half = m_graph.width[at(node)] * (0.5 - kPortInset);
    const double low = m_graph.x[at(node)] - half;
    const double high = m_graph.x[at(node)] + half;
    const double spacing = slots < 2 ? 0 : std::min(kPortSpacing, (high - low) / static_cast<double>(slots - 1));
    double next = low;
    std::size_t slot = 0;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (i > 0 && ports[i].group == ports[i - 1].group) {
            result[at(ports[i].edge)] = result[at(ports[i - 1].edge)];
            continue;
        }
        const double last = high - spacing * static_cast<double>(slots - 1 - slot);
        const double x = std::max(next, std::min(ports[i].desired, last));
        result[at(ports[i].edge)] = x;
        next = x + spacing;
        ++slot;
    }
}

void Ports::place(bool at_source)
{
    const std::size_t edge_count = m_graph.edges.size();
    std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
    pairs.reserve(edge_count);
    for (std::size_t e = 0; e < edge_count; ++e)
        pairs.emplace_back(at_source ? m_graph.edges[e].from : m_graph.edges[e].to, static_cast<std::int32_t>(e));
    const Adjacency edges_of(m_graph.node_count, pairs);
    std::vector<Port> ports;
    for (std::int32_t v = 0; v < m_graph.node_count; ++v) {
        ports.clear();
        bool is_one_tensor = true;
        for (const std::int32_t e : edges_of[v]) {
            const ForwardEdge& edge = m_graph.edges[at(e)];
            // Each line arrives through a port of its own; lines of one tensor leave through one.
            const std::int64_t own = (std::int64_t{1} << 40) + e;
            const std::int64_t group = at_source && !edge.is_reversed ? edge.tensor : own;
            is_one_tensor = is_one_tensor && at_source && (ports.empty() || group == ports.front().group);
            ports.push_back({group, desired(at(e), at_source), e});
        }
        std::vector<double>& result = at_source ? source_x : target_x;
        if (is_one_tensor) {
            for (const Port& port : ports)
                result[at(port.edge)] = m_graph.x[at(v)];
            continue;
        }
        if (at_source) { // one wish per tensor: the mean of its lines
            std::map<std::int64_t, std::pair<double, int>> wishes;
            for (const Port& port : ports) {
                wishes[port.group].first += port.desired;
                ++wishes[port.group].second;
            }
            for (Port& port : ports)
                port.desired = wishes[port.group].first / wishes[port.group].second;
        }
        spread(v, ports, result);
    }
}

/// Drops points on a straight vertical line between their neighbours.
void simplify(std::vector<LayoutPoint>& points)
{
    std::vector<LayoutPoint> kept;
    for (const LayoutPoint& p : points) {
        while (kept.size() >= 2 && kept[kept.size() - 2].x == kept.back().x && kept.back().x == p.x)
            kept.pop_back();
        if (kept.empty() || !(kept.back() == p)) kept.push_back(p);
    }
    points = std::move(kept);
}

} // namespace

std::vector<RankBand> rankBands(const LayeredGraph& graph, double rank_gap)
{
    std::vector<RankBand> bands(graph.ranks.size());
    double next = 0;
    for (std::size_t r = 0; r < bands.size(); ++r) {
        double height = 0;
        for (const std::int32_t v : graph.ranks[r])
            height = std::max(height, graph.height[at(v)]);
        bands[r] = {next, next + height};
        next = bands[r].high + rank_gap;
    }
    return bands;
}

std::vector<LayoutRoute> routeEdges(const LayeredGraph& graph, const std::vector<RankBand>& bands)
{
    const Ports ports(graph);
    std::vector<LayoutRoute> routes(graph.edges.size());
    for (std::size_t e = 0; e < routes.size(); ++e) {
        const ForwardEdge& edge = graph.edges[e];
        const RankBand& from_band = bands[at(graph.rank[at(edge.from)])];
        const RankBand& to_band = bands[at(graph.rank[at(edge.to)])];
        const double start = from_band.middle() + graph.height[at(edge.from)] / 2;
        const double end = to_band.middle() - graph.height[at(edge.to)] / 2;
        std::vector<LayoutPoint>& points = routes[e].points;
        points.push_back({ports.source_x[e], start});
        if (!edge.is_tunnel) {
            points.push_back({ports.source_x[e], from_band.high});
            for (std::int32_t i = 0; i < edge.dummy_count; ++i) {
                const std::int32_t dummy = edge.first_dummy + i;
                const RankBand& band = bands[at(graph.rank[at(dummy)])];
                points.push_back({graph.x[at(dummy)], band.low});
                points.push_back({graph.x[at(dummy)], band.high});
            }
            points.push_back({ports.target_x[e], to_band.low});
        }
        points.push_back({ports.target_x[e], end});
        simplify(points);
        if (edge.is_reversed) std::reverse(points.begin(), points.end());
        routes[e].kind = edge.is_tunnel     ? RouteKind::Tunnel
                         : edge.is_reversed ? RouteKind::Reversed
                                            : RouteKind::Direct;
    }
    return routes;
}

} // namespace bitwright
