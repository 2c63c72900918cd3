// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;

const fs::path& root()
{
    static const fs::path path = BITWRIGHT_SOURCE_DIR;
    return path;
}

SourceFile read(const fs::path& path)
{
    SourceFile file{fs::relative(path, root()).generic_string(), {}};
    std::ifstream stream(path);
    for (std::string line; std::getline(stream, line);)
        file.lines.push_back(line);
    return file;
}

template <class Wanted>
std::vector<SourceFile> filesBelow(const std::vector<std::string>& folders, Wanted wanted)
{
    std::vector<fs::path> paths;
    for (const std::string& folder : folders) {
        if (!fs::exists(root() / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
            if (entry.is_regular_file() && wanted(entry.path())) paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<SourceFile> files;
    for (const fs::path& path : paths)
        files.push_back(read(path));
    return files;
}

bool isCpp(const fs::path& path)
{
    const std::string extension = path.extension().string();
    return extension == ".h" || extension == ".cpp" || extension == ".def";
}

} // namespace

std::string SourceFile::room() const
{
    const std::size_t first = path.find('/');
    if (path.compare(0, first, "core") != 0) return path.substr(0, first);
    return path.substr(0, path.find('/', first + 1));
}

std::vector<SourceFile> cppFiles(const std::vector<std::string>& folders)
{
    return filesBelow(folders, isCpp);
}

std::vector<SourceFile> licensedFiles()
{
    return filesBelow({"app", "core", "widgets", "tests", "packaging", "resources/hls", ".ci"},
                      [](const fs::path& path) {
                          const std::string extension = path.extension().string();
                          return isCpp(path) || extension == ".cmake" || extension == ".py" ||
                                 extension == ".sh" || path.filename() == "CMakeLists.txt" ||
                                 (extension.empty() && path.parent_path().filename() == "packaging");
                      });
}

std::vector<FunctionBody> functionBodies(const SourceFile& file)
{
    std::vector<FunctionBody> bodies;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string& line = file.lines[i];
        const std::size_t indent = line.find_first_not_of(' ');
        if (indent == std::string::npos || line.substr(indent) != "{") continue;
        const std::string closing = std::string(indent, ' ') + "}";
        std::size_t end = i + 1;
        while (end < file.lines.size() && file.lines[end].compare(0, closing.size(), closing) != 0)
            ++end;
        bodies.push_back({static_cast<int>(i) + 1, static_cast<int>(end - i) + 1});
        if (indent == 0) i = end; // nothing nested in a free function counts again
    }
    return bodies;
}

} // namespace bitwright::test
