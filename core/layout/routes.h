// SPDX-License-Identifier: GPL-3.0-or-later
/// Ports and polylines of a placed component; used by layout.cpp alone.
#pragma once

#include <cstdint>
#include <vector>

#include "layout/layered_graph.h"

namespace bitwright {

/// Extent of each rank along the flow.
struct RankBand {
    double low = 0;
    double high = 0;
    double middle() const { return (low + high) / 2; }
};

std::vector<RankBand> rankBands(const LayeredGraph& graph, double rank_gap);

/// One route per edge of @p graph, in its order, from the edge's own source to its own target. Lines bend only in the
/// gaps between ranks, so they never run over a box.
std::vector<LayoutRoute> routeEdges(const LayeredGraph& graph, const std::vector<RankBand>& bands);

} // namespace bitwright
