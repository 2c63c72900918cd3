// SPDX-License-Identifier: GPL-3.0-or-later
/// Arrangements of the panels: those the program brings along, and those the user names (gui.md 3.1).
#pragma once

#include <array>

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace bitwright {

class WindowSettings;

enum class DockLayout {
    Standard, ///< Inspector at the side, the layers table below: what the program starts with
    Graph,    ///< the graph and the Inspector alone
    Numbers,  ///< Ranges and Histogram side by side, for number formats
};

/// The panels of the window, in the order of their menu.
struct DockSet {
    QDockWidget* inspector;
    QDockWidget* design;
    QDockWidget* layers;
    QDockWidget* ranges;
    QDockWidget* histogram;
    QDockWidget* problems;
    QDockWidget* jobs;
    QDockWidget* log;

    std::array<QDockWidget*, 8> all() const { return {inspector, design, layers, ranges, histogram, problems, jobs, log}; }
};

class DockLayouts final : public QObject {
    Q_OBJECT
public:
    DockLayouts(QMainWindow* window, const DockSet& docks, WindowSettings* settings);

    /// Every panel is back in the window.
    void apply(DockLayout layout);
    /// Keeps the present arrangement under @p name, in place of one of that name.
    void save(const QString& name);
    /// @return whether there is such a layout and the window took it
    bool restore(const QString& name);
    void remove(const QString& name);
    QStringList names() const;
    /// Entries for the user's layouts: to restore, and below to remove.
    void fillMenu(QMenu* menu);

private:
    QMainWindow* m_window;
    DockSet m_docks;
    WindowSettings* m_settings;
};

} // namespace bitwright
