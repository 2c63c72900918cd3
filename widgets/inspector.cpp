// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector.h"

#include "widgets/cost_tree.h"
#include "widgets/document.h"
#include "widgets/format_edit.h"
#include "widgets/icons.h"
#include "widgets/inspector_state.h"
#include "widgets/layer_editor.h"
#include "widgets/model_summary.h"
#include "widgets/selection_hub.h"
#include "widgets/slot_editor.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/tunable_editor.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bitwright {

namespace {

QLabel* sectionTitle(const QString& text)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(0, 8, 0, 0);
    return label;
}

} // namespace

Inspector::Inspector(Document* document, LayerEditor* editor, SelectionHub* selection, const Theme* theme,
                     QWidget* parent)
    : QScrollArea(parent), m_document(document), m_editor(editor), m_selection(selection), m_theme(theme),
      m_openSlot(slots::kResult)
{
    setObjectName(QStringLiteral("inspector"));
    createWidgets();
    layOut();
    connectSignals();
    refresh();
}

void Inspector::createWidgets()
{
    m_summary = new ModelSummary(m_document);
    m_title = new QLabel;
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts = new QLabel;
    m_facts->setWordWrap(true);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_unsupported = new QLabel;
    m_unsupported->setWordWrap(true);
    m_unsupported->setProperty("role", QStringLiteral("error"));
    m_lock = new QCheckBox(tr("Locked"));
    m_lock->setToolTip(tr("Protects the selected layers from edits."));
    m_reset = new QToolButton;
    m_reset->setText(tr("Reset"));
    m_reset->setIcon(themedIcon(QStringLiteral("reset")));
    m_reset->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_reset->setToolTip(tr("Drop everything decided for the selected layers."));
    m_slotsTitle = sectionTitle(tr("Number formats"));
    m_tunablesTitle = sectionTitle(tr("Hardware"));
    m_statistics = new QLabel;
    m_statistics->setTextFormat(Qt::RichText);
    m_statistics->setWordWrap(true);
    m_statistics->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_cost = new CostTree;
    m_note = new QLineEdit;
    m_note->setPlaceholderText(tr("Note"));
    m_note->setAccessibleName(tr("Note"));
}

void Inspector::layOut()
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_layerPage = new QWidget;
    auto* page = new QVBoxLayout(m_layerPage);
    page->setContentsMargins(0, 0, 0, 0);
    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_lock);
    header->addWidget(m_reset);
    page->addLayout(header);
    page->addWidget(m_facts);
    page->addWidget(m_unsupported);
    page->addWidget(m_slotsTitle);
    m_slotsLayout = new QVBoxLayout;
    page->addLayout(m_slotsLayout);
    page->addWidget(m_tunablesTitle);
    m_tunablesLayout = new QVBoxLayout;
    page->addLayout(m_tunablesLayout);
    page->addWidget(sectionTitle(tr("Values")));
    page->addWidget(m_statistics);
    page->addWidget(sectionTitle(tr("Cost")));
    page->addWidget(m_cost);
    page->addWidget(m_note);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->addWidget(m_layerPage);
    column->addWidget(m_summary);
    column->addStretch(1);
    setWidget(content);
}

void Inspector::connectSignals()
{
    const auto changed = [this] { refresh(); };
    connect(m_selection, &SelectionHub::selectionChanged, this, changed);
    connect(m_document, &Document::designChanged, this, changed);
    connect(m_document, &Document::configurationChanged, this, changed);
    connect(m_document, &Document::costChanged, this, changed);
    connect(m_document, &Document::statisticsChanged, this, changed);
    connect(m_document, &Document::staleChanged, this, changed);
    connect(m_lock, &QCheckBox::clicked, this,
            [this](bool isLocked) { m_editor->setLocked(selectedIds(), isLocked); });
    connect(m_reset, &QToolButton::clicked, this, [this] { m_editor->reset(selectedIds()); });
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        const QStringList ids = selectedIds();
        if (ids.size() == 1 && m_note->isModified())
            m_editor->setNote(ids.front(), m_note->text());
    });
}

std::vector<const Layer*> Inspector::selectedLayers() const
{
    std::vector<const Layer*> layers;
    for (const QString& id : m_selection->selected())
        if (const Layer* layer = m_document->view().findLayer(toUtf8(id)))
            layers.push_back(layer);
    return layers;
}

QStringList Inspector::selectedIds() const
{
    QStringList ids;
    for (const Layer* layer : selectedLayers())
        ids.append(toQString(layer->id));
    return ids;
}

bool Inspector::isAnyLocked(const std::vector<const Layer*>& layers) const
{
    return std::any_of(layers.begin(), layers.end(), [this](const Layer* layer) {
        return m_document->view().configuration->layer(layer->id).is_locked;
    });
}

void Inspector::refresh()
{
    const std::vector<const Layer*> layers = selectedLayers();
    m_layerPage->setVisible(!layers.empty());
    m_summary->setVisible(layers.empty());
    if (layers.empty())
        return;
    refreshHeader(layers);
    rebuildEditors(layers);
    refreshSlots(layers);
    refreshTunables(layers);
    refreshStatistics(layers);
    m_cost->show(m_document->view(), selectedIds());
}

void Inspector::refreshHeader(const std::vector<const Layer*>& layers)
{
    const Layer& first = *layers.front();
    const bool isOne = layers.size() == 1;
    m_title->setText(isOne ? toQString(first.id) : tr("%1 layers").arg(layers.size()));
    m_facts->setText(factsText(m_document->view(), layers));
    m_unsupported->setText(isOne ? toQString(first.unsupported) : QString());
    m_unsupported->setVisible(!m_unsupported->text().isEmpty());
    m_lock->setChecked(isAnyLocked(layers));
    const bool isDecided = std::any_of(layers.begin(), layers.end(), [this](const Layer* layer) {
        return m_document->view().isLayerEdited(layer->id);
    });
    m_reset->setEnabled(isDecided && !m_lock->isChecked());
    m_note->setVisible(isOne);
    if (isOne && !(m_note->hasFocus() && m_note->isModified()))
        m_note->setText(toQString(m_document->view().configuration->layer(first.id).note));
}

void Inspector::rebuildEditors(const std::vector<const Layer*>& layers)
{
    std::vector<SlotInfo> slotInfos = unionOfSlots(layers);
    std::vector<TunableInfo> tunableInfos = unionOfTunables(layers);
    const bool isSameSlots = std::equal(
        slotInfos.begin(), slotInfos.end(), m_slotEditors.begin(), m_slotEditors.end(),
        [](const SlotInfo& info, const SlotEditor* editor) { return info.name == editor->slot(); });
    if (!isSameSlots) {
        for (SlotEditor* editor : m_slotEditors)
            editor->deleteLater();
        m_slotEditors.clear();
        for (const SlotInfo& slot : slotInfos)
            addSlotEditor(slot);
    }
    const bool isSameTunables = std::equal(
        tunableInfos.begin(), tunableInfos.end(), m_tunableEditors.begin(), m_tunableEditors.end(),
        [](const TunableInfo& info, const TunableEditor* editor) { return info.name == editor->name(); });
    if (!isSameTunables) {
        for (TunableEditor* editor : m_tunableEditors)
            editor->deleteLater();
        m_tunableEditors.clear();
        for (const TunableInfo& tunable : tunableInfos)
            addTunableEditor(tunable);
    }
    m_slotsTitle->setVisible(!slotInfos.empty());
    m_tunablesTitle->setVisible(!tunableInfos.empty());
}

void Inspector::addSlotEditor(const SlotInfo& slot)
{
    auto* editor = new SlotEditor(slot.name);
    m_slotsLayout->addWidget(editor);
    m_slotEditors.push_back(editor);
    editor->setExpanded(slot.name == m_openSlot);
    connect(editor, &SlotEditor::committed, this, [this, name = slot.name](const FormatInput& input, const QString& key) {
        m_editor->setFormat(selectedIds(), name, input, key);
    });
    connect(editor, &SlotEditor::resetAsked, this, [this, name = slot.name] { m_editor->resetFormat(selectedIds(), name); });
    connect(editor, &SlotEditor::expanded, this, [this, name = slot.name] {
        m_openSlot = name;
        for (SlotEditor* other : m_slotEditors)
            other->setExpanded(other->slot() == name);
    });
}

void Inspector::addTunableEditor(const TunableInfo& tunable)
{
    auto* editor = new TunableEditor(tunable.name);
    m_tunablesLayout->addWidget(editor);
    m_tunableEditors.push_back(editor);
    connect(editor, &TunableEditor::chosen, this, [this, name = tunable.name](const TunableDecision& decision) {
        m_editor->setTunable(selectedIds(), name, decision.choice);
    });
    connect(editor, &TunableEditor::resetAsked, this,
            [this, name = tunable.name] { m_editor->resetTunable(selectedIds(), name); });
    connect(editor, &TunableEditor::typed, this, [this, name = tunable.name](const QString& text) {
        m_editor->setTunableText(selectedIds(), name, text);
    });
}

void Inspector::refreshSlots(const std::vector<const Layer*>& layers)
{
    const bool isLocked = isAnyLocked(layers);
    for (SlotEditor* editor : m_slotEditors) {
        SlotState state = slotState(m_document->view(), layers, editor->slot());
        state.is_locked = isLocked;
        editor->setState(state);
    }
}

void Inspector::refreshTunables(const std::vector<const Layer*>& layers)
{
    const bool isLocked = isAnyLocked(layers);
    for (TunableEditor* editor : m_tunableEditors) {
        TunableState state = tunableState(m_document->view(), layers, editor->name());
        state.is_locked = isLocked;
        editor->setState(state);
    }
}

void Inspector::refreshStatistics(const std::vector<const Layer*>& layers)
{
    const DesignView& view = m_document->view();
    m_statistics->setText(statisticsText(view, layers));
    m_statistics->setForegroundRole(view.is_statistics_stale ? QPalette::PlaceholderText : QPalette::WindowText);
    m_statistics->setToolTip(view.is_statistics_stale
                                 ? tr("From before the last edit; it is being computed anew.") : QString());
}

void Inspector::editFormat(const std::string& slot)
{
    const std::vector<const Layer*> layers = selectedLayers();
    if (layers.empty())
        return;
    const std::string wanted = slot.empty() ? mainSlot(*layers.front()) : slot;
    SlotEditor* editor = slotEditor(wanted);
    if (!editor)
        return;
    editor->setExpanded(true);
    Q_EMIT editor->expanded();
    editor->edit()->textField()->setFocus(Qt::ShortcutFocusReason);
    editor->edit()->textField()->selectAll();
    ensureWidgetVisible(editor);
}

SlotEditor* Inspector::slotEditor(const std::string& slot) const
{
    const auto found = std::find_if(m_slotEditors.begin(), m_slotEditors.end(),
                                    [&slot](const SlotEditor* editor) { return editor->slot() == slot; });
    return found == m_slotEditors.end() ? nullptr : *found;
}

TunableEditor* Inspector::tunableEditor(const std::string& name) const
{
    const auto found = std::find_if(m_tunableEditors.begin(), m_tunableEditors.end(),
                                    [&name](const TunableEditor* editor) { return editor->name() == name; });
    return found == m_tunableEditors.end() ? nullptr : *found;
}

} // namespace bitwright
