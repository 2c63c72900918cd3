// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the source tree: who includes whom, and how large things are.
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "architecture/source_tree.h"

namespace bitwright::test {
namespace {

constexpr int kLongestFile = 400;
constexpr int kLongestFunction = 60;

// Levels of core, lowest first. Folders of one level do not include each other.
const std::vector<std::vector<std::string>> kLevels{
    {"support"},
    {"numerics"},
    {"model"},
    {"configuration", "layout", "dataset"},
    {"ops"},
    {"rewrite"},
    {"importers"},
    {"circuit"},
    {"flows"},
    {"emulator", "estimator", "project"},
    {"evaluation"},
    {"exporters"},
    {"search"},
};

std::map<std::string, int> levelOfFolder()
{
    std::map<std::string, int> levels;
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
        for (const std::string& folder : kLevels[level])
            levels[folder] = static_cast<int>(level);
    }
    return levels;
}

std::vector<std::string> includesOf(const SourceFile& file)
{
    static const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
    std::vector<std::string> found;
    for (const std::string& line : file.lines) {
        std::smatch match;
        if (std::regex_search(line, match, include)) found.push_back(match[1]);
    }
    return found;
}

TEST(Layering, CoreFoldersIncludeLowerLevelsOnly)
{
    const std::map<std::string, int> levels = levelOfFolder();
    int checked = 0;
    for (const SourceFile& file : cppFiles({"core"})) {
        const std::string folder = file.room().substr(5);
        ASSERT_TRUE(levels.count(folder)) << file.path << " is in a folder without a level.";
        for (const std::string& include : includesOf(file)) {
            const std::string target = include.substr(0, include.find('/'));
            if (include.find('/') == std::string::npos || !levels.count(target)) continue;
            ++checked;
            EXPECT_TRUE(target == folder || levels.at(target) < levels.at(folder))
                << file.path << " includes " << include << ", which is not below it.";
        }
    }
    EXPECT_GT(checked, 30) << "The test found hardly any includes; is the tree where it should be?";
}

TEST(Layering, CoreHasNoQtAndNothingFromAbove)
{
    const std::regex forbidden("^(Q[A-Z]|Qt|widgets/|app/)");
    for (const SourceFile& file : cppFiles({"core"})) {
        for (const std::string& include : includesOf(file))
            EXPECT_FALSE(std::regex_search(include, forbidden)) << file.path << " includes " << include;
    }
}

TEST(Layering, WidgetsKnowNothingOfTheApplication)
{
    for (const SourceFile& file : cppFiles({"widgets"})) {
        for (const std::string& include : includesOf(file)) {
            EXPECT_NE(include.compare(0, 4, "app/"), 0) << file.path << " includes " << include;
            EXPECT_NE(include, "QtCharts") << file.path << ": include the class, not the module.";
        }
    }
}

TEST(Layering, OnlyTheKernelsIncludeHighway)
{
    for (const SourceFile& file : cppFiles({"core", "widgets", "app"})) {
        if (file.path.compare(0, 21, "core/numerics/kernels") == 0) continue;
        for (const std::string& include : includesOf(file))
            EXPECT_NE(include.compare(0, 4, "hwy/"), 0) << file.path << " includes " << include;
    }
}

TEST(Size, FilesStayShort)
{
    for (const SourceFile& file : cppFiles({"app", "core", "widgets", "tests", "resources"}))
        EXPECT_LE(file.lines.size(), kLongestFile) << file.path;
}

TEST(Size, FunctionsStayShort)
{
    int functions = 0;
    for (const SourceFile& file : cppFiles({"app", "core", "widgets"})) {
        for (const FunctionBody& body : functionBodies(file)) {
            ++functions;
            EXPECT_LE(body.length, kLongestFunction) << file.path << ":" << body.first_line;
        }
    }
    EXPECT_GT(functions, 20);
}

TEST(Licence, EverySourceNamesIt)
{
    for (const SourceFile& file : licensedFiles()) {
        bool found = false;
        for (std::size_t i = 0; i < file.lines.size() && i < 3; ++i)
            found = found || file.lines[i].find("SPDX-License-Identifier: GPL-3.0-or-later") != std::string::npos;
        EXPECT_TRUE(found) << file.path;
    }
}

TEST(Catalogue, HoldsNoSentenceThatNothingSays)
{
    std::set<std::string> said;
    const std::regex use(R"(DiagnosticCode::(\w+))");
    for (const SourceFile& file : cppFiles({"app", "core", "widgets"}))
        for (const std::string& line : file.lines)
            for (std::sregex_iterator match(line.begin(), line.end(), use), end; match != end; ++match)
                said.insert((*match)[1]);
    const char* const codes[] = {
#define BW_DIAG(code, severity, text) #code,
#include "support/diagnostics.def"
#undef BW_DIAG
    };
    for (const std::string code : codes) EXPECT_TRUE(said.contains(code)) << code;
}

TEST(Text, NoUnfinishedMarksAndNoLocaleFunctions)
{
    // std::sto*, atof and strtod obey the global locale, which the window sets.
    const std::regex forbidden(R"(\b(TODO|FIXME|XXX)\b|\b(std::)?(stod|stof|atof|strtod|strtof)\s*\()");
    for (const SourceFile& file : cppFiles({"app", "core", "widgets"})) {
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            EXPECT_FALSE(std::regex_search(file.lines[i], forbidden)) << file.path << ":" << i + 1;
    }
}

} // namespace
} // namespace bitwright::test
