// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/meter.h"

#include "widgets/stale_look.h"
#include "widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace bitwright {

namespace {

constexpr double kSoftLimit = 0.7;
constexpr int kPadding = 10;
constexpr int kBarHeight = 4;

QFont scaled(QFont font, double factor, bool isBold = false)
{
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(isBold);
    return font;
}

} // namespace

Meter::Meter(const QString& name, const Theme* theme, QWidget* parent)
    : QWidget(parent), m_name(name), m_theme(theme)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, QOverload<>::of(&QWidget::update));
    m_reading.value = QStringLiteral("–");
}

void Meter::setReading(const MeterReading& reading)
{
    const bool isWider = reading.value.size() + reading.detail.size() + reading.change.size()
                         > m_reading.value.size() + m_reading.detail.size() + m_reading.change.size();
    m_reading = reading;
    setToolTip(reading.tool_tip);
    setAccessibleDescription(reading.value + QLatin1Char(' ') + reading.detail + QLatin1Char(' ') + reading.change);
    if (isWider)
        updateGeometry();
    update();
}

QSize Meter::sizeHint() const
{
    const QFontMetrics large(scaled(font(), 1.25, true));
    const QFontMetrics small(scaled(font(), 0.85));
    const int first = small.horizontalAdvance(m_name) + small.horizontalAdvance(m_reading.change) + 8;
    const int second = large.horizontalAdvance(m_reading.value) + small.horizontalAdvance(m_reading.detail) + 8;
    return {std::max({first, second, 64}) + 2 * kPadding, small.height() + large.height() + kBarHeight + 12};
}

QSize Meter::minimumSizeHint() const
{
    return sizeHint();
}

void Meter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintTexts(painter);
    if (m_reading.share)
        paintBar(painter);
    if (m_reading.is_stale)
        paintStaleHatch(painter, rect().adjusted(2, 2, -2, -2), *m_theme);
    painter.fillRect(QRect(width() - 1, 6, 1, height() - 12), m_theme->colour(ColourRole::Border));
}

void Meter::paintTexts(QPainter& painter) const
{
    const QFont small = scaled(font(), 0.85);
    const QFont large = scaled(font(), 1.25, true);
    const int smallHeight = QFontMetrics(small).height();
    const QRect first(kPadding, 4, width() - 2 * kPadding, smallHeight);
    const QRect second(kPadding, first.bottom() + 1, first.width(), QFontMetrics(large).height());
    painter.setFont(small);
    painter.setPen(m_theme->colour(ColourRole::TextMuted));
    painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, m_name);
    const int baseline = second.top() + QFontMetrics(large).ascent();
    if (!m_reading.change.isEmpty()) {
        const ColourRole judged = m_reading.judgement > 0   ? ColourRole::Good
                                  : m_reading.judgement < 0 ? ColourRole::Bad
                                                            : ColourRole::TextMuted;
        painter.setPen(m_reading.is_stale ? valueColour(*m_theme, true) : m_theme->colour(judged));
        painter.drawText(first, Qt::AlignRight | Qt::AlignVCenter, m_reading.change);
    }
    painter.setPen(m_theme->colour(ColourRole::TextMuted));
    if (!m_reading.detail.isEmpty())
        painter.drawText(QPointF(second.right() - QFontMetrics(small).horizontalAdvance(m_reading.detail), baseline),
                         m_reading.detail);
    painter.setFont(large);
    const bool isOver = m_reading.share && *m_reading.share > 1;
    painter.setPen(isOver && !m_reading.is_stale ? m_theme->colour(ColourRole::Bad)
                                                 : valueColour(*m_theme, m_reading.is_stale));
    painter.drawText(QPointF(second.left(), baseline), m_reading.value);
}

void Meter::paintBar(QPainter& painter) const
{
    const QRectF track(kPadding, height() - kBarHeight - 3, width() - 2 * kPadding, kBarHeight);
    painter.fillRect(track, m_theme->colour(ColourRole::Border));
    const double share = *m_reading.share;
    const ColourRole judged = share > 1            ? ColourRole::Bad
                              : share > kSoftLimit ? ColourRole::Caution
                                                   : ColourRole::Accent;
    const auto at = [&track](double part) { return track.left() + track.width() * std::clamp(part, 0.0, 1.0); };
    painter.fillRect(QRectF(track.left(), track.top(), at(share) - track.left(), track.height()),
                     m_theme->colour(judged));
    if (m_reading.low && m_reading.high) {
        painter.setPen(QPen(m_theme->colour(ColourRole::TextMuted), 1));
        const double middle = track.center().y();
        painter.drawLine(QPointF(at(*m_reading.low), middle), QPointF(at(*m_reading.high), middle));
    }
}

} // namespace bitwright
