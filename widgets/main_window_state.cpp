// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "widgets/action_registry.h"
#include "widgets/canvas_binding.h"
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
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QTimer>
#include <QToolBar>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace bitwright {

namespace {

constexpr int kNoticeMilliseconds = 6000;

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

} // namespace

void MainWindow::connectDocument()
{
    connect(m_document, &Document::designChanged, this, [this] {
        dropRecovered();
        m_query->clear();
        m_selection->clear();
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
        m_docks[5]->show();
        m_docks[5]->raise();
    });
    connect(m_keeper, &ProjectKeeper::stateChanged, this, &MainWindow::refreshTitle);
    connect(m_keeper, &ProjectKeeper::journalFailed, this, [this](const Diagnostic& problem) {
        notice(tr("Edits are not protected against a crash: %1").arg(toQString(problem.message())));
    });
    connect(m_theme, &Theme::changed, this, &MainWindow::refreshTheme);
}

void MainWindow::connectFiles()
{
    connect(m_files, &FileController::openProgress, m_card, &MessageCard::showProgress);
    connect(m_files, &FileController::openEnded, this, [this] {
        m_recovering = -1; // not opened: it stays on the list
        if (m_card->isProgress())
            m_card->hide();
        m_welcome->setRecentFiles(m_settings->recentFiles());
    });
    connect(m_files, &FileController::failed, this, [this](const QString& title, const Diagnostic& problem) {
        m_card->showProblem(title, problem);
        m_log->append(title + QStringLiteral(". ") + toQString(problem.rendered()));
    });
    connect(m_files, &FileController::noticed, this, &MainWindow::notice);
    connect(m_card, &MessageCard::cancelled, m_files, &FileController::cancelOpening);
    connect(m_welcome, &WelcomePage::openAsked, m_files, &FileController::askAndOpen);
    connect(m_welcome, &WelcomePage::fileChosen, this, [this](const QString& path) { openFiles({path}); });
    connect(m_welcome, &WelcomePage::sampleChosen, this, &MainWindow::openSample);
    connect(m_welcome, &WelcomePage::recoveryChosen, this, &MainWindow::openRecovered);
    connect(m_welcome, &WelcomePage::recoveryDiscarded, this, [this](int index) {
        const auto at = static_cast<std::size_t>(index);
        discardRecovery(m_recoveries[at]);
        m_recoveries.erase(m_recoveries.begin() + index);
        m_welcome->setRecoveries(m_recoveries);
    });
    m_welcome->setRecentFiles(m_settings->recentFiles());
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

void MainWindow::open(const OpenRequest& request)
{
    m_files->open(request);
}

void MainWindow::openFiles(const QStringList& paths)
{
    m_files->openFiles(paths);
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

void MainWindow::openSample(const QString& id)
{
    for (const Sample& sample : m_samples) {
        if (sample.id != id)
            continue;
        OpenRequest request;
        request.model = toUtf8(sample.model);
        if (!sample.input.isEmpty())
            request.data = datasetPaths({sample.input}, sample.labels, nullptr);
        m_files->whenSafe([this, request] { m_files->open(request); });
    }
}

void MainWindow::findRecovered()
{
    m_recoveries = findRecoveries(toUtf8(m_settings->recoveryFolder()));
    m_welcome->setRecoveries(m_recoveries);
}

void MainWindow::openRecovered(int index)
{
    const Recovery& recovery = m_recoveries[static_cast<std::size_t>(index)];
    OpenRequest request;
    request.project = recovery.project_path;
    request.recovered = recovery.project;
    m_recovering = index;
    m_files->open(request);
}

void MainWindow::dropRecovered()
{
    const int index = std::exchange(m_recovering, -1);
    if (index < 0)
        return;
    discardRecovery(m_recoveries[static_cast<std::size_t>(index)]); // the open design has a journal of its own now
    m_recoveries.erase(m_recoveries.begin() + index);
    m_welcome->setRecoveries(m_recoveries);
}

void MainWindow::fillRecentMenu()
{
    auto* menu = findChild<QMenu*>(QStringLiteral("recentMenu"));
    menu->clear();
    int number = 0;
    for (const QString& path : m_settings->recentFiles()) {
        QAction* action = menu->addAction(QFileInfo(path).fileName(), this, [this, path] { openFiles({path}); });
        action->setToolTip(path);
        action->setEnabled(QFileInfo::exists(path));
        if (++number <= 9)
            action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    }
    menu->addSeparator();
    menu->addAction(tr("Clear list"), this, [this] {
        m_settings->clearRecentFiles();
        m_welcome->setRecentFiles({});
    });
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
    const bool isShown = std::any_of(m_docks.begin(), m_docks.end(), [](const QDockWidget* dock) { return !dock->isHidden(); });
    if (m_wasShown && isShown && m_dockState.isEmpty())
        m_dockState = saveState();
    for (QDockWidget* dock : m_docks)
        dock->hide();
}

void MainWindow::showDocks()
{
    const QByteArray state = std::exchange(m_dockState, {});
    const bool isAnyShown = std::any_of(m_docks.begin(), m_docks.end(), [](const QDockWidget* dock) { return !dock->isHidden(); });
    if (isAnyShown || (!state.isEmpty() && restoreState(state)))
        return;
    for (QDockWidget* dock : m_docks)
        dock->show();
    arrangeDocks();
}

void MainWindow::refreshTheme()
{
    m_actions->refreshIcons();
    m_actions->action("view.theme_system")->setChecked(m_theme->choice() == ThemeChoice::System);
    m_actions->action("view.theme_light")->setChecked(m_theme->choice() == ThemeChoice::Light);
    m_actions->action("view.theme_dark")->setChecked(m_theme->choice() == ThemeChoice::Dark);
}

void MainWindow::applyTheme(int choice)
{
    m_theme->setChoice(static_cast<ThemeChoice>(choice));
    m_settings->setTheme(m_theme->choice());
    refreshTheme();
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

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QStringList files = localFiles(event->mimeData());
    const QString text = files.isEmpty() ? QString() : m_files->dropText(files);
    if (text.isEmpty())
        return;
    m_welcome->setDropText(text);
    m_status->showMessage(text);
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    m_welcome->setDropText({});
    m_status->clearMessage();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_welcome->setDropText({});
    m_status->clearMessage();
    event->acceptProposedAction();
    openFiles(localFiles(event->mimeData()));
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        m_actions->action("view.full_screen")->setChecked(isFullScreen());
}

} // namespace bitwright
