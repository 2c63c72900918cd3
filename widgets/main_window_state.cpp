// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "widgets/action_registry.h"
#include "widgets/canvas_binding.h"
#include "widgets/dock_layouts.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/graph_view.h"
#include "widgets/job_list.h"
#include "widgets/layer_editor.h"
#include "widgets/layer_table.h"
#include "widgets/log_panel.h"
#include "widgets/message_card.h"
#include "widgets/problems_model.h"
#include "widgets/problems_panel.h"
#include "widgets/project_keeper.h"
#include "widgets/query_bar.h"
#include "widgets/selection_hub.h"
#include "widgets/status_line.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/welcome_page.h"
#include "widgets/window_settings.h"

#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTimer>
#include <QToolBar>

#include <algorithm>
#include <utility>

namespace bitwright {

namespace {

constexpr int kNoticeMilliseconds = 6000;
constexpr int kCharactersOfTheToolBar = 175; ///< what it needs with its texts, query field included

} // namespace

void MainWindow::connectDocument()
{
    connect(m_document, &Document::designChanged, this, [this] {
        takeRecovered();
        keepSelection();
        showFindings();
        refreshCentre();
        refreshPresence();
        refreshTitle();
        if (m_document->hasDesign())
            m_log->append(tr("Opened '%1'.").arg(toQString(m_document->view().model->path)));
    });
    connect(m_document, &Document::configurationChanged, this, [this] {
        refreshTitle();
        refreshPresence();
    });
    connect(m_document, &Document::qualityChanged, this, &MainWindow::refreshPresence);
    connect(m_document, &Document::editRefused, this, &MainWindow::notice);
    connect(m_editor, &LayerEditor::noticed, this, &MainWindow::notice);
    connect(m_selection, &SelectionHub::selectionChanged, this, &MainWindow::refreshPresence);
    connect(m_problems, &ProblemsPanel::countChanged, this, [this](int errors, int warnings) {
        m_status->setProblemCount(errors, warnings);
        refreshPresence();
    });
    connect(m_status, &StatusLine::problemsAsked, this, [this] {
        m_docks.problems->show();
        m_docks.problems->raise();
    });
    connect(m_keeper, &ProjectKeeper::stateChanged, this, &MainWindow::refreshTitle);
    connect(m_keeper, &ProjectKeeper::journalStarted, this, &MainWindow::dropRecovered);
    connect(m_keeper, &ProjectKeeper::journalFailed, this, [this](const Diagnostic& problem) {
        notice(tr("Edits are not protected against a crash: %1").arg(toQString(problem.message())));
    });
    connect(m_theme, &Theme::changed, this, &MainWindow::refreshTheme);
}

void MainWindow::connectCanvas()
{
    connect(m_query, &QueryBar::hitsChanged, this, [this](const std::vector<bool>& hits, const QStringList& ids) {
        m_table->setHits(hits);
        m_canvas->setSearchHits(ids);
    });
    connect(m_query, &QueryBar::left, m_canvas, [this] { m_canvas->setFocus(); });
    connect(m_selection, &SelectionHub::currentChanged, m_canvas, &GraphView::reveal);
    connect(m_canvas, &GraphView::zoomChanged, m_status, &StatusLine::setZoom);
    connect(m_canvas, &GraphView::activated, m_actions->action("layer.edit_format"), &QAction::trigger);
    connect(m_canvas, &GraphView::contextMenuAsked, this, &MainWindow::openCanvasMenu);
    connect(m_canvas, &GraphView::filesDropped, this, &MainWindow::openFiles);
}

void MainWindow::select(const QString& layer)
{
    m_selection->selectOnly(layer);
    m_canvas->reveal(layer);
}

bool MainWindow::isAtRest() const
{
    const bool isDone = !m_files->isOpening() && m_canvasBinding->isUpToDate();
    return isDone && (!m_document->hasDesign() || m_document->isSettled());
}

/// After a reload, what still exists stays selected.
void MainWindow::keepSelection()
{
    const DesignView& view = m_document->view();
    m_query->clear();
    if (!view || !m_document->request().is_reload) {
        m_selection->clear();
        return;
    }
    QSet<QString> existing;
    for (std::size_t i = 0; i < view.layerCount(); ++i)
        existing.insert(toQString((*view.layers)[i].id));
    m_selection->keepOnly(existing);
}

/// What to know about a design before working on it.
void MainWindow::showFindings()
{
    const DesignView& view = m_document->view();
    if (!m_card->isProgress())
        m_card->hide();
    if (!view)
        return;
    const auto unsupported = !view.layers ? 0 : std::count_if(view.layers->begin(), view.layers->end(), [](const Layer& layer) {
        return !layer.unsupported.empty();
    });
    if (unsupported > 0)
        m_card->showNotice(tr("%1 of %2 layers cannot be built").arg(unsupported).arg(view.layerCount()),
                           tr("The graph shows them hatched, with the reason. Estimate, bit-accurate results and export need every layer."));
    if (!m_recoveries.empty())
        notice(tr("Work of an earlier session was not saved: close this design to find it on the welcome page."));
}

void MainWindow::notice(const QString& sentence)
{
    m_status->showMessage(sentence, kNoticeMilliseconds);
    m_log->append(sentence);
}

void MainWindow::refreshPresence()
{
    ActionNeeds present = ActionNeed::Nothing;
    const DesignView& view = m_document->view();
    if (view)
        present |= ActionNeed::Design;
    if (!m_selection->isEmpty())
        present |= ActionNeed::Selection;
    if (m_problems->model()->rowCount() > 0)
        present |= ActionNeed::Problems;
    if (view && view.data)
        present |= ActionNeed::Data;
    m_actions->setPresent(present);
    const QUndoStack* undo = m_document->undoStack();
    m_actions->action("edit.undo")->setEnabled(undo->canUndo());
    m_actions->action("edit.redo")->setEnabled(undo->canRedo());
    if (!m_editor->canPaste())
        m_actions->action("edit.paste_settings")->setEnabled(false);
    const bool isLocked = view && !m_selection->isEmpty() && view.configuration->layer(toUtf8(m_selection->current())).is_locked;
    m_actions->action("layer.lock")->setChecked(isLocked);
}

void MainWindow::refreshTitle()
{
    if (!m_document->hasDesign()) {
        setWindowModified(false);
        setWindowTitle(tr("Bitwright"));
        return;
    }
    const QString path = m_keeper->path().isEmpty() ? toQString(m_document->view().model->path) : m_keeper->path();
    QString name = QFileInfo(path).fileName();
    if (m_keeper->isReadOnly())
        name += tr(" [read only]");
    setWindowTitle(tr("%1[*] — %2 — Bitwright").arg(name, toQString(m_document->view().configuration->design.part)));
    setWindowModified(m_keeper->isModified());
}

void MainWindow::refreshCentre()
{
    const bool hasDesign = m_document->hasDesign();
    m_stack->setCurrentWidget(hasDesign ? static_cast<QWidget*>(m_canvas) : m_welcome);
    m_query->setEnabled(hasDesign);
    m_status->setZoomVisible(hasDesign);
    if (hasDesign)
        showDocks();
    else
        hideDocks();
    m_budgetBar->setVisible(hasDesign);
}

/// Without a design every panel would be empty, so the welcome page has the window to itself.
void MainWindow::hideDocks()
{
    const bool isShown = std::ranges::any_of(m_docks.all(), [](const QDockWidget* dock) { return !dock->isHidden(); });
    if (m_wasShown && isShown && m_dockState.isEmpty())
        m_dockState = saveState();
    for (QDockWidget* dock : m_docks.all())
        dock->hide();
}

void MainWindow::showDocks()
{
    const QByteArray state = std::exchange(m_dockState, {});
    const bool isAnyShown = std::ranges::any_of(m_docks.all(), [](const QDockWidget* dock) { return !dock->isHidden(); });
    if (isAnyShown || (!state.isEmpty() && restoreState(state)))
        return;
    m_layouts->apply(DockLayout::Standard);
}

void MainWindow::refreshTheme()
{
    m_actions->refreshIcons();
    m_actions->action("view.theme_system")->setChecked(m_theme->choice() == ThemeChoice::System);
    m_actions->action("view.theme_light")->setChecked(m_theme->choice() == ThemeChoice::Light);
    m_actions->action("view.theme_dark")->setChecked(m_theme->choice() == ThemeChoice::Dark);
}

void MainWindow::applyTheme(ThemeChoice choice)
{
    m_theme->setChoice(choice);
    m_settings->setTheme(m_theme->choice());
    refreshTheme();
}

void MainWindow::applyPreferences(const Preferences& preferences)
{
    m_settings->setPreferences(preferences);
    m_theme->setFontPercent(preferences.font_percent);
    m_canvas->setWheelScrolls(preferences.wheel_scrolls);
    m_canvas->setDirection(preferences.is_left_to_right ? LayoutDirection::LeftToRight : LayoutDirection::TopToBottom);
    m_canvas->setMinimapVisible(preferences.has_minimap);
    m_document->setEvaluation(preferences.threads, preferences.first_samples);
    m_actions->action("view.left_to_right")->setChecked(preferences.is_left_to_right);
    m_actions->action("view.minimap")->setChecked(preferences.has_minimap);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const bool isNarrow = width() < fontMetrics().averageCharWidth() * kCharactersOfTheToolBar;
    m_toolBar->setToolButtonStyle(isNarrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_isCloseAgreed && m_keeper->isModified()) {
        event->ignore();
        m_files->whenSafe([this] {
            m_isCloseAgreed = true;
            close();
        });
        return;
    }
    m_settings->setLayout(saveGeometry(), m_dockState.isEmpty() ? saveState() : m_dockState, m_table->saveColumns());
    m_jobs->cancelAll();
    m_keeper->forget();
    event->accept();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_wasShown, true))
        return;
    // Dock sizes are lost when the state is restored before the window has its own size.
    QTimer::singleShot(0, this, [this] {
        const QByteArray columns = m_settings->columns();
        if (!columns.isEmpty())
            m_table->restoreColumns(columns);
        m_dockState = m_settings->docks();
        hideDocks();
        refreshCentre();
    });
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        m_actions->action("view.full_screen")->setChecked(isFullScreen());
}

} // namespace bitwright
