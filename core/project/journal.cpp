// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/journal.h"

#include "project/configuration_json.h"
#include "project/project_json.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bitwright {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kJournalFormatName = "bitwright-journal";
constexpr std::string_view kSuffix = ".journal";
constexpr std::int64_t kLargestJournal = std::int64_t{1} << 30;

Diagnostic unwritable(const std::string& path, int code)
{
    return Diagnostic{DiagnosticCode::FileUnwritable, {path, systemErrorText(code)}};
}

std::string lockPath(const std::string& journal)
{
    return journal + ".lock";
}

/// The first line: what the edits start from.
std::string baseLine(const Project& project, const std::string& project_path, std::int64_t unsaved_edits)
{
    nlohmann::json base;
    int line = 0;
    parseJson(formatProject(project, project_path.empty() ? "/unsaved" : project_path), base, line);
    const nlohmann::json json{
        {"base", base},
        {"format", kJournalFormatName},
        {"project_path", project_path},
        {"unsaved_edits", unsaved_edits},
        {"version", 1}};
    return formatJson(json, true) + "\n";
}

/// Reads base and edits; stops at the first line that is not whole. @return whether there is a base
bool readJournal(const std::string& path, Recovery& recovery)
{
    const Result<std::string> text = readFile(path, kLargestJournal);
    if (!text) return false;
    const std::string_view all = *text;
    std::size_t end = all.find('\n');
    nlohmann::json json;
    int line = 0;
    if (end == std::string_view::npos || !parseJson(all.substr(0, end), json, line) || !json.is_object() ||
        json.value("format", nlohmann::json()) != kJournalFormatName || !json.contains("base"))
        return false;
    const nlohmann::json stored_path = json.value("project_path", nlohmann::json());
    if (stored_path.is_string()) recovery.project_path = stored_path.get<std::string>();
    const std::string place = recovery.project_path.empty() ? "/unsaved" : recovery.project_path;
    Result<ProjectFile> base = parseProject(formatJson(json["base"]), place);
    if (!base) return false;
    recovery.project = std::move(base->project);
    const nlohmann::json unsaved = json.value("unsaved_edits", nlohmann::json());
    if (unsaved.is_number_unsigned()) recovery.edits = unsaved.get<std::int64_t>();
    while (end != std::string_view::npos) {
        const std::size_t start = end + 1;
        end = all.find('\n', start);
        if (end == std::string_view::npos) break; // cut short by the crash
        Configuration next = recovery.project.configuration;
        JsonFault fault;
        if (!parseJson(all.substr(start, end - start), json, line) || !json.is_object() ||
            !applyDifference(json, next, fault))
            break;
        recovery.project.configuration = std::move(next);
        ++recovery.edits;
    }
    recovery.journal = path;
    return true;
}

} // namespace

Result<Journal> Journal::start(const std::string& folder, const Project& project, const std::string& project_path,
                               std::int64_t unsaved_edits)
{
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return Diagnostic{DiagnosticCode::FolderUnwritable, {folder, systemErrorText(problem.value())}};
    std::random_device random;
    const std::string name = fmt::format("{:08x}{:08x}{}", random(), random(), kSuffix);
    Journal journal;
    journal.m_path = (fs::path(folder) / name).string();
    Result<FileLock> lock = FileLock::acquire(lockPath(journal.m_path));
    if (!lock) return lock.error();
    journal.m_lock = std::make_unique<FileLock>(std::move(*lock));
    if (const Result<void> based = journal.rebase(project, project_path, unsaved_edits); !based) return based.error();
    return journal;
}

Result<void> Journal::rebase(const Project& project, const std::string& project_path, std::int64_t unsaved_edits)
{
    const std::string base = baseLine(project, project_path, unsaved_edits);
    if (const Result<void> written = writeFileAtomically(m_path, base); !written)
        return written.error();
    m_file = FileDescriptor(::open(m_path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (!m_file.isOpen()) return unwritable(m_path, errno);
    m_last = project.configuration;
    m_edits = unsaved_edits;
    return {};
}

Result<void> Journal::record(const Configuration& now)
{
    const nlohmann::json difference = differenceToJson(m_last, now);
    if (difference.empty()) return {};
    std::string line = formatJson(difference, true) + "\n";
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t count = ::write(m_file.get(), rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unwritable(m_path, errno);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    m_last = now;
    ++m_edits;
    return {};
}

Result<void> Journal::sync()
{
    return ::fdatasync(m_file.get()) == 0 ? Result<void>{} : unwritable(m_path, errno);
}

void Journal::discard()
{
    m_file.close();
    ::unlink(m_path.c_str());
    m_lock.reset();
}

std::vector<Recovery> findRecoveries(const std::string& folder)
{
    std::vector<Recovery> found;
    std::error_code problem;
    for (auto entry = fs::directory_iterator(folder, problem); !problem && entry != fs::directory_iterator();
         entry.increment(problem)) {
        const std::string path = entry->path().string();
        if (!path.ends_with(kSuffix)) continue;
        Result<FileLock> lock = FileLock::acquire(lockPath(path));
        if (!lock) continue; // its window is alive
        Recovery recovery;
        if (!readJournal(path, recovery)) continue;
        recovery.lock = std::make_shared<FileLock>(std::move(*lock));
        found.push_back(std::move(recovery));
    }
    return found;
}

void discardRecovery(const Recovery& recovery)
{
    ::unlink(recovery.journal.c_str());
}

} // namespace bitwright
