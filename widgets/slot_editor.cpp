// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/slot_editor.h"

#include "widgets/format_edit.h"
#include "widgets/icons.h"
#include "widgets/text.h"
#include "widgets/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace bitwright {

SlotEditor::SlotEditor(const std::string& slot, QWidget* parent) : QWidget(parent), m_slot(slot)
{
    setObjectName(QStringLiteral("slot_") + toQString(slot));
    createWidgets();
    layOut();
    connectSignals();
    setExpanded(false);
}

void SlotEditor::createWidgets()
{
    m_toggle = new QToolButton;
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toggle->setAutoRaise(true);
    m_toggle->setCheckable(true);
    m_value = new QLabel;
    m_value->setFont(Theme::numberFont(font()));
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // long formats must not widen the panel
    m_value->installEventFilter(this);
    m_source = new QLabel;
    m_source->setForegroundRole(QPalette::PlaceholderText);
    m_reset = new QToolButton;
    m_reset->setAutoRaise(true);
    m_reset->setIcon(themedIcon(QStringLiteral("reset")));
    m_reset->setAccessibleName(tr("Reset"));
    m_reset->setToolTip(tr("Back to what the flow starts with."));
    m_edit = new FormatEdit;
}

void SlotEditor::layOut()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_toggle, 0, 0);
    grid->addWidget(m_value, 0, 1);
    grid->addWidget(m_source, 0, 2);
    grid->addWidget(m_reset, 0, 3);
    grid->addWidget(m_edit, 1, 0, 1, 4);
    grid->setColumnStretch(1, 1);
    m_toggle->setMinimumWidth(Theme::labelWidth(fontMetrics()));
}

void SlotEditor::connectSignals()
{
    connect(m_toggle, &QToolButton::clicked, this, [this](bool isChecked) {
        setExpanded(isChecked);
        if (isChecked)
            Q_EMIT expanded();
    });
    connect(m_edit, &FormatEdit::committed, this, &SlotEditor::committed);
    connect(m_reset, &QToolButton::clicked, this, &SlotEditor::resetAsked);
}

void SlotEditor::setState(const SlotState& state)
{
    m_toggle->setText(state.title);
    m_toggle->setAccessibleName(tr("Edit %1").arg(state.title));
    const bool isMixed = !state.distribution.isEmpty();
    const auto* chosen = state.decided ? std::get_if<NumberFormat>(&*state.decided) : nullptr;
    if (isMixed)
        m_text = QStringLiteral("—");
    else if (chosen)
        m_text = toQString(shortName(*chosen));
    else
        m_text = state.effective ? toQString(shortName(*state.effective)) : QStringLiteral("–");
    m_value->setToolTip(isMixed ? state.distribution : m_text);
    m_value->setForegroundRole(state.is_stale && !chosen ? QPalette::PlaceholderText : QPalette::WindowText);
    QFont font = m_value->font();
    font.setBold(state.is_edited);
    m_value->setFont(font);
    showText();
    m_source->setText(isMixed ? tr("several") : state.source);
    m_reset->setVisible(state.is_edited && !state.is_locked);
    if (isMixed)
        m_edit->setMixed(state.distribution);
    else
        m_edit->setValue(state.decided, state.effective);
    m_edit->setEnabled(!state.is_locked);
}

void SlotEditor::showText()
{
    m_value->setText(m_value->fontMetrics().elidedText(m_text, Qt::ElideRight, m_value->width()));
}

bool SlotEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        showText();
    return QWidget::eventFilter(watched, event);
}

void SlotEditor::setExpanded(bool isExpanded)
{
    m_toggle->setChecked(isExpanded);
    m_toggle->setArrowType(isExpanded ? Qt::DownArrow : Qt::RightArrow);
    m_edit->setVisible(isExpanded);
}

bool SlotEditor::isExpanded() const
{
    return m_toggle->isChecked();
}

} // namespace bitwright
