// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/file.h"

#include "support/diagnostic_codes.h"
#include "support/file_descriptor.h"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <new>
#include <sys/stat.h>
#include <unistd.h>

namespace bitwright {

std::string systemErrorText(int code)
{
    switch (code) {
    case ENOENT: return "there is no such file or folder";
    case EACCES:
    case EPERM: return "permission is denied";
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "the disk quota is used up";
    case EROFS: return "the file system is read-only";
    case EISDIR: return "it is a folder";
    case ENOTDIR: return "a part of the path is not a folder";
    case ENOTEMPTY:
    case EEXIST: return "something of that name is there already";
    case ENAMETOOLONG: return "the name is too long";
    case ELOOP: return "the path has too many symbolic links";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case EFBIG: return "the file would be too large";
    case EIO: return "the device reports an error";
    case ETXTBSY:
    case EBUSY: return "it is in use";
    case ENOMEM: return "there is not enough memory";
    case EXDEV: return "it lies on another file system";
    default: return fmt::format("the system reports error {}", code);
    }
}

Result<std::string> readFile(const std::string& path, std::int64_t limit_bytes)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen()) {
        if (errno == ENOENT) return Diagnostic{DiagnosticCode::FileNotFound, {path}};
        return Diagnostic{DiagnosticCode::FileUnreadable, {path, systemErrorText(errno)}};
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0)
        return Diagnostic{DiagnosticCode::FileUnreadable, {path, systemErrorText(errno)}};
    if (S_ISDIR(status.st_mode)) return Diagnostic{DiagnosticCode::FileIsFolder, {path}};
    // Pipes and devices have no size that could bound the memory.
    if (!S_ISREG(status.st_mode))
        return Diagnostic{DiagnosticCode::FileUnreadable, {path, "it is not a regular file"}};
    if (status.st_size > limit_bytes)
        return Diagnostic{DiagnosticCode::FileTooLarge,
                          {path, fmt::format("{}", status.st_size), fmt::format("{}", limit_bytes)}};
    std::string bytes;
    try {
        bytes.resize(static_cast<std::size_t>(status.st_size));
    } catch (const std::bad_alloc&) {
        return Diagnostic{DiagnosticCode::FileUnreadable, {path, systemErrorText(ENOMEM)}};
    }
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::read(file.get(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return Diagnostic{DiagnosticCode::FileUnreadable, {path, systemErrorText(errno)}};
        if (count == 0) break; // shortened while it was read
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

} // namespace bitwright
