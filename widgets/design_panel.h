// SPDX-License-Identifier: GPL-3.0-or-later
/// The panel of the whole design: io type, back end, part, clock, default formats and tunables.
#pragma once

#include <functional>

#include <QScrollArea>

#include "configuration/configuration.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;

namespace bitwright {

class Document;
class LayerEditor;
class SlotEditor;
class TunableEditor;

class DesignPanel final : public QScrollArea {
    Q_OBJECT
public:
    DesignPanel(Document* document, LayerEditor* editor, QWidget* parent = nullptr);

    QComboBox* ioType() const { return m_ioType; }
    QComboBox* part() const { return m_part; }
    QDoubleSpinBox* clock() const { return m_clock; }

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void refresh();
    void refreshDefaults();
    void commitPart();
    void change(const QString& what, const std::function<void(DesignSettings&)>& edit);

    Document* m_document;
    LayerEditor* m_editor;
    QComboBox* m_ioType = nullptr;
    QComboBox* m_backend = nullptr;
    QComboBox* m_part = nullptr;
    QLabel* m_partFacts = nullptr;
    QDoubleSpinBox* m_clock = nullptr;
    QLabel* m_frequency = nullptr;
    QDoubleSpinBox* m_uncertainty = nullptr;
    QLineEdit* m_project = nullptr;
    SlotEditor* m_default = nullptr;
    SlotEditor* m_maximum = nullptr;
    TunableEditor* m_reuse = nullptr;
    TunableEditor* m_strategy = nullptr;
    bool m_isShowing = false;
};

} // namespace bitwright
