// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_item_painter.h"

#include <algorithm>

#include <QFontInfo>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QScreen>

#include "widgets/theme.h"

namespace bitwright {
namespace {

constexpr int kMaximumCachedTexts = 6000;
constexpr double kTolerance = 2; ///< pixels that a text may be wider than planned
constexpr double kStaleOpacity = 0.45;

QPointF point(LayoutPoint p)
{
    return {p.x, p.y};
}

} // namespace

void GraphItemPainter::setLook(const Theme& theme, const QFont& base)
{
    for (std::size_t i = 0; i < m_colours.size(); ++i)
        m_colours[i] = theme.colour(static_cast<ColourRole>(i));
    m_base = base;
    const QScreen* screen = QGuiApplication::primaryScreen();
    m_pointsPerPixel = 72.0 / (screen != nullptr ? screen->logicalDotsPerInchY() : 96.0);
    m_texts.clear();
    m_unsupportedStripes = stripes(ColourRole::UnsupportedHatch);
}

QBrush GraphItemPainter::stripes(ColourRole role) const
{
    constexpr int kTile = 12;
    QImage tile(kTile, kTile, QImage::Format_ARGB32_Premultiplied);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(role), 3, Qt::SolidLine, Qt::FlatCap));
    for (const int shift : {-kTile, 0, kTile})
        painter.drawLine(shift - 2, kTile + 2, shift + kTile + 2, -2);
    return QBrush(tile);
}

QFont GraphItemPainter::font(double size, bool is_bold) const
{
    QFont f = m_base;
    f.setPointSizeF(size * m_pointsPerPixel);
    f.setBold(is_bold);
    return f;
}

void GraphItemPainter::paint(QPainter& painter, const DrawingItem& item, bool is_stale)
{
    if (is_stale) painter.setOpacity(kStaleOpacity);
    if (const auto* box = std::get_if<DrawnBox>(&item.shape))
        paintBox(painter, *box, is_stale);
    else if (const auto* path = std::get_if<DrawnPath>(&item.shape))
        paintPath(painter, *path);
    else
        paintText(painter, std::get<DrawnText>(item.shape));
    if (is_stale) painter.setOpacity(1);
}

void GraphItemPainter::paintBox(QPainter& painter, const DrawnBox& shape, bool is_stale) const
{
    QRectF box(shape.box.x, shape.box.y, shape.box.width, shape.box.height);
    const bool is_rounded = m_isRounded && shape.radius > 0;
    if (!is_rounded && shape.outline == kNoColour && shape.hatch == kNoColour && !is_stale) {
        painter.fillRect(box, colour(shape.fill));
        return;
    }
    if (shape.outline != kNoColour) {
        const double inset = shape.line_width / 2; // the line lies inside the box and is crisp at 100 %
        box.adjust(inset, inset, -inset, -inset);
        QPen pen(colour(shape.outline), shape.line_width);
        if (shape.is_dashed) pen.setDashPattern({4, 3});
        painter.setPen(pen);
    } else {
        painter.setPen(Qt::NoPen);
    }
    const auto draw = [&](const QBrush& brush) {
        painter.setBrush(brush);
        if (is_rounded)
            painter.drawRoundedRect(box, shape.radius, shape.radius);
        else
            painter.drawRect(box);
    };
    draw(shape.fill == kNoColour ? QBrush(Qt::NoBrush) : QBrush(colour(shape.fill)));
    if (shape.hatch != kNoColour) draw(m_unsupportedStripes);
    if (is_stale) draw(QBrush(colour(ColourRole::StaleHatch), Qt::BDiagPattern));
}

void GraphItemPainter::paintPath(QPainter& painter, const DrawnPath& shape) const
{
    if (shape.points.empty()) return;
    QPainterPath path(point(shape.points.front()));
    if (shape.is_cubic)
        for (std::size_t i = 1; i + 2 < shape.points.size(); i += 3)
            path.cubicTo(point(shape.points[i]), point(shape.points[i + 1]), point(shape.points[i + 2]));
    else
        for (std::size_t i = 1; i < shape.points.size(); ++i)
            path.lineTo(point(shape.points[i]));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(Qt::NoPen);
    if (shape.fill != kNoColour) {
        path.closeSubpath();
        painter.setBrush(colour(shape.fill));
    }
    if (shape.stroke != kNoColour) {
        QPen pen(colour(shape.stroke), shape.line_width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (shape.is_dashed) pen.setDashPattern({4, 3});
        painter.setPen(pen);
    }
    painter.drawPath(path);
}

const GraphItemPainter::CachedText& GraphItemPainter::layOutText(const DrawnText& text)
{
    const QString content = QString::fromUtf8(text.text.data(), static_cast<qsizetype>(text.text.size()));
    const QString key = content + QLatin1Char('\n') + QString::number(text.size) +
                        QLatin1Char(text.is_bold ? 'b' : 'n') + QString::number(text.maximum_width);
    const auto found = m_texts.constFind(key);
    if (found != m_texts.constEnd()) return *found;
    if (m_texts.size() >= kMaximumCachedTexts) m_texts.clear();
    const QFont used = font(text.size, text.is_bold);
    const QFontMetricsF metrics(used);
    QString shown = content;
    if (text.maximum_width > 0 && metrics.horizontalAdvance(shown) > text.maximum_width + kTolerance)
        shown = metrics.elidedText(
            shown, text.elision == TextElision::End ? Qt::ElideRight : Qt::ElideMiddle, text.maximum_width + 1);
    CachedText cached{QStaticText(shown), metrics.horizontalAdvance(shown), metrics.ascent()};
    cached.text.setTextFormat(Qt::PlainText);
    cached.text.setPerformanceHint(QStaticText::AggressiveCaching);
    cached.text.prepare(QTransform(), used);
    return *m_texts.insert(key, cached);
}

void GraphItemPainter::paintText(QPainter& painter, const DrawnText& text)
{
    const CachedText& cached = layOutText(text);
    QPointF corner = point(text.position);
    corner.ry() -= cached.ascent;
    if (text.align == TextAlign::Centre) corner.rx() -= cached.width / 2;
    if (text.align == TextAlign::Right) corner.rx() -= cached.width;
    painter.setFont(font(text.size, text.is_bold));
    painter.setPen(colour(text.colour));
    painter.drawStaticText(corner, cached.text);
}

} // namespace bitwright
