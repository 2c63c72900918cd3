// SPDX-License-Identifier: GPL-3.0-or-later
/// The bits of a fixed-point format as a row of boxes, with a binary point that can be dragged (gui.md 3.6).
#pragma once

#include <QWidget>

#include "numerics/number_format.h"

class QPainter;

namespace bitwright {

/// Sign, integer and fraction bits from left to right. Dragging the point, or Left and Right, moves it: the width stays.
class BitBoxes final : public QWidget {
    Q_OBJECT
public:
    explicit BitBoxes(QWidget* parent = nullptr);

    void setFormat(const FixedFormat& format);
    const FixedFormat& format() const { return m_format; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// While dragging, once per moved bit; @p dragId is the same for one drag.
    void formatDragged(const FixedFormat& format, int dragId);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// Columns stand for powers of two, highest first; those outside the format are not stored.
    int highestPower() const;
    int columnCount() const;
    double boxWidth() const;
    double pointX() const;
    void paintBox(QPainter& painter, int power) const;
    void movePointTo(int integerBits);

    FixedFormat m_format;
    bool m_isDragging = false;
    int m_dragId = 0;
    double m_pressX = 0;
    double m_pressBoxWidth = 1;
    int m_pressIntegerBits = 0;
};

} // namespace bitwright
