// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project_keeper.h"

#include "widgets/document.h"
#include "widgets/text.h"

#include <utility>

namespace bitwright {

namespace {

constexpr int kSyncMilliseconds = 1000;

} // namespace

struct ProjectKeeper::Shared {
    std::optional<Journal> journal;
    bool is_unsynced = false;
};

ProjectKeeper::ProjectKeeper(Document* document, const QString& journalFolder, QObject* parent)
    : QObject(parent), m_document(document), m_journalFolder(journalFolder), m_shared(std::make_shared<Shared>()),
      m_saveJob(&m_disk, [this](const SaveOutcome& outcome) { takeSaved(outcome); })
{
    m_disk.setMaxThreadCount(1);
    m_syncTimer.setInterval(kSyncMilliseconds);
    connect(&m_syncTimer, &QTimer::timeout, this, [this] {
        m_syncTimer.stop();
        onDisk([](Shared& shared) -> std::optional<Diagnostic> {
            if (!shared.journal || !std::exchange(shared.is_unsynced, false))
                return std::nullopt;
            const Result<void> synced = shared.journal->sync();
            return synced ? std::nullopt : std::optional(synced.error());
        });
    });
    connect(document, &Document::configurationChanged, this, &ProjectKeeper::record);
    connect(document, &Document::dataChanged, this, &ProjectKeeper::recordData);
    connect(document->undoStack(), &QUndoStack::cleanChanged, this, &ProjectKeeper::stateChanged);
}

ProjectKeeper::~ProjectKeeper()
{
    m_disk.waitForDone();
}

void ProjectKeeper::onDisk(std::function<std::optional<Diagnostic>(Shared&)> work)
{
    if (m_journalFolder.isEmpty())
        return;
    m_disk.start([this, shared = m_shared, work = std::move(work)] {
        const std::optional<Diagnostic> problem = work(*shared);
        // The destructor waits for this thread, so the keeper is alive here.
        if (problem)
            QMetaObject::invokeMethod(this, [this, problem] { Q_EMIT journalFailed(*problem); }, Qt::QueuedConnection);
    });
}

void ProjectKeeper::adopt(const OpenedDesign& opened)
{
    if (opened.request.is_reload) {
        m_project.model = opened.project.project.model;
        return;
    }
    m_project = opened.project.project;
    m_isReadOnly = opened.project.is_read_only;
    m_path = toQString(opened.request.project);
    m_wasRecovered = opened.request.recovered.has_value();
    m_lock.reset();
    if (!m_path.isEmpty() && !m_isReadOnly) {
        if (auto lock = lockProject(toUtf8(m_path)))
            m_lock = std::make_unique<FileLock>(*std::move(lock));
        else
            m_isReadOnly = true;
    }
    startJournal(opened.request.recovered_edits);
    Q_EMIT stateChanged();
}

void ProjectKeeper::startJournal(std::int64_t unsavedEdits)
{
    onDisk([this, unsavedEdits, folder = toUtf8(m_journalFolder), project = m_project,
            path = toUtf8(m_path)](Shared& shared) -> std::optional<Diagnostic> {
        if (shared.journal)
            shared.journal->discard();
        auto started = Journal::start(folder, project, path, unsavedEdits);
        if (!started) {
            shared.journal.reset();
            return started.error();
        }
        shared.journal.emplace(*std::move(started));
        QMetaObject::invokeMethod(this, &ProjectKeeper::journalStarted, Qt::QueuedConnection);
        return std::nullopt;
    });
}

void ProjectKeeper::forget()
{
    onDisk([](Shared& shared) -> std::optional<Diagnostic> {
        if (shared.journal)
            shared.journal->discard();
        shared.journal.reset();
        return std::nullopt;
    });
    m_path.clear();
    m_project = {};
    m_isReadOnly = m_wasRecovered = false;
    m_lock.reset();
    Q_EMIT stateChanged();
}

void ProjectKeeper::record()
{
    onDisk([configuration = m_document->view().configuration](Shared& shared) -> std::optional<Diagnostic> {
        if (!shared.journal)
            return std::nullopt;
        const Result<void> recorded = shared.journal->record(*configuration);
        shared.is_unsynced = true;
        return recorded ? std::nullopt : std::optional(recorded.error());
    });
    if (!m_syncTimer.isActive())
        m_syncTimer.start();
}

void ProjectKeeper::recordData()
{
    onDisk([project = present(), path = toUtf8(m_path)](Shared& shared) -> std::optional<Diagnostic> {
        if (!shared.journal)
            return std::nullopt;
        const Result<void> based = shared.journal->rebase(project, path, shared.journal->edits() + 1);
        return based ? std::nullopt : std::optional(based.error());
    });
    Q_EMIT stateChanged();
}

bool ProjectKeeper::isModified() const
{
    return m_document->hasDesign()
           && (m_wasRecovered || !m_document->undoStack()->isClean() || m_document->request().data != m_project.data);
}

Project ProjectKeeper::present() const
{
    Project project = m_project;
    project.configuration = *m_document->view().configuration;
    project.data = m_document->request().data;
    return project;
}

void ProjectKeeper::save(const QString& path)
{
    Project project = present();
    m_saveJob.start([shared = m_shared, project = std::move(project), path, configuration = m_document->view().configuration](
                        std::stop_token, const LatestJob<SaveOutcome>::Emit& emit) {
        SaveOutcome outcome{path, project, {}, configuration};
        const std::string file = toUtf8(path);
        if (const Result<void> written = writeProject(file, outcome.project); !written)
            outcome.problem = written.error();
        else if (shared->journal)
            (void)shared->journal->rebase(outcome.project, file); // the project itself is safe on disk
        emit(std::move(outcome));
    });
}

void ProjectKeeper::takeSaved(const SaveOutcome& outcome)
{
    if (outcome.problem) {
        Q_EMIT saveFailed(outcome.path, *outcome.problem);
        return;
    }
    if (m_path != outcome.path) {
        m_lock.reset();
        if (auto lock = lockProject(toUtf8(outcome.path)))
            m_lock = std::make_unique<FileLock>(*std::move(lock));
    }
    m_path = outcome.path;
    m_project = outcome.project;
    m_isReadOnly = m_wasRecovered = false;
    if (m_document->view().configuration == outcome.configuration)
        m_document->undoStack()->setClean();
    Q_EMIT saved(outcome.path);
    Q_EMIT stateChanged();
}

} // namespace bitwright
