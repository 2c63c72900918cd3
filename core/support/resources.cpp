// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/resources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "support/diagnostic_codes.h"
#include "support/embedded_resources.h"

namespace bitwright {
namespace {

namespace fs = std::filesystem;

// From the executable upwards; a build tree lies at most four levels below its source tree.
constexpr int kSourceTreeLevels = 5;

std::vector<fs::path> findRoots()
{
    std::vector<fs::path> roots;
    std::error_code problem;
    const fs::path executable = fs::read_symlink("/proc/self/exe", problem);
    if (problem) return roots;
    fs::path folder = executable.parent_path();
    const auto addIfFolder = [&](const fs::path& candidate) {
        if (fs::is_directory(candidate / "cost_models", problem)) roots.push_back(candidate);
    };
    addIfFolder(folder.parent_path() / "share" / "bitwright");
    for (int level = 0; level < kSourceTreeLevels && folder.has_relative_path(); ++level) {
        addIfFolder(folder / "resources");
        folder = folder.parent_path();
    }
    return roots;
}

const std::vector<fs::path>& roots()
{
    static const std::vector<fs::path> found = findRoots();
    return found;
}

bool staysInside(std::string_view relative)
{
    const fs::path path(relative);
    return path.is_relative() &&
           std::none_of(path.begin(), path.end(), [](const fs::path& step) { return step == ".."; });
}

} // namespace

std::string_view embeddedText(std::string_view name)
{
    const auto resources = embeddedResources();
    const auto found = std::find_if(resources.begin(), resources.end(),
                                    [&](const EmbeddedResource& resource) { return resource.name == name; });
    return found == resources.end() ? std::string_view() : found->text;
}

std::optional<std::string> resourcePath(std::string_view relative)
{
    if (!staysInside(relative)) return std::nullopt;
    for (const fs::path& root : roots()) {
        std::error_code problem;
        const fs::path candidate = root / fs::path(relative);
        if (fs::exists(candidate, problem)) return candidate.string();
    }
    return std::nullopt;
}

Result<std::string> resourceText(std::string_view relative)
{
    if (const auto path = resourcePath(relative)) {
        std::ifstream stream(*path, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        if (stream.bad() || !stream.is_open())
            return Diagnostic{DiagnosticCode::FileUnreadable, {*path, "reading stopped with an error"}};
        return text;
    }
    if (const std::string_view text = embeddedText(relative); !text.empty()) return std::string(text);
    return Diagnostic{DiagnosticCode::FileNotFound, {"resources/" + std::string(relative)}};
}

std::vector<std::string> resourcesIn(std::string_view folder)
{
    std::vector<std::string> names;
    if (const auto path = resourcePath(folder)) {
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator(*path, problem))
            if (entry.is_regular_file(problem))
                names.push_back(std::string(folder) + "/" + entry.path().filename().string());
    } else {
        const std::string prefix = std::string(folder) + "/";
        for (const EmbeddedResource& resource : embeddedResources())
            if (resource.name.starts_with(prefix)) names.emplace_back(resource.name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace bitwright
