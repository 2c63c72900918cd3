// SPDX-License-Identifier: GPL-3.0-or-later
/// Where the canvas looks: zoom and position, and how they follow wheel, drag and fit.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace bitwright {

constexpr double kMinimumZoom = 0.0005; ///< shows 10,000 layers in a row as a whole
constexpr double kMaximumZoom = 4.0;
/// Below this a picture that is fitted cannot be read.
constexpr double kReadableZoom = 0.7;

/// Maps between the drawing and a viewport in device-independent pixels.
class GraphCamera {
public:
    double zoom() const { return m_zoom; }
    QPointF origin() const { return m_origin; } ///< the drawing's point in the viewport's upper left corner
    QSizeF viewport() const { return m_viewport; }
    void setViewport(QSizeF size) { m_viewport = size; }

    QPointF toDrawing(QPointF pixel) const { return m_origin + pixel / m_zoom; }
    QPointF toPixels(QPointF point) const { return (point - m_origin) * m_zoom; }
    QRectF toPixels(const QRectF& box) const { return {toPixels(box.topLeft()), box.size() * m_zoom}; }
    QRectF visible() const { return {m_origin, m_viewport / m_zoom}; }

    /// Moves the picture by @p pixels.
    void pan(QPointF pixels) { setOrigin(m_origin - pixels / m_zoom); }
    /// Changes the zoom so that the point under @p pixel stays there.
    void zoomAt(QPointF pixel, double zoom);
    void centreOn(QPointF point) { setOrigin(point - QPointF(m_viewport.width(), m_viewport.height()) / 2 / m_zoom); }
    /// Shows all of @p box, centred, not larger than @p maximum_zoom.
    void fit(const QRectF& box, double maximum_zoom);
    /// The zoom that fit would choose.
    double fittingZoom(const QRectF& box, double maximum_zoom) const;
    /// Moves as little as needed to have @p box in view, with a margin.
    void reveal(const QRectF& box);
    void setOrigin(QPointF origin);

private:
    double m_zoom = 1;
    QPointF m_origin;
    QSizeF m_viewport{1, 1};
};

} // namespace bitwright
