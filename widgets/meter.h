// SPDX-License-Identifier: GPL-3.0-or-later
/// One figure of the budget strip: name, value, change, and a bar where there is a limit.
#pragma once

#include <optional>

#include <QWidget>

namespace bitwright {

class Theme;

/// What a meter says. Everything is text already; the meter only paints.
struct MeterReading {
    QString value;                ///< "12,345"; "–" when there is none
    QString detail;               ///< second, smaller figure: "41 %" or "of 2,000 samples"
    QString change;               ///< "▼ −3.1"; empty: none
    int judgement = 0;            ///< of the change: -1 worse, 1 better, 0 neither
    std::optional<double> share;  ///< of the limit, for the bar
    std::optional<double> low;    ///< 80 % interval, as shares
    std::optional<double> high;
    bool is_stale = false;
    QString tool_tip;
};

class Meter final : public QWidget {
    Q_OBJECT
public:
    Meter(const QString& name, const Theme* theme, QWidget* parent = nullptr);

    void setReading(const MeterReading& reading);
    const MeterReading& reading() const { return m_reading; }
    const QString& name() const { return m_name; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintTexts(QPainter& painter) const;
    void paintBar(QPainter& painter) const;

    QString m_name;
    const Theme* m_theme;
    MeterReading m_reading;
};

} // namespace bitwright
