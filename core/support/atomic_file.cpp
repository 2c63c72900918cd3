// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/atomic_file.h"

#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bitwright {
namespace fs = std::filesystem;
namespace {

Diagnostic unwritable(const std::string& path, int code)
{
    return Diagnostic{DiagnosticCode::FileUnwritable, {path, systemErrorText(code)}};
}

Diagnostic folderUnwritable(const std::string& path, int code)
{
    return Diagnostic{DiagnosticCode::FolderUnwritable, {path, systemErrorText(code)}};
}

/// A hidden name beside @p path that nobody else uses.
std::string temporaryNeighbour(const fs::path& path)
{
    std::uint64_t salt = 0;
    if (::getrandom(&salt, sizeof salt, 0) != sizeof salt) salt = static_cast<std::uint64_t>(::getpid());
    // Long file names keep their head only, so that the temporary name is legal wherever the target is.
    const std::string stem = path.filename().string().substr(0, 100);
    return (path.parent_path() / fmt::format(".{}.{:016x}.tmp", stem, salt)).string();
}

int writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

/// The rename itself is on disk only when the folder is.
void syncFolder(const fs::path& folder)
{
    const FileDescriptor file(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.isOpen()) ::fsync(file.get());
}

/// Writes and flushes a new file. @return 0 or the errno
int writeNewFile(const std::string& path, std::string_view bytes, mode_t mode)
{
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file.isOpen()) return errno;
    if (mode != 0) ::fchmod(file.get(), mode);
    if (const int code = writeAll(file.get(), bytes); code != 0) return code;
    if (::fsync(file.get()) != 0 && errno != EINVAL && errno != EROFS) return errno;
    return file.close() ? 0 : errno;
}

Result<void> writeInPlace(const std::string& path, std::string_view bytes)
{
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.isOpen()) return unwritable(path, errno);
    if (const int code = writeAll(file.get(), bytes); code != 0) return unwritable(path, code);
    return file.close() ? Result<void>{} : unwritable(path, errno);
}

/// Keeps the old file under @p backup without a moment in which there is none of either.
int keepBackup(const std::string& path, const std::string& backup)
{
    const std::string temporary = temporaryNeighbour(backup);
    if (::link(path.c_str(), temporary.c_str()) == 0) {
        if (::rename(temporary.c_str(), backup.c_str()) == 0) return 0;
        const int code = errno;
        ::unlink(temporary.c_str());
        return code;
    }
    // File systems without hard links.
    std::error_code problem;
    fs::copy_file(path, backup, fs::copy_options::overwrite_existing, problem);
    return problem.value();
}

} // namespace

Result<void> writeFileAtomically(const std::string& path, std::string_view bytes, const std::string& backup_path)
{
    std::error_code problem;
    fs::path real = fs::is_symlink(path, problem) ? fs::weakly_canonical(path, problem) : fs::path(path);
    if (problem || real.empty()) real = path;

    struct stat status{};
    const bool exists = ::stat(real.c_str(), &status) == 0;
    if (!exists && errno != ENOENT) return unwritable(path, errno);
    if (exists && S_ISDIR(status.st_mode)) return Diagnostic{DiagnosticCode::FileIsFolder, {path}};
    if (exists && !S_ISREG(status.st_mode)) return writeInPlace(path, bytes);
    // A rename would go round the protection of a read-only file.
    if (exists && ::access(real.c_str(), W_OK) != 0) return unwritable(path, errno);

    const std::string temporary = temporaryNeighbour(real);
    int code = writeNewFile(temporary, bytes, exists ? status.st_mode & 07777 : 0);
    if (code == 0 && exists && !backup_path.empty()) code = keepBackup(real.string(), backup_path);
    if (code == 0 && ::rename(temporary.c_str(), real.c_str()) != 0) code = errno;
    if (code != 0) {
        ::unlink(temporary.c_str());
        return unwritable(path, code);
    }
    syncFolder(real.parent_path());
    return {};
}

bool isAbsentOrEmptyFolder(const std::string& path)
{
    std::error_code problem;
    if (!fs::exists(path, problem)) return !problem;
    return fs::is_directory(path, problem) && fs::is_empty(path, problem) && !problem;
}

Result<AtomicFolder> AtomicFolder::create(const std::string& target, ExistingFolder existing)
{
    std::error_code problem;
    fs::path place = fs::path(target).lexically_normal();
    if (!place.has_filename()) place = place.parent_path(); // "out/" is "out"
    if (fs::is_symlink(place, problem)) place = fs::weakly_canonical(place, problem);
    if (place.empty() || place.filename() == "." || place.filename() == "..")
        place = fs::absolute(place, problem).lexically_normal();
    if (!place.has_filename()) place = place.parent_path();

    if (fs::exists(place, problem) && !fs::is_directory(place, problem))
        return Diagnostic{DiagnosticCode::FolderUnwritable, {target, "a file of that name is there"}};
    if (existing == ExistingFolder::Refuse && !isAbsentOrEmptyFolder(place.string()))
        return Diagnostic{DiagnosticCode::FolderNotEmpty, {target}, {}, "Choose a new or an empty folder."};

    if (place.has_parent_path()) fs::create_directories(place.parent_path(), problem);
    if (problem) return folderUnwritable(target, problem.value());
    AtomicFolder folder;
    folder.m_target = place.string();
    folder.m_existing = existing;
    const std::string temporary = temporaryNeighbour(place);
    if (::mkdir(temporary.c_str(), 0777) != 0) return folderUnwritable(target, errno);
    folder.m_temporary = temporary;
    return folder;
}

AtomicFolder::~AtomicFolder()
{
    std::error_code ignored;
    if (!m_temporary.empty()) fs::remove_all(m_temporary, ignored);
}

AtomicFolder::AtomicFolder(AtomicFolder&& other) noexcept
    : m_target(std::move(other.m_target)), m_temporary(std::exchange(other.m_temporary, {})),
      m_existing(other.m_existing)
{
}

AtomicFolder& AtomicFolder::operator=(AtomicFolder&& other) noexcept
{
    std::swap(m_target, other.m_target);
    std::swap(m_temporary, other.m_temporary);
    std::swap(m_existing, other.m_existing);
    return *this;
}

Result<void> AtomicFolder::write(const std::string& relative_path, std::string_view bytes) const
{
    const fs::path path = fs::path(m_temporary) / relative_path;
    const std::string shown = (fs::path(m_target) / relative_path).string();
    std::error_code problem;
    fs::create_directories(path.parent_path(), problem);
    if (problem) return unwritable(shown, problem.value());
    ::unlink(path.c_str());
    const int code = writeNewFile(path.string(), bytes, 0);
    return code == 0 ? Result<void>{} : unwritable(shown, code);
}

Result<void> AtomicFolder::commit()
{
    std::error_code problem;
    for (auto entry = fs::recursive_directory_iterator(m_temporary, problem);
         !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
        if (entry->is_directory(problem)) syncFolder(entry->path());
    }
    if (problem) return folderUnwritable(m_target, problem.value());
    syncFolder(m_temporary);

    // rename() replaces an empty folder; a filled one changes places with the new one in one step.
    if (::rename(m_temporary.c_str(), m_target.c_str()) == 0) {
        m_temporary.clear();
    } else if (errno != ENOTEMPTY && errno != EEXIST) {
        return folderUnwritable(m_target, errno);
    } else if (m_existing == ExistingFolder::Refuse) {
        return Diagnostic{DiagnosticCode::FolderNotEmpty, {m_target}, {}, "Choose a new or an empty folder."};
    } else if (::renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_target.c_str(), RENAME_EXCHANGE) != 0) {
        const std::string aside = temporaryNeighbour(m_target); // file systems that cannot exchange
        if (::rename(m_target.c_str(), aside.c_str()) != 0) return folderUnwritable(m_target, errno);
        if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
            const int code = errno;
            ::rename(aside.c_str(), m_target.c_str());
            return folderUnwritable(m_target, code);
        }
        m_temporary = aside;
    }
    syncFolder(fs::path(m_target).parent_path());
    if (!m_temporary.empty()) fs::remove_all(m_temporary, problem); // the old contents
    m_temporary.clear();
    return {};
}

Result<FileLock> FileLock::acquire(const std::string& path)
{
    FileLock lock;
    // The owner removes its file on release, so a lock may be gained on a file that is no longer there: try again.
    for (int attempt = 0; attempt < 8; ++attempt) {
        lock.m_file = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (!lock.m_file.isOpen()) return unwritable(path, errno);
        if (::flock(lock.m_file.get(), LOCK_EX | LOCK_NB) != 0) {
            std::array<char, 200> owner{};
            const ssize_t length = ::pread(lock.m_file.get(), owner.data(), owner.size(), 0);
            std::string text(owner.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
            while (!text.empty() && text.back() == '\n')
                text.pop_back();
            return Diagnostic{DiagnosticCode::FileLocked, {path, text.empty() ? "another program" : text}};
        }
        struct stat held{};
        struct stat named{};
        if (::fstat(lock.m_file.get(), &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
            held.st_ino == named.st_ino && held.st_dev == named.st_dev) {
            std::array<char, 256> host{};
            ::gethostname(host.data(), host.size() - 1);
            const std::string owner = fmt::format("process {} on {}\n", ::getpid(), host.data());
            if (::ftruncate(lock.m_file.get(), 0) == 0) writeAll(lock.m_file.get(), owner);
            lock.m_path = path;
            return lock;
        }
    }
    return Diagnostic{DiagnosticCode::FileLocked, {path, "another program"}};
}

FileLock::~FileLock()
{
    if (m_file.isOpen() && !m_path.empty()) ::unlink(m_path.c_str());
}

FileLock::FileLock(FileLock&& other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_file(std::move(other.m_file))
{
}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_file, other.m_file);
    return *this;
}

} // namespace bitwright
