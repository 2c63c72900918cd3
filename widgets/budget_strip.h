// SPDX-License-Identifier: GPL-3.0-or-later
/// The row of figures under the toolbar: cost against the part, and quality (gui.md 3.1).
#pragma once

#include <vector>

#include <QWidget>

namespace bitwright {

class Document;
class Meter;
class Theme;

class BudgetStrip final : public QWidget {
    Q_OBJECT
public:
    BudgetStrip(Document* document, const Theme* theme, QWidget* parent = nullptr);

    /// The meter of that key: lut ff dsp bram uram latency ii accuracy agreement sqnr.
    Meter* meter(const QString& key) const;

private:
    void refreshCost();
    void refreshQuality();

    Document* m_document;
    std::vector<std::pair<QString, Meter*>> m_meters;
};

} // namespace bitwright
