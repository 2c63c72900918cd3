// SPDX-License-Identifier: GPL-3.0-or-later
/// Every command by its name: type a few letters, press Enter (gui.md 3.2).
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace bitwright {

class ActionRegistry;

class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    CommandPalette(const ActionRegistry* actions, QWidget* parent);

    QLineEdit* field() const { return m_field; }
    QListWidget* list() const { return m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void run();

    const ActionRegistry* m_actions;
    QLineEdit* m_field;
    QListWidget* m_list;
};

} // namespace bitwright
