// SPDX-License-Identifier: GPL-3.0-or-later
/// The ranges of all layers on one log2 axis, each against what its format can say (gui.md 3.3 and 3.19).
#pragma once

#include <vector>

#include <QAbstractScrollArea>

#include "widgets/range_rows.h"
#include "widgets/span_drag.h"

namespace bitwright {

class SelectionHub;
class Theme;

class RangeChart final : public QAbstractScrollArea {
    Q_OBJECT
public:
    RangeChart(SelectionHub* selection, const Theme* theme, QWidget* parent = nullptr);

    /// No rows: @p reason is shown instead.
    void setRows(std::vector<RangeRow> rows, const QString& reason, bool isStale);
    const std::vector<RangeRow>& rows() const { return m_rows; }
    ValueAxis axis() const;
    /// Of row @p index, in viewport coordinates.
    QRectF rowRect(int index) const;

Q_SIGNALS:
    void formatDragged(const QString& layer, const FixedFormat& format, int dragNumber, bool isForAll);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int rowAt(double y) const;
    int currentRow() const; ///< of the selection's current layer; -1 where it has none
    void stepRow(int direction);
    int nameWidth() const;
    void updateScrollBar();
    void paintRow(QPainter& painter, const RangeRow& row, const QRectF& area, const ValueAxis& axis) const;
    void paintTail(QPainter& painter, const RangeRow& row, const QRectF& area, const ValueAxis& axis) const;
    void paintAxis(QPainter& painter, const ValueAxis& axis) const;

    SelectionHub* m_selection;
    const Theme* m_theme;
    std::vector<RangeRow> m_rows;
    QString m_reason;
    bool m_isStale = false;
    SpanDrag m_drag;
    QString m_dragged;
    int m_keyNumber = 0;
};

} // namespace bitwright
