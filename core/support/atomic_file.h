// SPDX-License-Identifier: GPL-3.0-or-later
/// Files and folders that appear whole or not at all (temporary neighbour, fsync, rename), and a lock.
#pragma once

#include <string>
#include <string_view>

#include "support/file_descriptor.h"
#include "support/result.h"

namespace bitwright {

/// Replaces the file @p path by @p bytes. On failure the old file is as it was. A symbolic link stays a
/// link; devices and pipes are written directly.
/// @param backup_path where the old contents stay, if any; empty: nowhere
/// @error FileIsFolder, FileUnwritable
Result<void> writeFileAtomically(const std::string& path, std::string_view bytes,
                                 const std::string& backup_path = {});

/// What may stand where a new folder goes.
enum class ExistingFolder {
    Refuse,  ///< nothing, or an empty folder
    Replace, ///< anything that is a folder; the caller has made sure that it is ours
};

/// A folder that is filled under a temporary name beside its target and then takes the target's place.
class AtomicFolder {
public:
    /// Creates the temporary folder, and missing parents of @p target. @error FolderUnwritable, FolderNotEmpty
    static Result<AtomicFolder> create(const std::string& target, ExistingFolder existing);
    /// Removes what was not committed.
    ~AtomicFolder();
    AtomicFolder(AtomicFolder&& other) noexcept;
    AtomicFolder& operator=(AtomicFolder&& other) noexcept;

    /// Where to write; valid until commit.
    const std::string& path() const { return m_temporary; }
    const std::string& target() const { return m_target; }
    /// Writes one file below the temporary folder, with its parent folders. @error FileUnwritable
    Result<void> write(const std::string& relative_path, std::string_view bytes) const;
    /// Flushes everything to disk and puts it in place. @error FolderUnwritable, FolderNotEmpty
    Result<void> commit();

private:
    AtomicFolder() = default;

    std::string m_target;
    std::string m_temporary;
    ExistingFolder m_existing = ExistingFolder::Refuse;
};

/// Whether @p path is a folder that holds nothing, or does not exist.
bool isAbsentOrEmptyFolder(const std::string& path);

/// An advisory lock (`flock`) that dies with its process, so a crash leaves nothing stale.
class FileLock {
public:
    /// Creates @p path if needed and locks it without waiting; the file holds the owner's process id and host.
    /// @error FileLocked with the owner, FileUnwritable
    static Result<FileLock> acquire(const std::string& path);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;

private:
    FileLock() = default;

    std::string m_path;
    FileDescriptor m_file;
};

} // namespace bitwright
