// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/design_panel.h"

#include "circuit/strategy.h"
#include "estimator/estimator.h"
#include "widgets/document.h"
#include "widgets/layer_editor.h"
#include "widgets/slot_editor.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/tunable_editor.h"
#include "widgets/wheel_guard.h"

#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace bitwright {

namespace {

QDoubleSpinBox* numberBox(double lowest, double highest, const QString& suffix)
{
    auto* box = new QDoubleSpinBox;
    box->setRange(lowest, highest);
    box->setDecimals(2);
    box->setSuffix(suffix);
    box->setKeyboardTracking(false);
    guardWheel(box);
    return box;
}

/// Tunables of the model level take what any layer may take; the flow judges when it lowers.
TunableInfo reuseInfo()
{
    return {tunables::kReuseFactor, toUtf8(DesignPanel::tr("Reuse factor")),
            toUtf8(DesignPanel::tr("How often each multiplier is used, for layers that do not decide it.")),
            std::int64_t{1}, {}};
}

TunableInfo strategyInfo()
{
    TunableInfo info{tunables::kStrategy, toUtf8(DesignPanel::tr("Strategy")),
                     toUtf8(DesignPanel::tr("How multiplications are built, for layers that do not decide it.")),
                     std::string(strategyName(Strategy::Latency)), {}};
    for (const Strategy strategy : {Strategy::Latency, Strategy::Resource, Strategy::ResourceUnrolled})
        info.legal.emplace_back(std::string(strategyName(strategy)));
    return info;
}

} // namespace

DesignPanel::DesignPanel(Document* document, LayerEditor* editor, QWidget* parent)
    : QScrollArea(parent), m_document(document), m_editor(editor)
{
    setObjectName(QStringLiteral("designPanel"));
    createWidgets();
    layOut();
    connectSignals();
    refresh();
}

void DesignPanel::createWidgets()
{
    m_ioType = new QComboBox;
    m_ioType->addItem(tr("Parallel (all values at once)"), static_cast<int>(IoType::Parallel));
    m_ioType->addItem(tr("Stream (one position after the other)"), static_cast<int>(IoType::Stream));
    m_backend = new QComboBox;
    m_backend->addItems({QStringLiteral("Vitis"), QStringLiteral("Vivado")});
    m_part = new QComboBox;
    m_part->setEditable(true);
    m_part->setInsertPolicy(QComboBox::NoInsert);
    m_part->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_part->setMinimumContentsLength(20);
    for (const Part& part : builtinParts()) {
        m_part->addItem(toQString(part.name));
        m_part->setItemData(m_part->count() - 1, toQString(part.family), Qt::ToolTipRole);
    }
    m_part->completer()->setFilterMode(Qt::MatchContains);
    m_part->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_partFacts = new QLabel;
    m_partFacts->setWordWrap(true);
    m_partFacts->setForegroundRole(QPalette::PlaceholderText);
    m_clock = numberBox(0.1, 1000, tr(" ns"));
    m_clock->setSingleStep(0.5);
    m_frequency = new QLabel;
    m_frequency->setForegroundRole(QPalette::PlaceholderText);
    m_uncertainty = numberBox(0, 99, tr(" %"));
    m_project = new QLineEdit;
    m_default = new SlotEditor(slots::kDefault);
    m_maximum = new SlotEditor(slots::kMaximum);
    m_reuse = new TunableEditor(tunables::kReuseFactor);
    m_strategy = new TunableEditor(tunables::kStrategy);
    for (QComboBox* box : {m_ioType, m_backend, m_part})
        guardWheel(box);
}

void DesignPanel::layOut()
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Part"), m_part);
    form->addRow(QString(), m_partFacts);
    form->addRow(tr("C&lock period"), m_clock);
    form->addRow(QString(), m_frequency);
    form->addRow(tr("Clock &uncertainty"), m_uncertainty);
    form->addRow(tr("&Transport"), m_ioType);
    form->addRow(tr("&Back end"), m_backend);
    form->addRow(tr("Pro&ject name"), m_project);
    for (int row = 0; row < form->rowCount(); ++row)
        if (QLayoutItem* label = form->itemAt(row, QFormLayout::LabelRole))
            label->widget()->setMinimumWidth(Theme::labelWidth(fontMetrics())); // as in the column below
    column->addLayout(form);
    auto* title = new QLabel(tr("For layers that do not decide it"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setContentsMargins(0, 8, 0, 0);
    column->addWidget(title);
    column->addWidget(m_default);
    column->addWidget(m_maximum);
    column->addWidget(m_reuse);
    column->addWidget(m_strategy);
    column->addStretch(1);
    setWidget(content);
}

void DesignPanel::connectSignals()
{
    const auto changed = [this] { refresh(); };
    connect(m_document, &Document::designChanged, this, changed);
    connect(m_document, &Document::configurationChanged, this, changed);
    connect(m_document, &Document::costChanged, this, changed);
    connect(m_ioType, &QComboBox::activated, this, [this] {
        change(tr("Transport"), [this](DesignSettings& design) {
            design.io_type = static_cast<IoType>(m_ioType->currentData().toInt());
        });
    });
    connect(m_backend, &QComboBox::activated, this, [this] {
        change(tr("Back end"), [this](DesignSettings& design) { design.backend = toUtf8(m_backend->currentText()); });
    });
    connect(m_part, &QComboBox::activated, this, &DesignPanel::commitPart);
    connect(m_part->lineEdit(), &QLineEdit::editingFinished, this, &DesignPanel::commitPart);
    connect(m_clock, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        change(tr("Clock period"), [value](DesignSettings& design) { design.clock_ns = value; });
    });
    connect(m_uncertainty, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        change(tr("Clock uncertainty"), [value](DesignSettings& design) { design.clock_uncertainty_percent = value; });
    });
    connect(m_project, &QLineEdit::editingFinished, this, [this] {
        change(tr("Project name"), [this](DesignSettings& design) { design.project_name = toUtf8(m_project->text()); });
    });
    for (SlotEditor* slot : {m_default, m_maximum})
        connect(slot, &SlotEditor::committed, this, [this, slot](const FormatInput& input, const QString& key) {
            m_editor->setFormat({QString()}, slot->slot(), input, key);
        });
    for (SlotEditor* slot : {m_default, m_maximum})
        connect(slot, &SlotEditor::resetAsked, this, [this, slot] { m_editor->resetFormat({QString()}, slot->slot()); });
    for (TunableEditor* tunable : {m_reuse, m_strategy})
        connect(tunable, &TunableEditor::resetAsked, this, [this, tunable] { m_editor->resetTunable({QString()}, tunable->name()); });
    for (TunableEditor* tunable : {m_reuse, m_strategy})
        connect(tunable, &TunableEditor::chosen, this, [this, tunable](const TunableDecision& decision) {
            m_editor->setTunable({QString()}, tunable->name(), decision.choice);
        });
}

void DesignPanel::change(const QString& what, const std::function<void(DesignSettings&)>& edit)
{
    if (m_isShowing || !m_document->hasDesign())
        return;
    DesignSettings design = m_document->view().configuration->design;
    edit(design);
    m_editor->setDesign(design, what);
    refresh(); // a refused edit must not stay in the field
}

void DesignPanel::commitPart()
{
    if (m_isShowing || !m_document->hasDesign())
        return;
    const std::string name = toUtf8(m_part->currentText().trimmed());
    if (name == m_document->view().configuration->design.part)
        return;
    const Result<Part> part = findPart(name);
    if (!part) {
        m_partFacts->setText(toQString(part.error().message()));
        m_partFacts->setProperty("role", QStringLiteral("error"));
        return;
    }
    change(tr("Part"), [&part](DesignSettings& design) { design.part = part->name; });
}

void DesignPanel::refresh()
{
    widget()->setEnabled(m_document->hasDesign());
    if (!m_document->hasDesign())
        return;
    m_isShowing = true;
    const DesignSettings& design = m_document->view().configuration->design;
    m_ioType->setCurrentIndex(m_ioType->findData(static_cast<int>(design.io_type)));
    m_backend->setCurrentText(toQString(design.backend));
    if (!m_part->lineEdit()->hasFocus() || !m_part->lineEdit()->isModified())
        m_part->setCurrentText(toQString(design.part));
    m_clock->setValue(design.clock_ns);
    m_frequency->setText(tr("%1 MHz").arg(realText(design.clock_ns > 0 ? 1000 / design.clock_ns : 0, 4)));
    m_uncertainty->setValue(design.clock_uncertainty_percent);
    if (!m_project->hasFocus() || !m_project->isModified())
        m_project->setText(toQString(design.project_name));
    const Result<Part> part = findPart(design.part);
    m_partFacts->setText(part ? tr("%1: %2 LUT, %3 FF, %4 DSP, %5 BRAM18")
                                    .arg(toQString(part->family), countText(part->lut), countText(part->ff),
                                         countText(part->dsp), countText(part->bram))
                              : toQString(part.error().message()));
    refreshDefaults();
    m_isShowing = false;
}

void DesignPanel::refreshDefaults()
{
    const Configuration& configuration = *m_document->view().configuration;
    const auto slotState = [&](const char* slot, const QString& title) {
        SlotState state;
        state.title = title;
        state.decided = m_document->view().decidedFormat({}, slot);
        state.is_edited = m_document->view().isFormatEdited({}, slot);
        const auto* format = state.decided ? std::get_if<NumberFormat>(&*state.decided) : nullptr;
        if (format)
            state.effective = *format;
        return state;
    };
    m_default->setState(slotState(slots::kDefault, tr("Default format")));
    m_maximum->setState(slotState(slots::kMaximum, tr("Widest inferred")));
    for (TunableEditor* editor : {m_reuse, m_strategy}) {
        TunableState state;
        state.info = editor == m_reuse ? reuseInfo() : strategyInfo();
        const auto decided = configuration.model.tunables.find(editor->name());
        if (decided != configuration.model.tunables.end())
            state.decided = decided->second;
        state.is_edited = m_document->view().isTunableEdited({}, editor->name());
        editor->setState(state);
    }
}

} // namespace bitwright
