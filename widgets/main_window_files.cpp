// SPDX-License-Identifier: GPL-3.0-or-later
// Files of the main window: opening, dropping, recent ones, and what a crash left.
#include "widgets/main_window.h"

#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/log_panel.h"
#include "widgets/message_card.h"
#include "widgets/project_keeper.h"
#include "widgets/status_line.h"
#include "widgets/text.h"
#include "widgets/welcome_page.h"
#include "widgets/window_settings.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <utility>

namespace bitwright {

namespace {

constexpr int kMostWithKeys = 9;

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

} // namespace

void MainWindow::connectFiles()
{
    connect(m_files, &FileController::openProgress, m_card, &MessageCard::showProgress);
    connect(m_files, &FileController::openEnded, this, [this] {
        m_recovering = -1; // not opened: it stays on the list
        if (m_card->isProgress())
            m_card->hide();
        refreshRecent();
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
    connect(m_keeper, &ProjectKeeper::saved, this, &MainWindow::refreshRecent);
    refreshRecent();
}

void MainWindow::open(const OpenRequest& request)
{
    m_files->open(request);
}

void MainWindow::openFiles(const QStringList& paths)
{
    m_files->openFiles(paths);
}

void MainWindow::reopenLast()
{
    const QStringList recent = m_settings->recentFiles();
    if (m_settings->preferences().reopens_last && m_recoveries.empty() && !recent.isEmpty() && QFileInfo::exists(recent.front()))
        openFiles({recent.front()});
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
    std::erase_if(m_recoveries, [](const Recovery& recovery) {
        if (recovery.edits == 0)
            discardRecovery(recovery); // all of it is in the files that were opened
        return recovery.edits == 0;
    });
    m_welcome->setRecoveries(m_recoveries);
}

void MainWindow::openRecovered(int index)
{
    const Recovery& recovery = m_recoveries[static_cast<std::size_t>(index)];
    OpenRequest request;
    request.project = recovery.project_path;
    request.recovered = recovery.project;
    request.recovered_edits = recovery.edits;
    m_files->whenSafe([this, index, request] {
        m_files->open(request);
        m_recovering = index;
    });
}

/// The old journal goes when the open design has one of its own, so that no moment is without.
void MainWindow::takeRecovered()
{
    const int index = std::exchange(m_recovering, -1);
    if (index < 0)
        return;
    m_recovered = std::move(m_recoveries[static_cast<std::size_t>(index)]);
    m_recoveries.erase(m_recoveries.begin() + index);
    m_welcome->setRecoveries(m_recoveries);
}

void MainWindow::dropRecovered()
{
    if (const std::optional<Recovery> recovered = std::exchange(m_recovered, std::nullopt))
        discardRecovery(*recovered);
}

/// Filled before it is looked at, because its keys work without looking.
void MainWindow::refreshRecent()
{
    m_welcome->setRecentFiles(m_settings->recentFiles());
    auto* menu = findChild<QMenu*>(QStringLiteral("recentMenu"));
    menu->clear();
    int number = 0;
    for (const QString& path : m_settings->recentFiles()) {
        QAction* action = menu->addAction(QFileInfo(path).fileName().replace(QLatin1Char('&'), QLatin1String("&&")), this,
                                          [this, path] { openFiles({path}); });
        action->setToolTip(path);
        action->setEnabled(QFileInfo::exists(path));
        if (++number <= kMostWithKeys)
            action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    }
    menu->addSeparator();
    menu->addAction(tr("Clear list"), this, [this] {
        m_settings->clearRecentFiles();
        QMetaObject::invokeMethod(this, &MainWindow::refreshRecent, Qt::QueuedConnection); // not under its own signal
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

} // namespace bitwright
