// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_camera.h"

#include <algorithm>
#include <cmath>

namespace bitwright {
namespace {

constexpr double kMarginPixels = 24;

/// Smallest shift that brings [low, high] into [from, to]; where it does not fit, its start.
double shiftInto(double low, double high, double from, double to)
{
    if (low >= from && high <= to) return 0;
    if (high - low > to - from || low < from) return low - from;
    return high - to;
}

} // namespace

void GraphCamera::setOrigin(QPointF origin)
{
    // Whole pixels, so that a moved picture is the same picture, moved.
    m_origin = QPointF(std::round(origin.x() * m_zoom) / m_zoom, std::round(origin.y() * m_zoom) / m_zoom);
}

void GraphCamera::zoomAt(QPointF pixel, double zoom)
{
    const QPointF fixed = toDrawing(pixel);
    m_zoom = std::clamp(zoom, kMinimumZoom, kMaximumZoom);
    setOrigin(fixed - pixel / m_zoom);
}

double GraphCamera::fittingZoom(const QRectF& box, double maximum_zoom) const
{
    const double width = std::max(1.0, m_viewport.width() - kMarginPixels);
    const double height = std::max(1.0, m_viewport.height() - kMarginPixels);
    const double zoom = std::min(width / std::max(1.0, box.width()), height / std::max(1.0, box.height()));
    return std::clamp(std::min(zoom, maximum_zoom), kMinimumZoom, kMaximumZoom);
}

void GraphCamera::fit(const QRectF& box, double maximum_zoom)
{
    m_zoom = fittingZoom(box, maximum_zoom);
    centreOn(box.center());
}

void GraphCamera::reveal(const QRectF& box)
{
    const double margin = kMarginPixels / m_zoom;
    const QRectF wanted = box.adjusted(-margin, -margin, margin, margin);
    const QRectF seen = visible();
    setOrigin(m_origin + QPointF(shiftInto(wanted.left(), wanted.right(), seen.left(), seen.right()),
                                 shiftInto(wanted.top(), wanted.bottom(), seen.top(), seen.bottom())));
}

} // namespace bitwright
