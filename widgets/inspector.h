// SPDX-License-Identifier: GPL-3.0-or-later
/// The panel of the selection: formats, tunables, cost, range, note; the model's summary where nothing is selected.
#pragma once

#include <memory>
#include <vector>

#include <QScrollArea>

#include "widgets/design_view.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace bitwright {

class CostTree;
class Document;
class LayerEditor;
class ModelSummary;
class SelectionHub;
class SlotEditor;
class Theme;
class TunableEditor;

class Inspector final : public QScrollArea {
    Q_OBJECT
public:
    Inspector(Document* document, LayerEditor* editor, SelectionHub* selection, const Theme* theme,
              QWidget* parent = nullptr);

    /// Opens the format editor of @p slot and puts the cursor into it; the main slot when empty.
    void editFormat(const std::string& slot = {});
    SlotEditor* slotEditor(const std::string& slot) const;
    TunableEditor* tunableEditor(const std::string& name) const;

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void refresh();
    void refreshHeader(const std::vector<const Layer*>& layers);
    void rebuildEditors(const std::vector<const Layer*>& layers);
    void refreshSlots(const std::vector<const Layer*>& layers);
    void refreshTunables(const std::vector<const Layer*>& layers);
    void refreshStatistics(const std::vector<const Layer*>& layers);
    void addSlotEditor(const SlotInfo& slot);
    void addTunableEditor(const TunableInfo& tunable);
    std::vector<const Layer*> selectedLayers() const;
    QStringList selectedIds() const;
    bool isAnyLocked(const std::vector<const Layer*>& layers) const;

    Document* m_document;
    LayerEditor* m_editor;
    SelectionHub* m_selection;
    const Theme* m_theme;
    QWidget* m_layerPage = nullptr;
    ModelSummary* m_summary = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_unsupported = nullptr;
    QCheckBox* m_lock = nullptr;
    QToolButton* m_reset = nullptr;
    QLabel* m_slotsTitle = nullptr;
    QVBoxLayout* m_slotsLayout = nullptr;
    QLabel* m_tunablesTitle = nullptr;
    QVBoxLayout* m_tunablesLayout = nullptr;
    QLabel* m_statistics = nullptr;
    CostTree* m_cost = nullptr;
    QLineEdit* m_note = nullptr;
    std::vector<SlotEditor*> m_slotEditors;
    std::vector<TunableEditor*> m_tunableEditors;
    std::string m_openSlot; ///< stays open when the selection moves on
};

} // namespace bitwright
