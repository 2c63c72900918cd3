// SPDX-License-Identifier: GPL-3.0-or-later
/// One tunable of the selected layers: legal values only, steps to the neighbours, and where the value comes from.
#pragma once

#include <optional>

#include <QWidget>

#include "flows/flow.h"

class QComboBox;
class QLabel;
class QToolButton;

namespace bitwright {

struct TunableState {
    TunableInfo info;
    std::optional<TunableChoice> decided;
    std::optional<TunableChoice> effective;
    QString source;
    QString distribution; ///< not empty: the layers differ
    bool is_edited = false; ///< something else than the flow starts with
    bool is_locked = false;
};

/// Nothing: unset.
struct TunableDecision {
    std::optional<TunableChoice> choice;
};

class TunableEditor final : public QWidget {
    Q_OBJECT
public:
    explicit TunableEditor(const std::string& name, QWidget* parent = nullptr);

    void setState(const TunableState& state);
    const std::string& name() const { return m_name; }
    QComboBox* box() const { return m_box; }
    QString errorText() const;

Q_SIGNALS:
    void chosen(const TunableDecision& decision);
    void resetAsked();
    void typed(const QString& text); ///< relative to each layer: "*2", "+1"

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void commitText();
    void step(int direction);

    std::string m_name;
    TunableState m_state;
    QLabel* m_title = nullptr;
    QComboBox* m_box = nullptr;
    QToolButton* m_less = nullptr;
    QToolButton* m_more = nullptr;
    QToolButton* m_reset = nullptr;
    QLabel* m_source = nullptr;
    QLabel* m_error = nullptr;
};

} // namespace bitwright
