// SPDX-License-Identifier: GPL-3.0-or-later
/// State of the canvas, shared by the files that implement GraphView.
#pragma once

#include <cstdint>
#include <memory>

#include <QPointF>
#include <QTimer>

#include "widgets/graph_camera.h"
#include "widgets/graph_overlay.h"
#include "widgets/graph_picture.h"
#include "widgets/graph_scene.h"
#include "widgets/graph_scene_builder.h"

class QMouseEvent;

namespace bitwright {

class GraphMinimap;
class GraphView;
class SelectionHub;
class Theme;

enum class Gesture : std::uint8_t { None, Press, RubberBand, Pan };

class GraphViewPrivate {
public:
    GraphViewPrivate(GraphView* view, SelectionHub* selection, const Theme* theme);

    // What is shown
    void adopt(std::shared_ptr<const GraphScene> next);
    bool isSameNetwork(const GraphScene& next) const;
    void showWhole();
    void takeLook();
    QRectF bounds() const; ///< of the drawing
    bool hasNodes() const { return scene && !scene->drawing.elements.empty(); }

    // Where the view is
    void cameraMoved(bool by_user);
    void zoomTo(QPointF pixel, double zoom);
    void syncScrollBars();
    void placeMinimap();

    // What the user points at
    QString idAt(QPointF pixel) const;
    std::int32_t elementAt(QPointF pixel) const;
    void setHovered(std::int32_t element);
    void moveCurrent(int key, bool extend);
    void selectIn(const QRectF& band, Qt::KeyboardModifiers modifiers);
    void finishPress(const QMouseEvent& event);
    void cancelGesture();
    QString toolTipAt(QPointF pixel) const;

    GraphView* const view;
    SelectionHub* const hub;
    const Theme* const look;

    std::shared_ptr<const GraphSummary> requested;
    std::shared_ptr<const GraphScene> scene;
    LayoutDirection direction = LayoutDirection::TopToBottom;
    GraphStaleness stale;

    GraphCamera camera;
    bool isFitted = true; ///< until the user moves the view, resizing fits again
    bool isSyncing = false;
    GraphPicture picture;
    GraphOverlay overlay;
    QTimer settle; ///< paints exactly after a gesture
    bool isRough = false;

    Gesture gesture = Gesture::None;
    QPointF pressed;
    QPointF last;
    QPointF bandStart; ///< in the drawing's coordinates
    bool isSpaceDown = false;
    bool hasSpacePanned = false;
    bool wheelScrolls = false;

    GraphMinimap* minimap = nullptr;
    bool isMinimapWanted = true;
    GraphSceneBuilder builder; ///< last, so that nothing is delivered to what is gone
};

} // namespace bitwright
