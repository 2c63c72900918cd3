// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tunable_editor.h"

#include "widgets/icons.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/tunable_input.h"
#include "widgets/wheel_guard.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace bitwright {

namespace {

bool isNumeric(const TunableInfo& info)
{
    return std::holds_alternative<std::int64_t>(info.fallback)
           || (!info.legal.empty() && std::holds_alternative<std::int64_t>(info.legal.front()));
}

} // namespace

TunableEditor::TunableEditor(const std::string& name, QWidget* parent) : QWidget(parent), m_name(name)
{
    setObjectName(QStringLiteral("tunable_") + toQString(name));
    createWidgets();
    layOut();
    connectSignals();
}

void TunableEditor::createWidgets()
{
    m_title = new QLabel;
    m_box = new QComboBox;
    m_box->setInsertPolicy(QComboBox::NoInsert);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(7);
    guardWheel(m_box);
    m_title->setBuddy(m_box);
    const auto button = [](const QString& text, const QString& help) {
        auto* made = new QToolButton;
        made->setText(text);
        made->setAccessibleName(help);
        made->setToolTip(help);
        return made;
    };
    m_less = button(QStringLiteral("−"), tr("Next smaller legal value"));
    m_more = button(QStringLiteral("+"), tr("Next larger legal value"));
    m_reset = button(QString(), tr("Reset"));
    m_reset->setAutoRaise(true);
    m_reset->setIcon(themedIcon(QStringLiteral("reset")));
    m_reset->setToolTip(tr("Back to what the flow starts with."));
    m_source = new QLabel;
    m_source->setForegroundRole(QPalette::PlaceholderText);
    m_error = new QLabel;
    m_error->setWordWrap(true);
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->hide();
}

void TunableEditor::layOut()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_box, 0, 1);
    grid->addWidget(m_less, 0, 2);
    grid->addWidget(m_more, 0, 3);
    grid->addWidget(m_source, 0, 4);
    grid->addWidget(m_reset, 0, 5);
    grid->addWidget(m_error, 1, 0, 1, 6);
    grid->setColumnStretch(1, 1);
    m_title->setMinimumWidth(Theme::labelWidth(fontMetrics()));
    m_source->setMinimumWidth(fontMetrics().averageCharWidth() * 10); // boxes end at one line
}

void TunableEditor::connectSignals()
{
    connect(m_box, &QComboBox::activated, this, [this](int index) {
        if (index >= 0 && index < static_cast<int>(m_state.info.legal.size()))
            Q_EMIT chosen({m_state.info.legal[static_cast<std::size_t>(index)]});
    });
    connect(m_less, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_more, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_reset, &QToolButton::clicked, this, [this] { Q_EMIT resetAsked(); });
}

void TunableEditor::setState(const TunableState& state)
{
    m_state = state;
    const QSignalBlocker blocker(m_box);
    m_title->setText(toQString(state.info.title));
    m_title->setToolTip(toQString(state.info.help));
    m_box->setToolTip(toQString(state.info.help));
    const bool isNumber = isNumeric(state.info);
    if (m_box->isEditable() != isNumber) {
        m_box->setEditable(isNumber);
        if (isNumber)
            connect(m_box->lineEdit(), &QLineEdit::editingFinished, this, &TunableEditor::commitText);
    }
    m_box->clear();
    for (const TunableChoice& choice : state.info.legal)
        m_box->addItem(tunableText(choice));
    const std::optional<TunableChoice> shown = state.decided ? state.decided : state.effective;
    const QString text = !state.distribution.isEmpty() ? QStringLiteral("—")
                         : shown                       ? tunableText(*shown)
                                                       : tunableText(state.info.fallback);
    m_box->setCurrentIndex(m_box->findText(text));
    if (isNumber)
        m_box->setEditText(text);
    else if (m_box->currentIndex() < 0)
        m_box->setPlaceholderText(text);
    m_box->setAccessibleName(toQString(state.info.title));
    m_less->setVisible(isNumber);
    m_more->setVisible(isNumber);
    m_source->setText(state.distribution.isEmpty() ? state.source : tr("several"));
    m_source->setToolTip(state.distribution);
    m_reset->setVisible(state.is_edited && !state.is_locked);
    for (QWidget* control : {static_cast<QWidget*>(m_box), static_cast<QWidget*>(m_less), static_cast<QWidget*>(m_more)})
        control->setEnabled(!state.is_locked);
    m_error->hide();
}

QString TunableEditor::errorText() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

void TunableEditor::commitText()
{
    const QString text = m_box->currentText().trimmed();
    const std::optional<TunableChoice> shown = m_state.decided ? m_state.decided : m_state.effective;
    if (text == QStringLiteral("—") || (m_state.distribution.isEmpty() && shown && text == tunableText(*shown)))
        return;
    const TunableInput input = parseTunableInput(m_state.info, text, shown.value_or(m_state.info.fallback));
    m_error->setText(input.problem);
    m_error->setVisible(!input.problem.isEmpty());
    if (!input.problem.isEmpty())
        return;
    const bool isRelative = !text.isEmpty() && QStringLiteral("+-*/").contains(text.front());
    if (isRelative)
        Q_EMIT typed(text);
    else
        Q_EMIT chosen({input.choice});
}

void TunableEditor::step(int direction)
{
    const std::optional<TunableChoice> shown = m_state.decided ? m_state.decided : m_state.effective;
    if (const auto next = neighbour(m_state.info, shown.value_or(m_state.info.fallback), direction))
        Q_EMIT chosen({*next});
}

} // namespace bitwright
