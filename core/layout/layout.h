// SPDX-License-Identifier: GPL-3.0-or-later
/// Layered graph layout: pure, deterministic, iterative, cancellable.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

namespace bitwright {

struct LayoutPoint {
    double x = 0;
    double y = 0;
};

/// A box to place; the caller measured it.
struct LayoutNode {
    double width = 0;
    double height = 0;
};

struct LayoutEdge {
    std::int32_t from = 0;
    std::int32_t to = 0;
};

enum class LayoutDirection { TopToBottom, LeftToRight };

struct LayoutOptions {
    LayoutDirection direction = LayoutDirection::TopToBottom;
    double node_gap = 24;
    double rank_gap = 48;
    std::stop_token stop;
};

struct LayoutResult {
    std::vector<LayoutPoint> positions;           ///< top left corner per node
    std::vector<std::vector<LayoutPoint>> routes; ///< polyline per edge, from source port to target port
    double width = 0;
    double height = 0;
    bool is_complete = true; ///< false when stopped
};

/// Places an acyclic graph (cycles are broken deterministically). Nothing overlaps.
LayoutResult layOut(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                    const LayoutOptions& options = {});

} // namespace bitwright
