// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_overlay.h"

#include <algorithm>

#include <QCoreApplication>
#include <QPainter>
#include <QPen>

#include "widgets/text.h"

namespace bitwright {
namespace {

constexpr double kRingWidth = 2.5;
constexpr double kHaloWidth = 5;

QRectF ringOf(const GraphPlace& place, const GraphCamera& camera, double distance)
{
    const QRectF box = camera.toPixels(qtRectangle(place.bounds));
    return box.adjusted(-distance, -distance, distance, distance);
}

void drawRing(QPainter& painter, const QRectF& ring, const GraphPlace& place, const GraphScene& scene,
              const GraphCamera& camera)
{
    const DrawingElement& element = scene.element(place.element);
    const bool is_pill = !place.is_part && element.kind == ElementKind::Chip;
    const double radius = is_pill ? ring.height() / 2 : std::min(9.0, 3 + 6 * camera.zoom());
    painter.drawRoundedRect(ring, radius, radius);
}

void paintRings(QPainter& painter, const QStringList& ids, const GraphScene& scene, const GraphCamera& camera,
                double distance)
{
    const QRectF seen(QPointF(0, 0), camera.viewport());
    for (const QString& id : ids) {
        const GraphPlace* place = scene.index.find(toUtf8(id));
        if (place == nullptr) continue;
        const QRectF ring = ringOf(*place, camera, distance);
        if (ring.intersects(seen)) drawRing(painter, ring, *place, scene, camera);
    }
}

void paintNeighbourLines(QPainter& painter, std::int32_t element, const GraphScene& scene, const GraphCamera& camera,
                         const GraphPainter& look)
{
    for (const std::int32_t e : scene.index.edgesInto(element))
        look.paintEdge(painter, scene, camera, e, look.colour(ColourRole::Upstream));
    for (const std::int32_t e : scene.index.edgesOutOf(element))
        look.paintEdge(painter, scene, camera, e, look.colour(ColourRole::Downstream));
}

QString tr(const char* text)
{
    return QCoreApplication::translate("GraphView", text);
}

} // namespace

void paintOverlay(QPainter& painter, const GraphOverlay& overlay, const GraphScene& scene, const GraphCamera& camera,
                  const GraphPainter& look)
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    const GraphPlace* current = scene.index.find(toUtf8(overlay.current));
    if (overlay.hovered >= 0)
        paintNeighbourLines(painter, overlay.hovered, scene, camera, look);
    else if (current != nullptr)
        paintNeighbourLines(painter, current->element, scene, camera, look);

    painter.setBrush(Qt::NoBrush);
    QPen hit(look.colour(ColourRole::SearchHit), 2, Qt::SolidLine);
    hit.setDashPattern({3, 2});
    painter.setPen(hit);
    paintRings(painter, overlay.hits, scene, camera, 6);

    QColor halo = look.colour(ColourRole::SelectionHalo);
    painter.setPen(QPen(halo, kHaloWidth));
    if (current != nullptr) paintRings(painter, {overlay.current}, scene, camera, 3);
    painter.setPen(QPen(look.colour(ColourRole::Selection), kRingWidth));
    paintRings(painter, overlay.selected, scene, camera, 1);

    if (overlay.hovered >= 0) {
        const GraphPlace place{overlay.hovered, scene.element(overlay.hovered).bounds, false};
        painter.setPen(QPen(look.colour(ColourRole::Hover), 1.2));
        drawRing(painter, ringOf(place, camera, 0), place, scene, camera);
    }
    if (!overlay.rubber_band.isNull()) {
        QColor fill = look.colour(ColourRole::Selection);
        painter.setPen(QPen(fill, 1));
        fill.setAlphaF(0.12F);
        painter.setBrush(fill);
        painter.drawRect(overlay.rubber_band);
    }
}

void paintFrame(QPainter& painter, const QRectF& viewport, const GraphOverlay& overlay, const GraphPainter& look)
{
    if (!overlay.has_focus && !overlay.is_drop_target) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    const double width = overlay.is_drop_target ? 4 : 2;
    painter.setPen(QPen(look.colour(overlay.is_drop_target ? ColourRole::Accent : ColourRole::Focus), width));
    painter.drawRect(viewport.adjusted(width / 2, width / 2, -width / 2, -width / 2));
}

void paintEmptyState(QPainter& painter, const QRectF& viewport, bool is_drop_target, const GraphPainter& look)
{
    painter.fillRect(viewport, look.colour(ColourRole::Canvas));
    painter.setRenderHint(QPainter::Antialiasing, true);
    QRectF area(0, 0, std::min(420.0, viewport.width() - 32), std::min(180.0, viewport.height() - 32));
    if (area.width() < 120 || area.height() < 60) return;
    area.moveCenter(viewport.center());
    QPen frame(look.colour(is_drop_target ? ColourRole::Accent : ColourRole::NodeBorder), 2, Qt::DashLine);
    painter.setPen(frame);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area, 12, 12);

    QFont headline = painter.font();
    headline.setPointSizeF(headline.pointSizeF() * 1.4);
    headline.setBold(true);
    const QFont plain = painter.font();
    painter.setFont(headline);
    painter.setPen(look.colour(ColourRole::NodeText));
    const QRectF upper(area.x() + 16, area.y(), area.width() - 32, area.height() * 0.55);
    painter.drawText(upper, Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap, tr("Drop an ONNX file here"));
    painter.setFont(plain);
    painter.setPen(look.colour(ColourRole::NodeTextMuted));
    const QRectF lower(area.x() + 16, upper.bottom() + 8, area.width() - 32, area.height() * 0.45 - 16);
    painter.drawText(lower, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     tr("or open one with Ctrl+O. The network appears here, layer by layer."));
}

} // namespace bitwright
