// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/action_registry.h"

#include "widgets/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenuBar>
#include <QWidget>

#include <cstring>

namespace bitwright {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("actions", text);
}

QList<QKeySequence> keySequences(const char* shortcuts)
{
    QList<QKeySequence> sequences;
    for (const QString& keys : QString::fromLatin1(shortcuts).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        sequences.append(QKeySequence(keys, QKeySequence::PortableText));
    return sequences;
}

QString plainText(const QString& text)
{
    return QString(text).remove(QLatin1Char('&'));
}

void giveKeys(QAction* action, const QList<QKeySequence>& keys)
{
    action->setShortcuts(keys);
    const QString shown = action->shortcut().toString(QKeySequence::NativeText);
    const QString help = action->statusTip();
    action->setToolTip(shown.isEmpty() ? help : help + QStringLiteral(" (") + shown + QLatin1Char(')'));
}

QAction* makeAction(const ActionSpec& spec, QObject* parent)
{
    auto* action = new QAction(translated(spec.text), parent);
    action->setObjectName(QString::fromLatin1(spec.id));
    action->setCheckable(spec.is_checkable);
    action->setIconText(plainText(translated(spec.text)).remove(QChar(0x2026)));
    action->setStatusTip(translated(spec.help));
    giveKeys(action, keySequences(spec.shortcuts));
    action->setProperty("needs", static_cast<unsigned>(spec.needs.toInt()));
    action->setProperty("iconName", QString::fromLatin1(spec.icon));
    return action;
}

} // namespace

ActionRegistry::ActionRegistry(QWidget* window) : QObject(window)
{
    for (const ActionSpec& spec : actionTable()) {
        if (std::strcmp(spec.id, "-") == 0)
            continue;
        QAction* action = makeAction(spec, this);
        m_actions.insert(spec.id, action);
        m_order.append(action);
        window->addAction(action);
    }
    refreshIcons();
}

QAction* ActionRegistry::action(const char* id) const
{
    QAction* found = m_actions.value(id);
    Q_ASSERT_X(found, "ActionRegistry", id);
    return found;
}

void ActionRegistry::connectTo(const char* id, std::function<void()> run)
{
    connect(action(id), &QAction::triggered, this, [run = std::move(run)] { run(); });
}

void ActionRegistry::fillMenus(QMenuBar* bar) const
{
    for (const ActionSpec& spec : actionTable()) {
        QMenu*& menu = m_menus[spec.menu];
        if (!menu)
            menu = bar->addMenu(translated(spec.menu));
        if (std::strcmp(spec.id, "-") == 0)
            menu->addSeparator();
        else
            menu->addAction(action(spec.id));
    }
}

QMenu* ActionRegistry::menu(const char* title) const
{
    return m_menus.value(title);
}

void ActionRegistry::setPresent(ActionNeeds present)
{
    for (QAction* action : m_order) {
        const auto needs = ActionNeeds::fromInt(static_cast<int>(action->property("needs").toUInt()));
        action->setEnabled((needs & present) == needs);
    }
}

void ActionRegistry::setShortcuts(const QAction* action, const QList<QKeySequence>& keys)
{
    giveKeys(m_actions.value(action->objectName().toLatin1()), keys);
}

QList<QKeySequence> ActionRegistry::initialShortcuts(const QAction* action) const
{
    for (const ActionSpec& spec : actionTable())
        if (action->objectName() == QLatin1String(spec.id))
            return keySequences(spec.shortcuts);
    return {};
}

QString ActionRegistry::title(const QAction* action)
{
    return action->iconText();
}

QAction* ActionRegistry::withShortcut(const QKeySequence& keys, const QAction* except) const
{
    for (QAction* action : m_order)
        if (action != except && action->shortcuts().contains(keys))
            return action;
    return nullptr;
}

void ActionRegistry::refreshIcons()
{
    for (QAction* action : m_order) {
        const QString icon = action->property("iconName").toString();
        if (!icon.isEmpty())
            action->setIcon(themedIcon(icon));
    }
}

} // namespace bitwright
