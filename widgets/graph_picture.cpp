// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_picture.h"

#include <cmath>
#include <utility>
#include <vector>

#include <QPainter>

namespace bitwright {
namespace {

/// Elements that can be painted within half a frame at each level of detail (measured in tests/widgets).
constexpr std::size_t kQuickItems = 150;
constexpr std::size_t kQuickFar = 3000;

QSize pixelSize(const GraphCamera& camera, double device_ratio)
{
    return (camera.viewport() * device_ratio).toSize();
}

} // namespace

void GraphPicture::setLook(const Theme& theme, const QFont& base)
{
    m_painter.setLook(theme, base);
    m_isValid = false;
}

void GraphPicture::setScene(std::shared_ptr<const GraphScene> scene)
{
    m_scene = std::move(scene);
    m_isValid = false;
}

void GraphPicture::setStale(GraphStaleness stale)
{
    if (stale == m_stale) return;
    m_stale = stale;
    m_isValid = false;
}

bool GraphPicture::isQuick(const GraphCamera& camera) const
{
    if (!m_scene) return true;
    const QRectF area = camera.visible();
    std::vector<std::int32_t> visible;
    m_scene->index.query({area.x(), area.y(), area.width(), area.height()}, visible);
    const bool is_near = detailFor(camera.zoom(), m_detail) == GraphDetail::Items;
    return visible.size() <= (is_near ? kQuickItems : kQuickFar);
}

void GraphPicture::repaint(const GraphCamera& camera, const QRect& pixels)
{
    QPainter painter(&m_pixels);
    painter.setClipRect(pixels);
    painter.fillRect(pixels, m_painter.colour(ColourRole::Canvas));
    if (m_scene) m_painter.paint(painter, *m_scene, camera, pixels, m_detail, m_stale);
}

void GraphPicture::renew(const GraphCamera& camera, double device_ratio)
{
    const QSize size = pixelSize(camera, device_ratio);
    if (m_pixels.size() != size || m_pixels.devicePixelRatio() != device_ratio) {
        m_pixels = QPixmap(size);
        m_pixels.setDevicePixelRatio(device_ratio);
    }
    m_detail = detailFor(camera.zoom(), m_detail);
    repaint(camera, QRect(QPoint(0, 0), camera.viewport().toSize()));
    m_shown = camera;
    m_isValid = true;
}

/// Moves the pixels by whole device pixels and paints the strips that came into view.
bool GraphPicture::follow(const GraphCamera& camera)
{
    const QPointF shift = (m_shown.origin() - camera.origin()) * camera.zoom();
    const double ratio = m_pixels.devicePixelRatio();
    const QPoint device(static_cast<int>(std::lround(shift.x() * ratio)), static_cast<int>(std::lround(shift.y() * ratio)));
    const bool is_whole = std::abs(shift.x() * ratio - device.x()) < 0.01 && std::abs(shift.y() * ratio - device.y()) < 0.01;
    if (!is_whole) return false;
    m_shown = camera;
    if (device.isNull()) return true;
    QRegion exposed;
    m_pixels.scroll(device.x(), device.y(), m_pixels.rect(), &exposed);
    for (const QRect& strip : exposed) {
        const QRectF logical(QPointF(strip.topLeft()) / ratio, QSizeF(strip.size()) / ratio);
        repaint(camera, logical.toAlignedRect());
    }
    return true;
}

bool GraphPicture::draw(QPainter& target, const GraphCamera& camera, double device_ratio, bool is_rough)
{
    const bool fits = m_isValid && m_pixels.size() == pixelSize(camera, device_ratio) &&
                      m_pixels.devicePixelRatio() == device_ratio;
    if (fits && is_rough && m_shown.zoom() != camera.zoom()) {
        const QRectF place = camera.toPixels(m_shown.visible());
        target.fillRect(QRectF(QPointF(0, 0), camera.viewport()), m_painter.colour(ColourRole::Canvas));
        target.drawPixmap(place, m_pixels, QRectF(m_pixels.rect()));
        return false;
    }
    if (!fits || m_shown.zoom() != camera.zoom() || !follow(camera)) renew(camera, device_ratio);
    target.drawPixmap(0, 0, m_pixels);
    return true;
}

} // namespace bitwright
