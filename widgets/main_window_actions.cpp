// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "widgets/action_registry.h"
#include "widgets/command_palette.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/graph_view.h"
#include "widgets/inspector.h"
#include "widgets/job_list.h"
#include "widgets/layer_editor.h"
#include "widgets/layer_table.h"
#include "widgets/problems_panel.h"
#include "widgets/query_bar.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"
#include "widgets/window_settings.h"

#include <QAction>
#include <QDockWidget>
#include <QStackedWidget>
#include <QUndoStack>

#include <algorithm>

namespace bitwright {

void MainWindow::connectFileActions()
{
    m_actions->connectTo("file.open", [this] { m_files->askAndOpen(); });
    m_actions->connectTo("file.reload", [this] { m_files->reload(); });
    m_actions->connectTo("file.save", [this] { m_files->save(); });
    m_actions->connectTo("file.save_as", [this] { m_files->saveAs(); });
    m_actions->connectTo("file.load_data", [this] { m_files->askForData(); });
    m_actions->connectTo("file.load_configuration", [this] { m_files->askForConfiguration(); });
    m_actions->connectTo("file.save_configuration", [this] { m_files->saveConfiguration(); });
    m_actions->connectTo("file.export", [this] { exportDesign(false); });
    m_actions->connectTo("file.export_table", [this] { exportTable(); });
    m_actions->connectTo("file.export_image", [this] { exportImage(); });
    m_actions->connectTo("file.close", [this] { m_files->closeDesign(); });
    m_actions->connectTo("file.quit", [this] { close(); });
    m_actions->connectTo("design.verify", [this] { exportDesign(true); });
    m_actions->connectTo("help.shortcuts", [this] { showSettings(true); });
    m_actions->connectTo("edit.settings", [this] { showSettings(false); });
    m_actions->connectTo("help.about", [this] { showAbout(); });
}

void MainWindow::connectEditActions()
{
    QUndoStack* undo = m_document->undoStack();
    m_actions->connectTo("edit.undo", [undo] { undo->undo(); });
    m_actions->connectTo("edit.redo", [undo] { undo->redo(); });
    const auto refresh = [this, undo] {
        QAction* undoAction = m_actions->action("edit.undo");
        QAction* redoAction = m_actions->action("edit.redo");
        undoAction->setEnabled(undo->canUndo());
        redoAction->setEnabled(undo->canRedo());
        undoAction->setText(undo->canUndo() ? tr("&Undo %1").arg(undo->undoText()) : tr("&Undo"));
        redoAction->setText(undo->canRedo() ? tr("&Redo %1").arg(undo->redoText()) : tr("&Redo"));
        undoAction->setIconText(tr("Undo"));
        redoAction->setIconText(tr("Redo"));
    };
    connect(undo, &QUndoStack::indexChanged, this, refresh);
    connect(m_document, &Document::designChanged, this, refresh);
    refresh();
    m_actions->connectTo("edit.copy_settings", [this] {
        m_editor->copySettings(m_selection->current());
        refreshPresence();
    });
    m_actions->connectTo("edit.paste_settings", [this] { m_editor->pasteSettings(m_selection->selected()); });
    m_actions->connectTo("edit.select_all", [this] {
        QStringList all;
        const DesignView& view = m_document->view();
        for (std::size_t i = 0; i < view.layerCount(); ++i)
            all.append(toQString((*view.layers)[i].id));
        m_selection->select(all, m_selection->current());
    });
    m_actions->connectTo("edit.select_none", [this] { m_selection->clear(); });
    m_actions->connectTo("edit.select_similar", [this] { selectSimilar(); });
    m_actions->connectTo("edit.find", [this] { m_query->open(); });
    m_actions->connectTo("edit.find_next", [this] { m_query->step(1); });
    m_actions->connectTo("edit.find_previous", [this] { m_query->step(-1); });
    m_actions->connectTo("edit.palette", [this] {
        auto* palette = new CommandPalette(m_actions, this);
        palette->move(mapToGlobal(QPoint((width() - palette->width()) / 2, 80)));
        palette->open();
    });
}

void MainWindow::connectViewActions()
{
    m_actions->connectTo("view.zoom_in", [this] { m_canvas->zoomIn(); });
    m_actions->connectTo("view.zoom_out", [this] { m_canvas->zoomOut(); });
    m_actions->connectTo("view.zoom_actual", [this] { m_canvas->resetZoom(); });
    m_actions->connectTo("view.fit", [this] { m_canvas->fit(); });
    m_actions->connectTo("view.fit_selection", [this] { m_canvas->fitSelection(); });
    QAction* minimap = m_actions->action("view.minimap");
    connect(m_canvas, &GraphView::minimapToggled, minimap, &QAction::setChecked);
    connect(minimap, &QAction::toggled, this, [this](bool isChecked) {
        Preferences preferences = m_settings->preferences();
        preferences.has_minimap = isChecked;
        applyPreferences(preferences);
    });
    m_actions->connectTo("view.left_to_right", [this] {
        Preferences preferences = m_settings->preferences();
        preferences.is_left_to_right = m_actions->action("view.left_to_right")->isChecked();
        applyPreferences(preferences);
    });
    m_actions->connectTo("view.full_screen", [this] {
        setWindowState(windowState() ^ Qt::WindowFullScreen);
        m_actions->action("view.full_screen")->setChecked(isFullScreen());
    });
    m_actions->connectTo("view.theme_system", [this] { applyTheme(ThemeChoice::System); });
    m_actions->connectTo("view.theme_light", [this] { applyTheme(ThemeChoice::Light); });
    m_actions->connectTo("view.theme_dark", [this] { applyTheme(ThemeChoice::Dark); });
    m_actions->connectTo("view.reset_layout", [this] {
        m_settings->forgetDocks();
        m_layouts->apply(DockLayout::Standard);
    });
    m_actions->connectTo("view.layout_edit", [this] { m_layouts->apply(DockLayout::Standard); });
    m_actions->connectTo("view.layout_graph", [this] { m_layouts->apply(DockLayout::Graph); });
    m_actions->connectTo("view.layout_numbers", [this] { m_layouts->apply(DockLayout::Numbers); });
    m_actions->connectTo("view.save_layout", [this] { nameLayout(); });
    connectGoActions();
}

void MainWindow::connectGoActions()
{
    m_actions->connectTo("go.next_panel", [this] { stepPanel(1); });
    m_actions->connectTo("go.previous_panel", [this] { stepPanel(-1); });
    m_actions->connectTo("go.next_layer", [this] { stepLayer(1); });
    m_actions->connectTo("go.previous_layer", [this] { stepLayer(-1); });
    m_actions->connectTo("go.next_problem", [this] { m_problems->step(1); });
    m_actions->connectTo("go.previous_problem", [this] { m_problems->step(-1); });
    m_actions->connectTo("design.baseline", [this] {
        m_document->setBaseline();
        notice(tr("Differences are shown against the design as it is now."));
    });
    m_actions->connectTo("design.swap_baseline", [this] { m_document->swapBaseline(); });
    m_actions->connectTo("design.rerun", [this] { m_document->rerun(); });
    m_actions->connectTo("design.stop", [this] { m_jobs->cancelAll(); });
}

void MainWindow::connectLayerActions()
{
    const auto widen = [this](RelativeFormat::Field field, int bits) {
        RelativeFormat relative;
        relative.field = field;
        relative.add = bits;
        const Layer* layer = m_document->view().findLayer(toUtf8(m_selection->current()));
        if (layer)
            m_editor->setFormat(m_selection->selected(), mainSlot(*layer), relative);
    };
    using Field = RelativeFormat::Field;
    m_actions->connectTo("layer.edit_format", [this] {
        m_docks.inspector->show();
        m_docks.inspector->raise();
        m_inspector->editFormat();
    });
    m_actions->connectTo("layer.width_more", [widen] { widen(Field::Width, 1); });
    m_actions->connectTo("layer.width_less", [widen] { widen(Field::Width, -1); });
    m_actions->connectTo("layer.integer_more", [widen] { widen(Field::IntegerBits, 1); });
    m_actions->connectTo("layer.integer_less", [widen] { widen(Field::IntegerBits, -1); });
    m_actions->connectTo("layer.fit_range", [this] { m_editor->fitToData(m_selection->selected()); });
    m_actions->connectTo("layer.reuse_more", [this] { m_editor->stepReuse(m_selection->selected(), 1); });
    m_actions->connectTo("layer.reuse_less", [this] { m_editor->stepReuse(m_selection->selected(), -1); });
    m_actions->connectTo("layer.lock", [this] {
        m_editor->setLocked(m_selection->selected(), m_actions->action("layer.lock")->isChecked());
    });
    m_actions->connectTo("layer.reset", [this] { m_editor->reset(m_selection->selected()); });
}

void MainWindow::stepLayer(int direction)
{
    const DesignView& view = m_document->view();
    const int count = static_cast<int>(view.layerCount());
    if (count == 0)
        return;
    const Layer* current = view.findLayer(toUtf8(m_selection->current()));
    const int at = current ? static_cast<int>(current - view.layers->data()) : direction > 0 ? -1 : count;
    const int next = std::clamp(at + direction, 0, count - 1);
    select(toQString((*view.layers)[static_cast<std::size_t>(next)].id));
}

namespace {

/// Gives the focus to @p panel, or to the first in it that takes it. @return whether anything did
bool focusIn(QWidget* panel)
{
    if (panel->focusPolicy() & Qt::TabFocus) {
        panel->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    for (QWidget* next = panel->nextInFocusChain(); next && next != panel; next = next->nextInFocusChain()) {
        if (!panel->isAncestorOf(next) || !next->isVisible() || !next->isEnabled() || !(next->focusPolicy() & Qt::TabFocus))
            continue;
        next->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    return false;
}

} // namespace

/// From panel to panel in the order of the eye: search, graph, then what is not hidden behind a tab.
void MainWindow::stepPanel(int direction)
{
    QList<QWidget*> panels{m_query, m_stack->currentWidget()};
    for (QDockWidget* dock : m_docks.all())
        if (!dock->visibleRegion().isEmpty())
            panels.append(dock->widget());
    const auto holdsFocus = [this](const QWidget* panel) {
        return focusWidget() && (panel == focusWidget() || panel->isAncestorOf(focusWidget()));
    };
    const auto at = std::find_if(panels.begin(), panels.end(), holdsFocus) - panels.begin();
    const auto count = panels.size();
    for (qsizetype step = 1; step <= count; ++step)
        if (focusIn(panels[((at == count && direction < 0 ? 0 : at) + direction * step + 2 * count) % count]))
            return;
}

void MainWindow::nameLayout()
{
    m_files->dialogs().ask_name(this, tr("Save layout"), tr("Name of this arrangement of panels:"), [this](const QString& name) {
        m_layouts->save(name);
        notice(tr("The layout '%1' is under View, My layouts.").arg(name.simplified()));
    });
}

void MainWindow::selectSimilar()
{
    const DesignView& view = m_document->view();
    const Layer* current = view.findLayer(toUtf8(m_selection->current()));
    if (!current)
        return;
    QStringList similar;
    for (const Layer& layer : *view.layers)
        if (layer.type == current->type)
            similar.append(toQString(layer.id));
    m_selection->select(similar, m_selection->current());
}

} // namespace bitwright
