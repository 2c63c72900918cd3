// SPDX-License-Identifier: GPL-3.0-or-later
/// Lines between boxes: smooth curves along routes, arrow heads, tunnels, labels.
#pragma once

#include <string>

#include "layout/drawing.h"

namespace bitwright {

struct EdgeStyle {
    LayoutDirection direction = LayoutDirection::TopToBottom;
    bool has_arrow = true;
    const std::string* label = nullptr; ///< beside the line where it leaves its source; may be null
};

/// Appends the items of an edge. @return what they cover
Box drawEdge(const LayoutRoute& route, const EdgeStyle& style, Drawing& drawing);

/// The curve of a route: cubics whose tangents follow the flow at every point, so pieces between ranks are S-shaped
/// and pieces along a rank are straight.
std::vector<LayoutPoint> curve(const std::vector<LayoutPoint>& route, LayoutDirection direction);

} // namespace bitwright
