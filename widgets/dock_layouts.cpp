// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dock_layouts.h"

#include "widgets/window_settings.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>

#include <algorithm>

namespace bitwright {

namespace {

constexpr int kSideWidth = 420;
constexpr int kBottomHeight = 270;
constexpr int kTallBottomHeight = 360;

} // namespace

DockLayouts::DockLayouts(QMainWindow* window, const DockSet& docks, WindowSettings* settings)
    : QObject(window), m_window(window), m_docks(docks), m_settings(settings)
{
}

void DockLayouts::apply(DockLayout layout)
{
    const auto bottom = {m_docks.layers, m_docks.ranges, m_docks.histogram, m_docks.problems, m_docks.jobs, m_docks.log};
    for (QDockWidget* dock : m_docks.all()) {
        const bool isSide = dock == m_docks.inspector || dock == m_docks.design;
        dock->setFloating(false);
        m_window->addDockWidget(isSide ? Qt::RightDockWidgetArea : Qt::BottomDockWidgetArea, dock);
        dock->setVisible(isSide || layout != DockLayout::Graph);
    }
    m_window->tabifyDockWidget(m_docks.inspector, m_docks.design);
    const bool isNumbers = layout == DockLayout::Numbers;
    for (QDockWidget* dock : bottom)
        if (dock != m_docks.layers && !(isNumbers && dock == m_docks.histogram))
            m_window->tabifyDockWidget(m_docks.layers, dock);
    m_docks.inspector->raise();
    (isNumbers ? m_docks.ranges : m_docks.layers)->raise();
    m_window->resizeDocks({m_docks.inspector}, {kSideWidth}, Qt::Horizontal);
    if (layout == DockLayout::Graph)
        return;
    if (isNumbers)
        m_window->resizeDocks({m_docks.ranges, m_docks.histogram}, {1, 1}, Qt::Horizontal);
    m_window->resizeDocks({m_docks.layers}, {isNumbers ? kTallBottomHeight : kBottomHeight}, Qt::Vertical);
}

void DockLayouts::save(const QString& name)
{
    const QString known = name.simplified();
    if (!known.isEmpty())
        m_settings->setNamedLayout(known, m_window->saveState());
}

bool DockLayouts::restore(const QString& name)
{
    const QByteArray state = m_settings->layout(name);
    return !state.isEmpty() && m_window->restoreState(state);
}

void DockLayouts::remove(const QString& name)
{
    m_settings->removeLayout(name);
}

QStringList DockLayouts::names() const
{
    return m_settings->layoutNames();
}

void DockLayouts::fillMenu(QMenu* menu)
{
    menu->clear();
    for (const QString& name : names())
        menu->addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, name] { restore(name); });
    if (menu->isEmpty()) {
        menu->addAction(tr("No layout was saved yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    QMenu* removal = menu->addMenu(tr("&Remove"));
    for (const QString& name : names())
        removal->addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, name] { remove(name); });
}

} // namespace bitwright
