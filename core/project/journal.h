// SPDX-License-Identifier: GPL-3.0-or-later
/// Every edit on disk as it is made, so that a crash or `kill -9` loses nothing: recovery = last save + journal.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "project/project.h"
#include "support/atomic_file.h"
#include "support/result.h"

namespace bitwright {

/// The journal of one open document: a base (the project as last saved or opened) and one line per edit. Lines are
/// appended, so an edit costs microseconds and what it changed; a line cut short by a crash is ignored.
class Journal {
public:
    /// Starts a journal in @p folder (made if needed). @p project_path is "" for a project that was never saved,
    /// @p unsaved_edits how many edits @p project holds beyond its last save: those of a recovered one.
    /// @error FolderUnwritable, FileUnwritable
    static Result<Journal> start(const std::string& folder, const Project& project, const std::string& project_path,
                                 std::int64_t unsaved_edits = 0);
    Journal(Journal&&) noexcept = default;
    Journal& operator=(Journal&&) noexcept = default;
    /// Leaves the file where it is, as a crash would.
    ~Journal() = default;

    /// Appends what differs from the last record. After it returns, the end of the process loses nothing.
    Result<void> record(const Configuration& now);
    /// Begins anew: the project was saved, or more than its configuration changed.
    Result<void> rebase(const Project& project, const std::string& project_path, std::int64_t unsaved_edits = 0);
    /// Waits until the disk has it, for power failures; call from a worker at most once a second.
    Result<void> sync();
    /// The document was closed cleanly: removes the journal.
    void discard();

    const std::string& path() const { return m_path; }
    std::int64_t edits() const { return m_edits; } ///< since the last save

private:
    Journal() = default;

    std::string m_path;
    FileDescriptor m_file;
    std::unique_ptr<FileLock> m_lock;
    Configuration m_last;
    std::int64_t m_edits = 0;
};

/// A document that a dead process left behind. Holds the journal's lock, so no two windows offer the same one.
struct Recovery {
    std::string journal; ///< its path
    std::string project_path; ///< "" for a project that was never saved
    Project project;          ///< with all edits
    std::int64_t edits = 0;   ///< beyond the last save
    std::shared_ptr<FileLock> lock;
};

/// Journals in @p folder whose process is gone. Unreadable ones are left out.
std::vector<Recovery> findRecoveries(const std::string& folder);
/// Removes a journal that was recovered or refused.
void discardRecovery(const Recovery& recovery);

} // namespace bitwright
