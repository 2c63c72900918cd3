// SPDX-License-Identifier: GPL-3.0-or-later
/// The keys of every action of the registry: shown, changed, taken from another action, put back (gui.md 3.2).
#pragma once

#include <QWidget>

class QAction;
class QKeySequence;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace bitwright {

class ActionRegistry;
class WindowSettings;

class ShortcutEditor final : public QWidget {
    Q_OBJECT
public:
    /// @p actions and @p settings outlive the editor.
    ShortcutEditor(ActionRegistry* actions, WindowSettings* settings, QWidget* parent = nullptr);

    QTreeWidget* list() const { return m_list; }
    void choose(const QAction* action);
    QString message() const;
    /// Gives the chosen action these keys and takes them from whoever has them.
    void assign(const QKeySequence& keys);
    void removeKeys();
    void restoreInitial();
    void restoreAll();

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void filter(const QString& text);
    void refresh(QTreeWidgetItem* item);
    void refreshAll();
    void refreshButtons();
    void give(QAction* action, const QList<QKeySequence>& keys);
    QAction* chosen() const;

    ActionRegistry* m_actions;
    WindowSettings* m_settings;
    QLineEdit* m_filter;
    QTreeWidget* m_list;
    QKeySequenceEdit* m_keys;
    QPushButton* m_assign;
    QPushButton* m_remove;
    QPushButton* m_restore;
    QPushButton* m_restoreAll;
    QLabel* m_message;
};

/// Gives the actions the keys that the user chose in an earlier run.
void restoreShortcuts(ActionRegistry& actions, const WindowSettings& settings);

} // namespace bitwright
