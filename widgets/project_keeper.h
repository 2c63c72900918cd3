// SPDX-License-Identifier: GPL-3.0-or-later
/// The project of the open design on disk: saving, and the journal that a crash leaves behind (gui.md 3.13 and 3.14).
#pragma once

#include <memory>

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include "project/journal.h"
#include "project/project.h"
#include "widgets/latest_job.h"

namespace bitwright {

class Document;
struct OpenedDesign;

/// Everything that touches the disk runs on one thread of its own, in order.
class ProjectKeeper final : public QObject {
    Q_OBJECT
public:
    /// @p journalFolder empty: no journal.
    ProjectKeeper(Document* document, const QString& journalFolder, QObject* parent = nullptr);
    ~ProjectKeeper() override;

    /// Starts journalling what was just opened; what was recovered counts as modified. A reloaded model changes neither.
    void adopt(const OpenedDesign& opened);
    /// The user closed the design: nothing is left to recover.
    void forget();
    /// Where the project lies; empty when it was never saved.
    const QString& path() const { return m_path; }
    /// The project with its present configuration and data.
    Project present() const;
    bool isReadOnly() const { return m_isReadOnly; }
    bool isModified() const;
    void save(const QString& path);
    QString journalFolder() const { return m_journalFolder; }

Q_SIGNALS:
    void saved(const QString& path);
    void saveFailed(const QString& path, const Diagnostic& problem);
    void journalFailed(const Diagnostic& problem);
    void journalStarted(); ///< what was opened last survives a crash from now on
    void stateChanged(); ///< path, read-only or modified

private:
    struct Shared; ///< the journal, touched by the disk thread alone
    struct SaveOutcome {
        QString path;
        Project project;
        std::optional<Diagnostic> problem;
        std::shared_ptr<const Configuration> configuration; ///< that was saved
    };

    void startJournal(std::int64_t unsavedEdits);
    void record();
    void recordData();
    void takeSaved(const SaveOutcome& outcome);
    void onDisk(std::function<std::optional<Diagnostic>(Shared&)> work);

    Document* m_document;
    QString m_journalFolder;
    QString m_path;
    Project m_project;
    bool m_isReadOnly = false;
    bool m_wasRecovered = false;
    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<FileLock> m_lock;
    QThreadPool m_disk;
    QTimer m_syncTimer;
    LatestJob<SaveOutcome> m_saveJob;
};

} // namespace bitwright
