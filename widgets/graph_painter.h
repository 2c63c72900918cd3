// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints a network at the level of detail that its size on the screen deserves.
#pragma once

#include <cstdint>
#include <vector>

#include "widgets/graph_camera.h"
#include "widgets/graph_item_painter.h"
#include "widgets/graph_scene.h"

class QPainter;

namespace bitwright {

/// What is worth drawing; from coarse to fine.
enum class GraphDetail : std::uint8_t {
    Dots,  ///< filled rectangles and hair lines
    Names, ///< boxes with their names in a size that can be read
    Items  ///< everything the drawing holds
};

/// The level for @p zoom. Near a limit @p current stays, so that nothing flickers while zooming.
GraphDetail detailFor(double zoom, GraphDetail current);

/// Content that waits for being recomputed.
struct GraphStaleness {
    bool costs = false;
    bool statistics = false;
    bool operator==(const GraphStaleness&) const = default;
};

class GraphPainter {
public:
    void setLook(const Theme& theme, const QFont& base) { m_items.setLook(theme, base); }
    const QColor& colour(ColourRole role) const { return m_items.colour(role); }

    /// Paints what lies in @p pixels of the viewport; @p painter is in the viewport's coordinates.
    void paint(QPainter& painter, const GraphScene& scene, const GraphCamera& camera, const QRectF& pixels,
               GraphDetail detail, GraphStaleness stale);
    /// The line of an edge in full, a tunnel too, in @p colour.
    void paintEdge(QPainter& painter, const GraphScene& scene, const GraphCamera& camera, std::int32_t edge,
                   const QColor& colour) const;

private:
    void paintFarEdges(QPainter& painter, const GraphScene& scene, const GraphCamera& camera, GraphDetail detail);
    void paintDots(QPainter& painter, const GraphScene& scene, const GraphCamera& camera);
    void paintNames(QPainter& painter, const GraphScene& scene, const GraphCamera& camera);
    void paintItems(QPainter& painter, const GraphScene& scene, const GraphCamera& camera, GraphStaleness stale);
    void paintNearEdges(QPainter& painter, const GraphScene& scene, const QRectF& area);

    GraphItemPainter m_items;
    std::vector<std::int32_t> m_visible;
};

} // namespace bitwright
