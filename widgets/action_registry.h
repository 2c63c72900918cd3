// SPDX-License-Identifier: GPL-3.0-or-later
/// All actions of the window in one table: menu bar, toolbar, shortcuts, command palette and tests read it (gui.md 3.2).
#pragma once

#include <functional>
#include <span>

#include <QHash>
#include <QObject>

class QAction;
class QMenuBar;
class QMenu;
class QKeySequence;

namespace bitwright {

/// What must be there for an action to make sense; several may be needed at once.
enum class ActionNeed : unsigned {
    Nothing = 0,
    Design = 1,    ///< a model is open
    Selection = 2, ///< at least one layer is selected
    Problems = 4,  ///< the problem list is not empty
    Data = 8,      ///< samples are loaded
};
Q_DECLARE_FLAGS(ActionNeeds, ActionNeed)

struct ActionSpec {
    const char* id;        ///< "file.open"; the part before the point is the context
    const char* menu;      ///< "&File"; nullptr: palette and shortcuts only. A new group starts after id "-"
    const char* text;      ///< "&Open…"
    const char* shortcuts; ///< "Ctrl+O", several separated by blanks; may be empty
    const char* icon;      ///< name in resources/icons, may be empty
    const char* help;      ///< one sentence: tool tip, palette
    ActionNeeds needs;
    bool is_checkable = false;
};

/// The table, in menu order.
std::span<const ActionSpec> actionTable();

/// Owns one QAction per row.
class ActionRegistry final : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QWidget* window);

    QAction* action(const char* id) const;
    QList<QAction*> actions() const { return m_order; }
    void connectTo(const char* id, std::function<void()> run);
    /// Fills @p bar with the menus of the table, in its order.
    void fillMenus(QMenuBar* bar) const;
    /// The menu of that title after fillMenus, for submenus whose items are data (recent files, samples).
    QMenu* menu(const char* title) const;
    /// Enables every action whose needs are all present.
    void setPresent(ActionNeeds present);
    /// Gives an action other keys than the table's.
    void setShortcuts(const QAction* action, const QList<QKeySequence>& keys);
    /// The table's keys.
    QList<QKeySequence> initialShortcuts(const QAction* action) const;
    /// What an action is called where there is no menu around it: without mnemonics and dots.
    static QString title(const QAction* action);
    /// The action that @p keys trigger, other than @p except; null for none.
    QAction* withShortcut(const QKeySequence& keys, const QAction* except) const;
    /// Reloads icons after a theme change.
    void refreshIcons();

private:
    QHash<QByteArray, QAction*> m_actions;
    QList<QAction*> m_order;
    mutable QHash<QByteArray, QMenu*> m_menus;
};

} // namespace bitwright

Q_DECLARE_OPERATORS_FOR_FLAGS(bitwright::ActionNeeds)
