// SPDX-License-Identifier: GPL-3.0-or-later
/// Layered graph layout (Sugiyama's method, see README.md here): pure, deterministic, iterative, cancellable.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

namespace bitwright {

struct LayoutPoint {
    double x = 0;
    double y = 0;
    bool operator==(const LayoutPoint&) const = default;
};

/// A box to place; the caller measured it.
struct LayoutNode {
    double width = 0;
    double height = 0;
};

/// Edges with the same `from` and `tensor` carry one tensor and share one trunk.
struct LayoutEdge {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int32_t tensor = 0; ///< which output of `from`; any number
};

enum class LayoutDirection { TopToBottom, LeftToRight };

struct LayoutOptions {
    LayoutDirection direction = LayoutDirection::TopToBottom;
    double node_gap = 24;
    double rank_gap = 36;
    /// An edge that spans more ranks is not routed through the graph: it becomes a tunnel, two stubs.
    int tunnel_span = 12;
    double aspect = 1.6; ///< width : height that separate components are packed towards
    std::stop_token stop;
};

enum class RouteKind : std::uint8_t {
    Direct,
    Tunnel,  ///< `points` are the two ports, of which only stubs should be drawn; the first may be the lower one
    Reversed ///< points against the flow of the drawing because the edge closes a cycle
};

/// Where an edge runs: from the port of its source, past the points where it crosses ranks, to the port of its target.
struct LayoutRoute {
    std::vector<LayoutPoint> points;
    RouteKind kind = RouteKind::Direct;
    bool operator==(const LayoutRoute&) const = default;
};

struct LayoutResult {
    std::vector<LayoutPoint> positions; ///< top left corner per node
    std::vector<LayoutRoute> routes;    ///< per edge; no points for a self-loop
    std::vector<std::int32_t> ranks;    ///< per node, counted from its component's first rank
    double width = 0;
    double height = 0;
    bool is_complete = true; ///< false when stopped; then nothing else is set
};

/// Places a graph. Boxes never overlap and every edge that is not `Reversed` runs forward.
///
/// @pre edges name existing nodes; edges that do not are ignored (they get no points)
/// @cost about 3 µs per node; see tests/layout for the budgets
LayoutResult layOut(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                    const LayoutOptions& options = {});

} // namespace bitwright
