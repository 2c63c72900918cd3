// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_painter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QLineF>
#include <QPainter>
#include <QPainterPath>
#include <QPen>
#include <QVector>

namespace bitwright {
namespace {

constexpr double kNamesZoom = 0.25;
constexpr double kItemsZoom = 0.5;
constexpr double kHysteresis = 0.1;
constexpr std::size_t kMostRounded = 400; ///< elements in view
constexpr std::size_t kMostNames = 700;
constexpr double kNameSize = 9.5;
constexpr double kNarrowestName = 30;

QPointF point(LayoutPoint p)
{
    return {p.x, p.y};
}

/// The line of a direct edge, or null for tunnels and self-loops.
const DrawnPath* lineOf(const GraphScene& scene, const DrawingElement& edge)
{
    if (edge.route == RouteKind::Tunnel || edge.item_count == 0) return nullptr;
    return std::get_if<DrawnPath>(&scene.drawing.items[edge.first_item].shape);
}

/// Calls @p straight or @p curved for each cubic that meets @p area.
template <class Straight, class Curved>
void forEachPiece(const DrawnPath& line, const QRectF& area, Straight straight, Curved curved)
{
    for (std::size_t i = 0; i + 3 < line.points.size(); i += 3) {
        const QPointF a = point(line.points[i]);
        const QPointF b = point(line.points[i + 3]);
        if (std::max(a.x(), b.x()) < area.left() || std::min(a.x(), b.x()) > area.right() ||
            std::max(a.y(), b.y()) < area.top() || std::min(a.y(), b.y()) > area.bottom())
            continue;
        if (a.x() == b.x() || a.y() == b.y())
            straight(QLineF(a, b));
        else
            curved(a, point(line.points[i + 1]), point(line.points[i + 2]), b);
    }
}

} // namespace

GraphDetail detailFor(double zoom, GraphDetail current)
{
    const auto limit = [current](double zoom_limit, GraphDetail finer) {
        return zoom_limit * (current >= finer ? 1 - kHysteresis : 1);
    };
    if (zoom >= limit(kItemsZoom, GraphDetail::Items)) return GraphDetail::Items;
    if (zoom >= limit(kNamesZoom, GraphDetail::Names)) return GraphDetail::Names;
    return GraphDetail::Dots;
}

void GraphPainter::paint(QPainter& painter, const GraphScene& scene, const GraphCamera& camera, const QRectF& pixels,
                         GraphDetail detail, GraphStaleness stale)
{
    constexpr double kBleed = 16; // labels and outlines reach beyond the bounds
    const QPointF corner = camera.toDrawing(pixels.topLeft() - QPointF(kBleed, kBleed));
    const QSizeF size = (pixels.size() + QSizeF(2 * kBleed, 2 * kBleed)) / camera.zoom();
    scene.index.query({corner.x(), corner.y(), size.width(), size.height()}, m_visible);
    switch (detail) {
    case GraphDetail::Dots:
        paintFarEdges(painter, scene, camera, detail);
        paintDots(painter, scene, camera);
        break;
    case GraphDetail::Names:
        paintFarEdges(painter, scene, camera, detail);
        paintNames(painter, scene, camera);
        break;
    case GraphDetail::Items: paintItems(painter, scene, camera, stale); break;
    }
}

void GraphPainter::paintFarEdges(QPainter& painter, const GraphScene& scene, const GraphCamera& camera,
                                 GraphDetail detail)
{
    QVector<QLineF> lines;
    const QRectF seen = camera.visible();
    for (const std::int32_t e : m_visible) {
        if (e >= scene.index.firstNonEdge()) break;
        const DrawnPath* line = lineOf(scene, scene.element(e));
        if (line == nullptr) continue;
        const auto add = [&](QPointF a, QPointF b) { lines.append({camera.toPixels(a), camera.toPixels(b)}); };
        forEachPiece(
            *line, seen, [&](const QLineF& piece) { add(piece.p1(), piece.p2()); },
            [&](QPointF a, QPointF, QPointF, QPointF b) { add(a, b); });
    }
    painter.setRenderHint(QPainter::Antialiasing, detail != GraphDetail::Dots);
    painter.setPen(QPen(colour(ColourRole::EdgeMuted), 1));
    painter.drawLines(lines);
}

void GraphPainter::paintDots(QPainter& painter, const GraphScene& scene, const GraphCamera& camera)
{
    std::array<QVector<QRect>, static_cast<std::size_t>(ColourRole::Count)> boxes;
    for (const std::int32_t e : m_visible) {
        if (e < scene.index.firstNonEdge()) continue;
        const DrawingElement& element = scene.element(e);
        const QRectF box = camera.toPixels(qtRectangle(element.bounds));
        const QPoint corner(static_cast<int>(std::floor(box.x())), static_cast<int>(std::floor(box.y())));
        boxes[static_cast<std::size_t>(element.tone)].append(
            QRect(corner, QSize(std::max(1, static_cast<int>(std::lround(box.width()))),
                                std::max(1, static_cast<int>(std::lround(box.height()))))));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (std::size_t role = 0; role < boxes.size(); ++role) {
        if (boxes[role].isEmpty()) continue;
        painter.setBrush(colour(static_cast<ColourRole>(role)));
        painter.drawRects(boxes[role]);
    }
}

void GraphPainter::paintNames(QPainter& painter, const GraphScene& scene, const GraphCamera& camera)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    QVector<QRectF> outlines;
    QVector<QRectF> unsupported;
    for (const std::int32_t e : m_visible) {
        if (e < scene.index.firstNonEdge()) continue;
        const DrawingElement& element = scene.element(e);
        const QRect box = camera.toPixels(qtRectangle(element.bounds)).toAlignedRect();
        if (element.kind == ElementKind::Chip) {
            painter.fillRect(box, colour(element.tone));
            continue;
        }
        painter.fillRect(box, colour(element.is_unsupported ? ColourRole::UnsupportedFill : ColourRole::NodeFill));
        painter.fillRect(QRect(box.x(), box.y(), box.width(), std::max(3, box.height() / 7)), colour(element.tone));
        (element.is_unsupported ? unsupported : outlines).append(QRectF(box).adjusted(0, 0, -1, -1));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(colour(ColourRole::NodeBorder));
    painter.drawRects(outlines);
    painter.setPen(colour(ColourRole::UnsupportedBorder));
    painter.drawRects(unsupported);
    if (m_visible.size() > kMostNames) return;
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (const std::int32_t e : m_visible) {
        if (e < scene.index.firstNonEdge()) continue;
        const DrawingElement& element = scene.element(e);
        const QRectF box = camera.toPixels(qtRectangle(element.bounds));
        if (element.kind != ElementKind::Node || box.width() < kNarrowestName) continue;
        DrawnText text;
        text.position = {std::round(box.center().x()), std::round(box.center().y() + kNameSize * 0.36 + box.height() / 14)};
        text.size = kNameSize;
        text.align = TextAlign::Centre;
        text.colour = element.is_unsupported ? ColourRole::UnsupportedText : ColourRole::NodeText;
        text.maximum_width = std::floor(box.width() - 6);
        text.text = element.name;
        m_items.paintText(painter, text);
    }
}

void GraphPainter::paintNearEdges(QPainter& painter, const GraphScene& scene, const QRectF& area)
{
    QVector<QLineF> lines;
    QPainterPath curves;
    for (const std::int32_t e : m_visible) {
        if (e >= scene.index.firstNonEdge()) break;
        const DrawnPath* line = lineOf(scene, scene.element(e));
        if (line == nullptr || line->is_dashed) continue;
        forEachPiece(
            *line, area, [&](const QLineF& piece) { lines.append(piece); },
            [&](QPointF a, QPointF c1, QPointF c2, QPointF b) {
                curves.moveTo(a);
                curves.cubicTo(c1, c2, b);
            });
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour(ColourRole::Edge), 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawLines(lines);
    painter.drawPath(curves);
}

void GraphPainter::paintItems(QPainter& painter, const GraphScene& scene, const GraphCamera& camera,
                              GraphStaleness stale)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.scale(camera.zoom(), camera.zoom());
    painter.translate(-camera.origin());
    m_items.setRounded(m_visible.size() <= kMostRounded);
    paintNearEdges(painter, scene, camera.visible());
    const auto is_stale = [stale](Freshness freshness) {
        return (stale.costs && freshness == Freshness::Cost) || (stale.statistics && freshness == Freshness::Statistics);
    };
    for (const std::int32_t e : m_visible) {
        const DrawingElement& element = scene.element(e);
        const DrawnPath* line = element.kind == ElementKind::Edge ? lineOf(scene, element) : nullptr;
        const std::uint32_t first = line != nullptr && !line->is_dashed ? 1 : 0; // drawn above, all at once
        for (std::uint32_t i = first; i < element.item_count; ++i) {
            const DrawingItem& item = scene.drawing.items[element.first_item + i];
            m_items.paint(painter, item, is_stale(item.freshness));
        }
    }
    painter.restore();
}

void GraphPainter::paintEdge(QPainter& painter, const GraphScene& scene, const GraphCamera& camera, std::int32_t edge,
                             const QColor& line_colour) const
{
    const DrawingElement& element = scene.element(edge);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(line_colour, 2.5, Qt::SolidLine, Qt::RoundCap));
    const auto pixels = [&](QPointF p) { return camera.toPixels(p); };
    const DrawnPath* line = lineOf(scene, element);
    if (line == nullptr) {
        const Box& a = scene.element(element.from).bounds;
        const Box& b = scene.element(element.to).bounds;
        painter.drawLine(pixels({a.x + a.width / 2, a.y + a.height / 2}), pixels({b.x + b.width / 2, b.y + b.height / 2}));
        return;
    }
    forEachPiece(
        *line, camera.visible(), [&](const QLineF& piece) { painter.drawLine(pixels(piece.p1()), pixels(piece.p2())); },
        [&](QPointF a, QPointF c1, QPointF c2, QPointF b) {
            QPainterPath path(pixels(a));
            path.cubicTo(pixels(c1), pixels(c2), pixels(b));
            painter.drawPath(path);
        });
}

} // namespace bitwright
