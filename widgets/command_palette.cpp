// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/command_palette.h"

#include "widgets/action_registry.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace bitwright {

namespace {

/// Whether the letters of @p wanted appear in @p text in that order.
bool isSubsequence(const QString& wanted, const QString& text)
{
    qsizetype at = 0;
    for (const QChar letter : wanted) {
        at = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

} // namespace

CommandPalette::CommandPalette(const ActionRegistry* actions, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint), m_actions(actions), m_field(new QLineEdit),
      m_list(new QListWidget)
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Command palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_field->setPlaceholderText(tr("Type a command"));
    m_field->setAccessibleName(tr("Command"));
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_field);
    column->addWidget(m_list);
    resize(560, 380);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter({});
    m_field->setFocus();
}

void CommandPalette::filter(const QString& text)
{
    m_list->clear();
    const QString wanted = text.simplified().remove(QLatin1Char(' '));
    for (QAction* action : m_actions->actions()) {
        const QString name = action->iconText();
        if (!isSubsequence(wanted, name))
            continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(action->icon(), keys.isEmpty() ? name : name + QStringLiteral("    ") + keys);
        item->setData(Qt::UserRole, QVariant::fromValue(action));
        item->setToolTip(action->statusTip());
        if (!action->isEnabled())
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
        // A literal hit comes before scattered letters.
        if (name.contains(text.simplified(), Qt::CaseInsensitive) && !wanted.isEmpty())
            m_list->insertItem(0, item);
        else
            m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    QListWidgetItem* item = m_list->currentItem();
    auto* action = item ? item->data(Qt::UserRole).value<QAction*>() : nullptr;
    if (!action || !action->isEnabled())
        return;
    accept();
    // After the palette is gone, so that the command meets the window's own focus.
    QTimer::singleShot(0, action, &QAction::trigger);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        QKeyEvent copy(key->type(), key->key(), key->modifiers());
        QCoreApplication::sendEvent(m_list, &copy);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter: run(); return true;
    default: return QDialog::eventFilter(watched, event);
    }
}

} // namespace bitwright
