// SPDX-License-Identifier: GPL-3.0-or-later
/// Preferences and shortcuts. Every change applies at once (gui.md 3.12).
#pragma once

#include <functional>

#include <QDialog>

#include "widgets/preferences.h"
#include "widgets/theme.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QTabWidget;

namespace bitwright {

class ActionRegistry;
class ShortcutEditor;
class WindowSettings;

class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    struct Parts {
        ActionRegistry* actions;
        WindowSettings* settings;
        /// Asks for a folder and hands it over.
        std::function<void(const std::function<void(const QString&)>&)> ask_folder;
    };
    SettingsDialog(Parts parts, QWidget* parent);

    void showShortcuts();
    ShortcutEditor* shortcuts() const { return m_shortcuts; }

Q_SIGNALS:
    void themeChosen(ThemeChoice choice);
    void preferencesChanged(const Preferences& preferences);

private:
    void createWidgets();
    QWidget* makeGeneralPage();
    QWidget* makeGraphPage();
    QWidget* makeEmulatorPage();
    void connectSignals();
    void fill(const Preferences& preferences);
    void commit();

    Parts m;
    bool m_isShowing = false;
    QTabWidget* m_tabs;
    QComboBox* m_theme;
    QSpinBox* m_font;
    QCheckBox* m_reopensLast;
    QLineEdit* m_dataFolder;
    QComboBox* m_direction;
    QComboBox* m_wheel;
    QCheckBox* m_minimap;
    QSpinBox* m_threads;
    QSpinBox* m_firstSamples;
    QSpinBox* m_randomSamples;
    ShortcutEditor* m_shortcuts;
};

} // namespace bitwright
