// SPDX-License-Identifier: GPL-3.0-or-later
/// A network ready to be shown: its summary, its drawing and the index into it. Built off the GUI thread.
#pragma once

#include <memory>
#include <utility>

#include <QRectF>

#include "layout/graph_drawing.h"
#include "widgets/graph_index.h"

namespace bitwright {

inline QRectF qtRectangle(const Box& box)
{
    return {box.x, box.y, box.width, box.height};
}

/// Immutable and shared; neither copied nor moved, because the index refers to the drawing.
class GraphScene {
public:
    GraphScene(std::shared_ptr<const GraphSummary> shown, Drawing drawn, LayoutDirection flow)
        : summary(std::move(shown)), drawing(std::move(drawn)), direction(flow), index(drawing)
    {
    }
    GraphScene(const GraphScene&) = delete;
    GraphScene& operator=(const GraphScene&) = delete;

    const DrawingElement& element(std::int32_t i) const { return drawing.elements[static_cast<std::size_t>(i)]; }

    const std::shared_ptr<const GraphSummary> summary;
    const Drawing drawing;
    const LayoutDirection direction;
    const GraphIndex index;
};

} // namespace bitwright
