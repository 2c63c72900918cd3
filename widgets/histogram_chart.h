// SPDX-License-Identifier: GPL-3.0-or-later
/// The values of the current layer by power of two, with the limits of its format as handles (gui.md 3.3).
#pragma once

#include <optional>

#include <QWidget>

#include "widgets/range_rows.h"
#include "widgets/span_drag.h"

namespace bitwright {

class Theme;

class HistogramChart final : public QWidget {
    Q_OBJECT
public:
    explicit HistogramChart(const Theme* theme, QWidget* parent = nullptr);

    /// @p row nothing: @p reason is shown instead.
    void setRow(const std::optional<RangeRow>& row, const QString& reason, bool isStale);
    const std::optional<RangeRow>& row() const { return m_row; }
    ValueAxis axis() const;
    QSize sizeHint() const override { return {420, 200}; }

Q_SIGNALS:
    void formatDragged(const QString& layer, const FixedFormat& format, int dragNumber, bool isForAll);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void paintBars(QPainter& painter, const ValueAxis& axis) const;
    void paintLimits(QPainter& painter, const ValueAxis& axis) const;
    void paintTicks(QPainter& painter, const ValueAxis& axis) const;
    void paintTitle(QPainter& painter) const;
    QString summary() const;

    const Theme* m_theme;
    std::optional<RangeRow> m_row;
    QString m_reason;
    bool m_isStale = false;
    SpanDrag m_drag;
    SpanPart m_hovered = SpanPart::None;
    int m_keyNumber = 0;
};

} // namespace bitwright
