// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/range_chart.h"

#include "widgets/selection_hub.h"
#include "widgets/stale_look.h"
#include "widgets/text.h"
#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace bitwright {

namespace {

constexpr int kRowHeight = 24;
constexpr int kAxisHeight = 22;
constexpr int kLossWidth = 150;
constexpr int kLongestName = 180;
constexpr int kLabelGap = 12;

} // namespace

RangeChart::RangeChart(SelectionHub* selection, const Theme* theme, QWidget* parent)
    : QAbstractScrollArea(parent), m_selection(selection), m_theme(theme)
{
    setObjectName(QStringLiteral("rangeChart"));
    setAccessibleName(tr("Ranges of all layers"));
    setAccessibleDescription(tr("Up and Down choose a layer, Left and Right move its least bit, with Shift the greatest, "
                                "with Ctrl the binary point."));
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(theme, &Theme::changed, viewport(), QOverload<>::of(&QWidget::update));
    connect(selection, &SelectionHub::selectionChanged, viewport(), QOverload<>::of(&QWidget::update));
}

void RangeChart::setRows(std::vector<RangeRow> rows, const QString& reason, bool isStale)
{
    m_rows = std::move(rows);
    m_reason = reason;
    m_isStale = isStale;
    updateScrollBar();
    viewport()->update();
}

int RangeChart::nameWidth() const
{
    int widest = 60;
    for (const RangeRow& row : m_rows)
        widest = std::max(widest, fontMetrics().horizontalAdvance(row.layer) + 16);
    return std::min(widest, kLongestName);
}

ValueAxis RangeChart::axis() const
{
    if (m_drag.isActive())
        return m_drag.axis();
    const QRectF plot(nameWidth(), kAxisHeight, std::max(40, viewport()->width() - nameWidth() - kLossWidth),
                      std::max(1, viewport()->height() - kAxisHeight));
    return axisFor(m_rows, plot);
}

QRectF RangeChart::rowRect(int index) const
{
    return {0, static_cast<double>(kAxisHeight + index * kRowHeight - verticalScrollBar()->value()),
            static_cast<double>(viewport()->width()), static_cast<double>(kRowHeight)};
}

int RangeChart::rowAt(double y) const
{
    if (y < kAxisHeight)
        return -1;
    const int index = static_cast<int>(y - kAxisHeight + verticalScrollBar()->value()) / kRowHeight;
    return index < static_cast<int>(m_rows.size()) ? index : -1;
}

void RangeChart::updateScrollBar()
{
    const int whole = kAxisHeight + kRowHeight * static_cast<int>(m_rows.size());
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(kRowHeight);
}

void RangeChart::resizeEvent(QResizeEvent*)
{
    updateScrollBar();
}

void RangeChart::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme->colour(ColourRole::Field));
    if (m_rows.empty()) {
        painter.setPen(m_theme->colour(ColourRole::TextMuted));
        painter.drawText(viewport()->rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, m_reason);
        return;
    }
    const ValueAxis axis = this->axis();
    painter.setClipRect(0, kAxisHeight, viewport()->width(), viewport()->height());
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
        const QRectF area = rowRect(i);
        if (area.bottom() >= kAxisHeight && area.top() <= viewport()->height())
            paintRow(painter, m_rows[static_cast<std::size_t>(i)], area, axis);
    }
    painter.setClipping(false);
    paintAxis(painter, axis);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme->colour(ColourRole::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void RangeChart::paintAxis(QPainter& painter, const ValueAxis& axis) const
{
    painter.fillRect(QRect(0, 0, viewport()->width(), kAxisHeight), m_theme->colour(ColourRole::Panel));
    painter.setPen(m_theme->colour(ColourRole::TextMuted));
    const int step = axis.labelStep(painter.fontMetrics().horizontalAdvance(powerOfTwoText(-88)) + kLabelGap);
    for (int power = axis.lowest; power <= axis.highest; ++power)
        if (power % step == 0)
            painter.drawText(QRectF(axis.toPixel(power) - 30, 0, 60, kAxisHeight), Qt::AlignCenter,
                             powerOfTwoText(power));
    painter.drawText(QRectF(8, 0, axis.plot.left(), kAxisHeight), Qt::AlignVCenter | Qt::AlignLeft, tr("Layer"));
    painter.drawText(QRectF(viewport()->width() - kLossWidth, 0, kLossWidth - 8, kAxisHeight),
                     Qt::AlignVCenter | Qt::AlignRight, tr("lost above / below"));
}

void RangeChart::paintRow(QPainter& painter, const RangeRow& row, const QRectF& area, const ValueAxis& axis) const
{
    const bool isSelected = m_selection->contains(row.layer);
    if (isSelected) {
        QColor tint = m_theme->colour(ColourRole::Accent);
        tint.setAlphaF(0.14F);
        painter.fillRect(area, tint);
    }
    painter.setPen(m_theme->colour(ColourRole::Text));
    const QRectF name(8, area.top(), axis.plot.left() - 12, area.height());
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(row.layer, Qt::ElideMiddle, static_cast<int>(name.width())));
    if (row.format) {
        const FormatSpan span = spanOf(*row.format);
        const QRectF box(axis.toPixel(span.lowest), area.top() + 3, axis.toPixel(span.highest) - axis.toPixel(span.lowest),
                         area.height() - 6);
        painter.fillRect(box, m_theme->colour(ColourRole::ChipFill));
        painter.setPen(QPen(m_theme->colour(row.is_editable ? ColourRole::Accent : ColourRole::Border), 1.5));
        painter.drawRect(box);
        const Losses losses = lossesOf(row.histogram, span);
        painter.setPen(m_theme->colour(losses.above > 0 ? ColourRole::Bad : ColourRole::TextMuted));
        painter.drawText(QRectF(viewport()->width() - kLossWidth, area.top(), kLossWidth - 8, area.height()),
                         Qt::AlignVCenter | Qt::AlignRight,
                         percentText(losses.above) + QStringLiteral(" / ") + percentText(losses.below));
    }
    paintTail(painter, row, area, axis);
    if (m_isStale && !row.is_reference)
        paintStaleHatch(painter, area.toRect(), *m_theme);
    painter.fillRect(QRectF(area.left(), area.bottom() - 0.5, area.width(), 0.5), m_theme->colour(ColourRole::Border));
}

void RangeChart::paintTail(QPainter& painter, const RangeRow& row, const QRectF& area, const ValueAxis& axis) const
{
    const std::int64_t most = row.histogram.empty() ? 0 : *std::max_element(row.histogram.begin(), row.histogram.end());
    if (most == 0)
        return;
    const QColor series = m_theme->colour(ColourRole::Series0);
    for (std::size_t i = 0; i < row.histogram.size(); ++i) {
        const int power = kLowestBin + static_cast<int>(i);
        if (row.histogram[i] == 0 || power < axis.lowest || power >= axis.highest)
            continue;
        // Density as height around the middle, so that thin tails stay visible.
        const double share = static_cast<double>(row.histogram[i]) / static_cast<double>(most);
        const double height = std::max(1.5, (area.height() - 10) * share);
        painter.fillRect(QRectF(axis.toPixel(power), area.center().y() - height / 2, axis.powerWidth(), height), series);
    }
}

void RangeChart::mousePressEvent(QMouseEvent* event)
{
    const int index = rowAt(event->position().y());
    if (event->button() != Qt::LeftButton || index < 0)
        return;
    const RangeRow& row = m_rows[static_cast<std::size_t>(index)];
    const double x = event->position().x();
    const ValueAxis present = axis();
    const SpanPart part = row.is_editable ? SpanDrag::partAt(x, present, *row.format) : SpanPart::None;
    if (event->modifiers() & Qt::ControlModifier)
        m_selection->toggle(row.layer);
    else if (!m_selection->contains(row.layer) || part == SpanPart::None)
        m_selection->selectOnly(row.layer);
    if (part == SpanPart::None)
        return;
    m_dragged = row.layer;
    m_drag.begin(part, x, present, *row.format);
}

void RangeChart::mouseMoveEvent(QMouseEvent* event)
{
    if (m_drag.isActive()) {
        if (const auto format = m_drag.moveTo(event->position().x()))
            Q_EMIT formatDragged(m_dragged, *format, m_drag.number(), event->modifiers() & Qt::ShiftModifier);
        return;
    }
    const int index = rowAt(event->position().y());
    SpanPart part = SpanPart::None;
    if (index >= 0 && m_rows[static_cast<std::size_t>(index)].is_editable)
        part = SpanDrag::partAt(event->position().x(), axis(), *m_rows[static_cast<std::size_t>(index)].format);
    const bool isEdge = part == SpanPart::Low || part == SpanPart::High;
    viewport()->setCursor(isEdge ? Qt::SplitHCursor : part == SpanPart::Middle ? Qt::SizeAllCursor : Qt::ArrowCursor);
}

int RangeChart::currentRow() const
{
    const auto isCurrent = [this](const RangeRow& row) { return row.layer == m_selection->current(); };
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), isCurrent);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void RangeChart::stepRow(int direction)
{
    if (m_rows.empty())
        return;
    const int last = static_cast<int>(m_rows.size()) - 1;
    const int row = currentRow() < 0 ? (direction > 0 ? 0 : last) : std::clamp(currentRow() + direction, 0, last);
    m_selection->selectOnly(m_rows[static_cast<std::size_t>(row)].layer);
    const QRectF place = rowRect(row);
    QScrollBar* bar = verticalScrollBar();
    if (place.top() < kAxisHeight)
        bar->setValue(bar->value() - static_cast<int>(kAxisHeight - place.top()));
    else if (place.bottom() > viewport()->height())
        bar->setValue(bar->value() + static_cast<int>(place.bottom() - viewport()->height()));
}

void RangeChart::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        return stepRow(event->key() == Qt::Key_Down ? 1 : -1);
    const std::optional<SpanKey> key = spanKeyOf(*event);
    const int index = currentRow();
    if (!key || index < 0 || !m_rows[static_cast<std::size_t>(index)].is_editable)
        return QAbstractScrollArea::keyPressEvent(event);
    if (!event->isAutoRepeat())
        --m_keyNumber; // negative: never the number of a mouse drag
    const RangeRow& row = m_rows[static_cast<std::size_t>(index)];
    const FixedFormat format = SpanDrag::moved(*row.format, key->part, key->bits);
    if (!(format == *row.format))
        Q_EMIT formatDragged(row.layer, format, m_keyNumber, false);
}

void RangeChart::focusInEvent(QFocusEvent*)
{
    viewport()->update();
}

void RangeChart::focusOutEvent(QFocusEvent*)
{
    viewport()->update();
}

void RangeChart::mouseReleaseEvent(QMouseEvent*)
{
    m_drag.end();
    viewport()->update();
}

} // namespace bitwright
