// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shortcut_editor.h"

#include "widgets/action_registry.h"
#include "widgets/window_settings.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace bitwright {

namespace {

enum Column { TitleColumn, KeysColumn, HelpColumn };

QString keysText(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& sequence : keys)
        texts.append(sequence.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

QAction* actionOf(const QTreeWidgetItem* item)
{
    return item ? item->data(TitleColumn, Qt::UserRole).value<QAction*>() : nullptr;
}

} // namespace

ShortcutEditor::ShortcutEditor(ActionRegistry* actions, WindowSettings* settings, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_settings(settings)
{
    createWidgets();
    layOut();
    connectSignals();
    refreshAll();
    refreshButtons();
}

void ShortcutEditor::createWidgets()
{
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Find a command or keys"));
    m_filter->setAccessibleName(tr("Find a command or keys"));
    m_filter->setClearButtonEnabled(true);
    m_list = new QTreeWidget;
    m_list->setAccessibleName(tr("Commands"));
    m_list->setHeaderLabels({tr("Command"), tr("Keys"), tr("What it does")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    for (QAction* action : m_actions->actions()) {
        auto* item = new QTreeWidgetItem({ActionRegistry::title(action), QString(), action->statusTip()});
        item->setData(TitleColumn, Qt::UserRole, QVariant::fromValue(action));
        m_list->addTopLevelItem(item);
    }
    m_keys = new QKeySequenceEdit;
    m_keys->setAccessibleName(tr("Keys for the command"));
    m_assign = new QPushButton(tr("&Assign"));
    m_remove = new QPushButton(tr("&No keys"));
    m_restore = new QPushButton(tr("&Default"));
    m_restoreAll = new QPushButton(tr("A&ll defaults"));
    m_message = new QLabel;
    m_message->setWordWrap(true);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_message->setMinimumHeight(m_message->fontMetrics().lineSpacing() * 2); // the list does not jump
}

void ShortcutEditor::layOut()
{
    auto* row = new QHBoxLayout;
    row->addWidget(m_keys, 1);
    for (QPushButton* button : {m_assign, m_remove, m_restore, m_restoreAll})
        row->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addLayout(row);
    column->addWidget(m_message);
    const int character = fontMetrics().averageCharWidth();
    m_list->setColumnWidth(TitleColumn, character * 38);
    m_list->setColumnWidth(KeysColumn, character * 26);
}

void ShortcutEditor::connectSignals()
{
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutEditor::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        m_keys->clear();
        m_message->clear();
        refreshButtons();
    });
    connect(m_list, &QTreeWidget::itemActivated, m_keys, [this] { m_keys->setFocus(); });
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, [this](const QKeySequence& keys) {
        if (keys.count() > 1) {
            m_keys->setKeySequence(QKeySequence(keys[0])); // commands have single strokes
            return;
        }
        const QAction* owner = keys.isEmpty() ? nullptr : m_actions->withShortcut(keys, chosen());
        m_message->setText(owner ? tr("%1 runs '%2' now; Assign takes it from there.")
                                       .arg(keys.toString(QKeySequence::NativeText), ActionRegistry::title(owner))
                                 : QString());
        refreshButtons();
    });
    connect(m_assign, &QPushButton::clicked, this, [this] { assign(m_keys->keySequence()); });
    connect(m_remove, &QPushButton::clicked, this, &ShortcutEditor::removeKeys);
    connect(m_restore, &QPushButton::clicked, this, &ShortcutEditor::restoreInitial);
    connect(m_restoreAll, &QPushButton::clicked, this, &ShortcutEditor::restoreAll);
}

QAction* ShortcutEditor::chosen() const
{
    return actionOf(m_list->currentItem());
}

QString ShortcutEditor::message() const
{
    return m_message->text();
}

void ShortcutEditor::choose(const QAction* action)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        if (actionOf(m_list->topLevelItem(i)) == action)
            m_list->setCurrentItem(m_list->topLevelItem(i));
}

void ShortcutEditor::filter(const QString& text)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = m_list->topLevelItem(i);
        const bool isHit = item->text(TitleColumn).contains(text, Qt::CaseInsensitive)
                           || item->text(KeysColumn).contains(text, Qt::CaseInsensitive);
        item->setHidden(!isHit);
    }
}

void ShortcutEditor::refresh(QTreeWidgetItem* item)
{
    const QAction* action = actionOf(item);
    item->setText(KeysColumn, keysText(action->shortcuts()));
    QFont font = m_list->font();
    font.setBold(action->shortcuts() != m_actions->initialShortcuts(action));
    item->setFont(KeysColumn, font);
}

void ShortcutEditor::refreshAll()
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        refresh(m_list->topLevelItem(i));
}

void ShortcutEditor::refreshButtons()
{
    const QAction* action = chosen();
    m_keys->setEnabled(action);
    m_assign->setEnabled(action && !m_keys->keySequence().isEmpty());
    m_remove->setEnabled(action && !action->shortcuts().isEmpty());
    m_restore->setEnabled(action && action->shortcuts() != m_actions->initialShortcuts(action));
}

void ShortcutEditor::give(QAction* action, const QList<QKeySequence>& keys)
{
    m_actions->setShortcuts(action, keys);
    if (keys == m_actions->initialShortcuts(action)) {
        m_settings->setShortcuts(action->objectName(), std::nullopt);
        return;
    }
    QStringList portable;
    for (const QKeySequence& sequence : keys)
        portable.append(sequence.toString(QKeySequence::PortableText));
    m_settings->setShortcuts(action->objectName(), portable);
}

void ShortcutEditor::assign(const QKeySequence& keys)
{
    QAction* action = chosen();
    if (!action || keys.isEmpty())
        return;
    QString message = tr("%1 runs '%2'.").arg(keys.toString(QKeySequence::NativeText), ActionRegistry::title(action));
    if (QAction* owner = m_actions->withShortcut(keys, action)) {
        QList<QKeySequence> left = owner->shortcuts();
        left.removeAll(keys);
        give(owner, left);
        message += QLatin1Char(' ') + tr("'%1' lost it.").arg(ActionRegistry::title(owner));
    }
    give(action, {keys});
    m_keys->clear();
    refreshAll();
    refreshButtons();
    m_message->setText(message);
}

void ShortcutEditor::removeKeys()
{
    if (QAction* action = chosen())
        give(action, {});
    refreshAll();
    refreshButtons();
}

void ShortcutEditor::restoreInitial()
{
    QAction* action = chosen();
    if (!action)
        return;
    for (const QKeySequence& keys : m_actions->initialShortcuts(action))
        if (QAction* owner = m_actions->withShortcut(keys, action)) {
            QList<QKeySequence> left = owner->shortcuts();
            left.removeAll(keys);
            give(owner, left);
        }
    give(action, m_actions->initialShortcuts(action));
    refreshAll();
    refreshButtons();
}

void ShortcutEditor::restoreAll()
{
    for (QAction* action : m_actions->actions())
        give(action, m_actions->initialShortcuts(action));
    refreshAll();
    refreshButtons();
}

void restoreShortcuts(ActionRegistry& actions, const WindowSettings& settings)
{
    for (const QAction* action : actions.actions()) {
        const std::optional<QStringList> stored = settings.shortcuts(action->objectName());
        if (!stored)
            continue;
        QList<QKeySequence> keys;
        for (const QString& text : *stored)
            keys.append(QKeySequence(text, QKeySequence::PortableText));
        actions.setShortcuts(action, keys);
    }
}

} // namespace bitwright
