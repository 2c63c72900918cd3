// SPDX-License-Identifier: GPL-3.0-or-later
// Troubles that people met with tools of this kind, each as a small input with what a careful user would want.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "model/npy.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The words of a command line, quotes removed.
std::vector<std::string> words(const std::string& line)
{
    std::vector<std::string> list(1);
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '\'') is_quoted = !is_quoted;
        else if (c == ' ' && !is_quoted) list.emplace_back();
        else list.back() += c;
    }
    std::erase(list, std::string());
    return list;
}

/// What differs between a written and an expected array, or "".
std::string difference(const fs::path& got_path, const fs::path& wanted_path, const json& expect)
{
    const auto got = readNpy(got_path.string());
    const auto wanted = readNpy(wanted_path.string());
    if (!got || !wanted) return got_path.string() + " cannot be read";
    if (got->size() != wanted->size()) return got_path.string() + " has another size";
    const double tolerance = expect.value("exact", true) ? 0.0 : expect.value("tolerance", 0.0);
    int count = 0;
    for (std::int64_t i = 0; i < got->size(); ++i) {
        const double a = elementAsDouble(*got, i);
        const double b = elementAsDouble(*wanted, i);
        const bool is_alike = a == b || std::fabs(a - b) <= tolerance * std::max(1.0, std::fabs(b)) || (std::isnan(a) && std::isnan(b));
        count += is_alike ? 0 : 1;
    }
    return count == 0 ? std::string() : fmt::format("{} of {} elements of {} differ", count, got->size(), got_path.filename().string());
}

/// "y_expected.npy" is what "y.npy" has to hold.
fs::path writtenAs(const std::string& expected)
{
    std::string name = expected;
    const auto at = name.find("_expected");
    return name.erase(at, std::string_view("_expected").size());
}

std::string unmet(const test::Outcome& outcome, const json& expect, const fs::path& folder)
{
    if (outcome.code != expect["exit"].get<int>()) return fmt::format("exit status {}", outcome.code);
    for (const json& said : expect.value("says", json::array())) {
        const std::regex expression(said.get<std::string>(), std::regex::ECMAScript | std::regex::icase);
        if (!std::regex_search(outcome.out + outcome.err, expression)) return "nothing says " + said.get<std::string>();
    }
    std::vector<std::string> arrays = expect.value("also", std::vector<std::string>());
    if (expect.contains("output")) arrays.push_back(expect["output"]);
    for (const std::string& array : arrays)
        if (std::string found = difference(folder / writtenAs(array), folder / array, expect); !found.empty()) return found;
    return {};
}

/// Runs the case in a copy of its folder. @return what is not as expected, or ""
std::string problemOf(const fs::path& source)
{
    const json info = json::parse(std::ifstream(source / "case.json"));
    const fs::path folder = test::temporaryFolder("report_" + source.filename().string());
    fs::copy(source, folder, fs::copy_options::recursive);
    std::vector<std::string> arguments = words(info["how"]);
    arguments.erase(arguments.begin());
    const test::Outcome outcome = test::run(folder.string(), arguments);
    std::vector<json> accepted{info["expect"]};
    for (const json& other : info["expect"].value("or", json::array())) accepted.push_back(other);
    std::string first;
    for (const json& expect : accepted) {
        const std::string problem = unmet(outcome, expect, folder);
        if (problem.empty()) return {};
        if (first.empty()) first = problem + "\n" + outcome.err;
    }
    return first;
}

TEST(Reports, EveryCaseIsAnsweredAsACarefulUserWouldWant)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int count = 0;
    int answered = 0;
    for (const auto& entry : fs::directory_iterator(test::sharedData("reports"))) {
        if (!fs::exists(entry.path() / "case.json")) continue;
        const std::string name = entry.path().filename();
        const std::string problem = problemOf(entry.path());
        ++count;
        answered += problem.empty() ? 1 : 0;
        EXPECT_EQ(problem, "") << name;
    }
    std::cout << answered << " of " << count << " reports answered\n";
    EXPECT_GT(count, 30);
}

} // namespace
} // namespace bitwright
