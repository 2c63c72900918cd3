// SPDX-License-Identifier: GPL-3.0-or-later
/// The repository's own source files, as text.
#pragma once

#include <string>
#include <vector>

namespace bitwright::test {

struct SourceFile {
    std::string path; ///< relative to the repository
    std::vector<std::string> lines;

    /// First folder, and for core the second: "widgets", "core/ops".
    std::string room() const;
};

/// C++ sources below @p folders.
std::vector<SourceFile> cppFiles(const std::vector<std::string>& folders);
/// Every text file that carries an SPDX line by our rules: sources, CMake, scripts.
std::vector<SourceFile> licensedFiles();

struct FunctionBody {
    int first_line = 0; ///< 1-based
    int length = 0;     ///< lines between the braces, braces included
};
/// Function bodies by the house format: the opening brace stands alone on its line.
std::vector<FunctionBody> functionBodies(const SourceFile& file);

} // namespace bitwright::test
