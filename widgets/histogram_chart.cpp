// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogram_chart.h"

#include "widgets/stale_look.h"
#include "widgets/text.h"
#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace bitwright {

namespace {

constexpr int kTop = 34;
constexpr int kBottom = 22;
constexpr int kSide = 18;
constexpr int kLabelGap = 10;

} // namespace

HistogramChart::HistogramChart(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("histogramChart"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Histogram of the current layer"));
    setMinimumSize(240, 120);
    connect(theme, &Theme::changed, this, QOverload<>::of(&QWidget::update));
}

void HistogramChart::setRow(const std::optional<RangeRow>& row, const QString& reason, bool isStale)
{
    m_row = row;
    m_reason = reason;
    m_isStale = isStale;
    setAccessibleDescription(row ? summary() : reason);
    setToolTip(row && row->is_editable
                   ? tr("Drag a limit to change the format, or the middle to move the binary point; Shift: all selected layers.\n"
                        "Keys: Left and Right move the least bit, Shift+Left and Shift+Right the greatest, Ctrl the point.")
                   : QString());
    update();
}

ValueAxis HistogramChart::axis() const
{
    if (m_drag.isActive())
        return m_drag.axis();
    const QRectF plot = QRectF(rect()).adjusted(kSide, kTop, -kSide, -kBottom);
    return m_row ? axisFor({*m_row}, plot) : ValueAxis{plot};
}

QString HistogramChart::summary() const
{
    if (!m_row->format)
        return m_row->layer;
    const Losses losses = lossesOf(m_row->histogram, spanOf(*m_row->format));
    return tr("%1: %2, %3 above the range, %4 below half a step")
        .arg(m_row->layer, toQString(shortName(NumberFormat(*m_row->format))), percentText(losses.above),
             percentText(losses.below));
}

void HistogramChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->colour(ColourRole::Field));
    if (!m_row) {
        painter.setPen(m_theme->colour(ColourRole::TextMuted));
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, m_reason);
        return;
    }
    const ValueAxis axis = this->axis();
    paintBars(painter, axis);
    paintTicks(painter, axis);
    if (m_row->format)
        paintLimits(painter, axis);
    paintTitle(painter);
    if (m_isStale && !m_row->is_reference)
        paintStaleHatch(painter, axis.plot.toRect(), *m_theme);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme->colour(ColourRole::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void HistogramChart::paintBars(QPainter& painter, const ValueAxis& axis) const
{
    const auto& histogram = m_row->histogram;
    const std::int64_t most = histogram.empty() ? 0 : *std::max_element(histogram.begin(), histogram.end());
    if (most == 0)
        return;
    std::optional<FormatSpan> span;
    if (m_row->format)
        span = spanOf(*m_row->format);
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        const int power = kLowestBin + static_cast<int>(i);
        if (histogram[i] == 0 || power < axis.lowest || power >= axis.highest)
            continue;
        const double share = static_cast<double>(histogram[i]) / static_cast<double>(most);
        const double height = std::max(1.0, axis.plot.height() * share);
        const QRectF bar(axis.toPixel(power) + 0.5, axis.plot.bottom() - height, axis.powerWidth() - 1, height);
        ColourRole role = ColourRole::Series0;
        if (span && power >= span->highest)
            role = ColourRole::Bad;
        else if (span && power < span->lowest - 1)
            role = ColourRole::Caution;
        painter.fillRect(bar, m_theme->colour(role));
    }
}

void HistogramChart::paintTicks(QPainter& painter, const ValueAxis& axis) const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    painter.setPen(m_theme->colour(ColourRole::Border));
    painter.drawLine(axis.plot.bottomLeft(), axis.plot.bottomRight());
    const int step = axis.labelStep(painter.fontMetrics().horizontalAdvance(powerOfTwoText(-88)) + kLabelGap);
    for (int power = axis.lowest; power <= axis.highest; ++power) {
        const double x = axis.toPixel(power);
        const bool isLabelled = power % step == 0;
        painter.setPen(m_theme->colour(ColourRole::Border));
        painter.drawLine(QPointF(x, axis.plot.bottom()), QPointF(x, axis.plot.bottom() + (isLabelled ? 5 : 3)));
        if (!isLabelled)
            continue;
        painter.setPen(m_theme->colour(ColourRole::TextMuted));
        painter.drawText(QRectF(x - 30, axis.plot.bottom() + 4, 60, kBottom - 4), Qt::AlignHCenter | Qt::AlignTop,
                         powerOfTwoText(power));
    }
}

void HistogramChart::paintLimits(QPainter& painter, const ValueAxis& axis) const
{
    const FormatSpan span = spanOf(*m_row->format);
    const double low = axis.toPixel(span.lowest);
    const double high = axis.toPixel(span.highest);
    QColor area = m_theme->colour(ColourRole::Accent);
    area.setAlphaF(0.12F);
    painter.fillRect(QRectF(low, axis.plot.top(), high - low, axis.plot.height()), area);
    for (const auto& [x, part] : {std::pair{low, SpanPart::Low}, {high, SpanPart::High}}) {
        const bool isHot = m_row->is_editable && (m_hovered == part);
        painter.fillRect(QRectF(x - (isHot ? 2 : 1), axis.plot.top(), isHot ? 4 : 2, axis.plot.height()),
                         m_theme->colour(ColourRole::Accent));
        if (m_row->is_editable)
            painter.fillRect(QRectF(x - 4, axis.plot.center().y() - 10, 8, 20), m_theme->colour(ColourRole::Accent));
    }
}

void HistogramChart::paintTitle(QPainter& painter) const
{
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(m_theme->colour(ColourRole::Text));
    const QRect line(kSide, 6, width() - 2 * kSide, painter.fontMetrics().height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_row->layer);
    const int used = painter.fontMetrics().horizontalAdvance(m_row->layer) + 12;
    painter.setFont(font());
    QString text = tr("no fixed-point format");
    if (m_row->format) {
        const Losses losses = lossesOf(m_row->histogram, spanOf(*m_row->format));
        text = tr("%1    above range %2    below half a step %3")
                   .arg(toQString(shortName(NumberFormat(*m_row->format))), percentText(losses.above),
                        percentText(losses.below));
    }
    painter.setPen(m_theme->colour(ColourRole::TextMuted));
    const QRect rest = line.adjusted(used, 0, 0, 0);
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rest.width()));
}

void HistogramChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_row || !m_row->is_editable)
        return;
    const ValueAxis present = axis();
    const SpanPart part = SpanDrag::partAt(event->position().x(), present, *m_row->format);
    if (part != SpanPart::None)
        m_drag.begin(part, event->position().x(), present, *m_row->format);
}

void HistogramChart::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_row || !m_row->is_editable)
        return;
    if (m_drag.isActive()) {
        if (const auto format = m_drag.moveTo(event->position().x()))
            Q_EMIT formatDragged(m_row->layer, *format, m_drag.number(), event->modifiers() & Qt::ShiftModifier);
        return;
    }
    m_hovered = SpanDrag::partAt(event->position().x(), axis(), *m_row->format);
    const bool isEdge = m_hovered == SpanPart::Low || m_hovered == SpanPart::High;
    setCursor(isEdge ? Qt::SplitHCursor : m_hovered == SpanPart::Middle ? Qt::SizeAllCursor : Qt::ArrowCursor);
    update();
}

void HistogramChart::mouseReleaseEvent(QMouseEvent*)
{
    m_drag.end();
    update();
}

void HistogramChart::keyPressEvent(QKeyEvent* event)
{
    const std::optional<SpanKey> key = spanKeyOf(*event);
    if (!key || !m_row || !m_row->is_editable)
        return QWidget::keyPressEvent(event);
    if (!event->isAutoRepeat())
        --m_keyNumber; // negative: never the number of a mouse drag
    const FixedFormat format = SpanDrag::moved(*m_row->format, key->part, key->bits);
    if (!(format == *m_row->format))
        Q_EMIT formatDragged(m_row->layer, format, m_keyNumber, false);
}

void HistogramChart::leaveEvent(QEvent*)
{
    m_hovered = SpanPart::None;
    update();
}

} // namespace bitwright
