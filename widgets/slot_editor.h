// SPDX-License-Identifier: GPL-3.0-or-later
/// One slot of the selected layers: what is in effect, where it comes from, and the format editor behind it.
#pragma once

#include <optional>
#include <string>

#include <QWidget>

#include "widgets/format_input.h"

class QLabel;
class QToolButton;

namespace bitwright {

class FormatEdit;

/// What the slot is for the layers that are selected.
struct SlotState {
    QString title;
    std::optional<FormatChoice> decided;
    std::optional<NumberFormat> effective;
    QString source;       ///< "this layer", "model", ...
    QString distribution; ///< not empty: the layers differ; "fixed<16,6> × 3, auto × 2"
    bool is_edited = false; ///< something else than the flow starts with
    bool is_locked = false;
    bool is_stale = false; ///< `effective` is of an earlier configuration
};

class SlotEditor final : public QWidget {
    Q_OBJECT
public:
    explicit SlotEditor(const std::string& slot, QWidget* parent = nullptr);

    void setState(const SlotState& state);
    void setExpanded(bool isExpanded);
    bool isExpanded() const;
    const std::string& slot() const { return m_slot; }
    FormatEdit* edit() const { return m_edit; }

Q_SIGNALS:
    void committed(const FormatInput& input, const QString& mergeKey);
    void expanded();
    void resetAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; ///< elides the value to its room

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void showText();

    std::string m_slot;
    QToolButton* m_toggle = nullptr;
    QLabel* m_value = nullptr;
    QString m_text; ///< of the value, whole
    QLabel* m_source = nullptr;
    QToolButton* m_reset = nullptr;
    FormatEdit* m_edit = nullptr;
};

} // namespace bitwright
