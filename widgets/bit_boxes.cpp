// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bit_boxes.h"

#include "widgets/text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace bitwright {

namespace {

constexpr double kWidestBox = 17;
constexpr double kBoxHeight = 18;
constexpr double kMarker = 7;
constexpr int kMostColumns = 96;
constexpr int kMostIntegerBits = 512;

} // namespace

BitBoxes::BitBoxes(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeHorCursor);
    setAccessibleName(tr("Bits of the format"));
    setToolTip(tr("Drag the point, or press Left and Right, to trade integer bits for fraction bits."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BitBoxes::setFormat(const FixedFormat& format)
{
    m_format = format;
    setAccessibleDescription(toQString(shortName(NumberFormat(format))));
    update();
}

QSize BitBoxes::sizeHint() const
{
    return {static_cast<int>(16 * kWidestBox), static_cast<int>(kBoxHeight + kMarker) + 4};
}

QSize BitBoxes::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

int BitBoxes::highestPower() const
{
    return std::max(m_format.integer_bits, 0) - 1;
}

int BitBoxes::columnCount() const
{
    const int lowest = std::min(m_format.integer_bits - m_format.width_bits, 0);
    return std::min(highestPower() - lowest + 1, kMostColumns);
}

double BitBoxes::boxWidth() const
{
    return std::min(kWidestBox, (width() - 2.0) / std::max(columnCount(), 1));
}

double BitBoxes::pointX() const
{
    return 1 + boxWidth() * (highestPower() + 1);
}

void BitBoxes::paintBox(QPainter& painter, int power) const
{
    const double side = boxWidth();
    const QRectF box(1 + side * (highestPower() - power), 1, side, kBoxHeight);
    const bool isStored = power < m_format.integer_bits
                          && power >= m_format.integer_bits - m_format.width_bits;
    const bool isSign = m_format.is_signed && power == m_format.integer_bits - 1;
    const QPalette colours = palette();
    if (!isStored) {
        painter.setPen(QPen(colours.color(QPalette::Mid), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        return;
    }
    const QPalette::ColorRole fill = isSign       ? QPalette::Highlight
                                     : power >= 0 ? QPalette::Midlight
                                                  : QPalette::Base;
    painter.setPen(QPen(colours.color(QPalette::Dark), 1));
    painter.setBrush(colours.color(fill));
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    if (side < 11)
        return;
    painter.setPen(colours.color(isSign ? QPalette::HighlightedText : QPalette::Text));
    painter.drawText(box, Qt::AlignCenter, isSign ? QStringLiteral("±") : QString::number(power));
}

void BitBoxes::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont small = font();
    small.setPixelSize(9);
    painter.setFont(small);
    const int lowest = highestPower() - columnCount() + 1;
    for (int power = highestPower(); power >= lowest; --power)
        paintBox(painter, power);

    const double x = pointX();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath marker;
    marker.moveTo(x, kBoxHeight + 1);
    marker.lineTo(x - kMarker * 0.7, kBoxHeight + 1 + kMarker);
    marker.lineTo(x + kMarker * 0.7, kBoxHeight + 1 + kMarker);
    marker.closeSubpath();
    painter.fillPath(marker, palette().color(hasFocus() ? QPalette::Highlight : QPalette::Text));
    painter.fillRect(QRectF(x - 1, 1, 2, kBoxHeight), palette().color(QPalette::Text));
}

void BitBoxes::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isDragging = true;
    ++m_dragId;
    m_pressX = event->position().x();
    m_pressBoxWidth = boxWidth();
    m_pressIntegerBits = m_format.integer_bits;
}

void BitBoxes::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_isDragging)
        return;
    const double moved = (event->position().x() - m_pressX) / m_pressBoxWidth;
    movePointTo(m_pressIntegerBits + static_cast<int>(std::lround(moved)));
}

void BitBoxes::mouseReleaseEvent(QMouseEvent*)
{
    m_isDragging = false;
}

void BitBoxes::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0)
        return QWidget::keyPressEvent(event);
    if (!event->isAutoRepeat())
        ++m_dragId;
    movePointTo(m_format.integer_bits + step);
}

void BitBoxes::movePointTo(int integerBits)
{
    integerBits = std::clamp(integerBits, -kMostIntegerBits, kMostIntegerBits);
    if (integerBits == m_format.integer_bits)
        return;
    m_format.integer_bits = integerBits;
    if (m_format.family == FixedFamily::Integer && m_format.integer_bits != m_format.width_bits)
        m_format.family = FixedFamily::Fixed;
    update();
    Q_EMIT formatDragged(m_format, m_dragId);
}

} // namespace bitwright
