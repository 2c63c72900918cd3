// SPDX-License-Identifier: GPL-3.0-or-later
/// What lies over the painted network: selection, hover, search hits, rubber band, focus and hints.
#pragma once

#include <QRectF>
#include <QString>
#include <QStringList>

#include "widgets/graph_painter.h"

class QPainter;

namespace bitwright {

struct GraphOverlay {
    QStringList selected;
    QString current;
    QStringList hits;
    std::int32_t hovered = -1; ///< element
    QRectF rubber_band;        ///< null where there is none
    bool has_focus = false;
    bool is_drop_target = false;
};

/// @p painter is in the viewport's coordinates.
void paintOverlay(QPainter& painter, const GraphOverlay& overlay, const GraphScene& scene, const GraphCamera& camera,
                  const GraphPainter& look);
/// In place of a network.
void paintEmptyState(QPainter& painter, const QRectF& viewport, bool is_drop_target, const GraphPainter& look);
/// The frame that shows keyboard focus, and that of a drop.
void paintFrame(QPainter& painter, const QRectF& viewport, const GraphOverlay& overlay, const GraphPainter& look);

} // namespace bitwright
