// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/span_drag.h"

#include <cmath>

#include <QKeyEvent>

namespace bitwright {

std::optional<SpanKey> spanKeyOf(const QKeyEvent& event)
{
    if (event.key() != Qt::Key_Left && event.key() != Qt::Key_Right)
        return std::nullopt;
    const SpanPart part = event.modifiers() & Qt::ControlModifier ? SpanPart::Middle
                          : event.modifiers() & Qt::ShiftModifier ? SpanPart::High
                                                                  : SpanPart::Low;
    return SpanKey{part, event.key() == Qt::Key_Left ? -1 : 1};
}

namespace {

constexpr double kReach = 6;

} // namespace

SpanPart SpanDrag::partAt(double x, const ValueAxis& axis, const FixedFormat& format)
{
    const FormatSpan span = spanOf(format);
    const double low = axis.toPixel(span.lowest);
    const double high = axis.toPixel(span.highest);
    const double toLow = std::abs(x - low);
    const double toHigh = std::abs(x - high);
    if (toHigh <= kReach && toHigh <= toLow)
        return SpanPart::High;
    if (toLow <= kReach)
        return SpanPart::Low;
    return x > low && x < high ? SpanPart::Middle : SpanPart::None;
}

FixedFormat SpanDrag::moved(const FixedFormat& format, SpanPart part, int bits)
{
    FormatSpan span = spanOf(format);
    if (part != SpanPart::High)
        span.lowest += bits;
    if (part != SpanPart::Low)
        span.highest += bits;
    if (span.lowest >= span.highest) // one magnitude bit stays
        return format;
    return withSpan(format, span);
}

void SpanDrag::begin(SpanPart part, double x, const ValueAxis& axis, const FixedFormat& format)
{
    m_part = part;
    m_start = x;
    m_axis = axis;
    m_from = m_last = format;
    ++m_number;
}

std::optional<FixedFormat> SpanDrag::moveTo(double x)
{
    if (!isActive())
        return std::nullopt;
    const int bits = static_cast<int>(std::lround((x - m_start) / m_axis.powerWidth()));
    const FixedFormat format = moved(m_from, m_part, bits);
    if (format == m_last)
        return std::nullopt;
    m_last = format;
    return format;
}

} // namespace bitwright
