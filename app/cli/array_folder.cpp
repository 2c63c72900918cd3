// SPDX-License-Identifier: GPL-3.0-or-later
#include "array_folder.h"

#include "model/npy.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <filesystem>

namespace bitwright::cli {

Result<std::string> ArrayFolder::place(const std::string& relative_path) const
{
    const std::filesystem::path path = std::filesystem::path(m_path) / relative_path;
    std::error_code problem;
    std::filesystem::create_directories(path.parent_path(), problem);
    if (problem) return Diagnostic{DiagnosticCode::FolderUnwritable, {m_path, systemErrorText(problem.value())}};
    return path.string();
}

Result<void> ArrayFolder::write(const std::string& relative_path, const Tensor& tensor) const
{
    const Result<std::string> path = place(relative_path);
    return path ? writeNpy(*path, tensor) : path.error();
}

Result<void> ArrayFolder::writeText(const std::string& relative_path, const std::string& text) const
{
    const Result<std::string> path = place(relative_path);
    return path ? writeFileAtomically(*path, text) : path.error();
}

std::string fileNameFor(const std::string& name)
{
    std::string safe = name;
    for (char& c : safe)
        if (c == '/' || static_cast<unsigned char>(c) < ' ') c = '_';
    if (safe.empty() || safe.front() == '.') safe.insert(safe.begin(), '_');
    return safe;
}

} // namespace bitwright::cli
