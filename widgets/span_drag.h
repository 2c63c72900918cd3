// SPDX-License-Identifier: GPL-3.0-or-later
/// Dragging the ends or the middle of a format's span on a value axis, bit by bit.
#pragma once

#include <optional>

#include "widgets/value_axis.h"

class QKeyEvent;

namespace bitwright {

enum class SpanPart { None, Low, High, Middle };

/// What an arrow key does to a span: Left and Right move the least bit, with Shift the greatest, with Ctrl the point.
struct SpanKey {
    SpanPart part;
    int bits;
};
std::optional<SpanKey> spanKeyOf(const QKeyEvent& event);

/// One drag from press to release. It knows no widget, so charts of any form share it.
class SpanDrag {
public:
    /// Which part of @p format's span lies under @p x; edges win within 6 pixels.
    static SpanPart partAt(double x, const ValueAxis& axis, const FixedFormat& format);

    void begin(SpanPart part, double x, const ValueAxis& axis, const FixedFormat& format);
    /// The format for the pointer at @p x, if it differs from the one before.
    std::optional<FixedFormat> moveTo(double x);
    void end() { m_part = SpanPart::None; }
    bool isActive() const { return m_part != SpanPart::None; }
    /// The axis of the moment of the press: it must not move under the pointer.
    const ValueAxis& axis() const { return m_axis; }
    /// Same for one drag, new for the next: the merge key of its undo step.
    int number() const { return m_number; }

    /// @p format after moving one part by whole bits: what the keyboard does.
    static FixedFormat moved(const FixedFormat& format, SpanPart part, int bits);

private:
    SpanPart m_part = SpanPart::None;
    double m_start = 0;
    ValueAxis m_axis;
    FixedFormat m_from;
    FixedFormat m_last;
    int m_number = 0;
};

} // namespace bitwright
