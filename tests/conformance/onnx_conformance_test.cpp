// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "conformance/exceptions.h"
#include "conformance/stored_cases.h"

namespace bitwright::test {
namespace {

std::string caseFilter()
{
    const char* filter = std::getenv("BITWRIGHT_CONFORMANCE_CASES");
    return filter == nullptr ? std::string() : std::string(filter);
}

const std::map<std::string_view, std::string_view>& reasons()
{
    static const std::map<std::string_view, std::string_view> all = [] {
        std::map<std::string_view, std::string_view> map;
        for (const Exception& exception : exceptions()) map.emplace(exception.name, exception.reason);
        return map;
    }();
    return all;
}

class OnnxConformance : public testing::TestWithParam<const char*> {
protected:
    std::string folder() const { return std::string(BITWRIGHT_ONNX_CASES) + "/" + GetParam(); }
};

TEST_P(OnnxConformance, StoredCasesMatch)
{
    if (!std::filesystem::is_directory(folder())) GTEST_SKIP() << "needs the stored cases (Debian: libonnx-testdata)";
    const std::vector<std::string> names = caseNames(folder(), caseFilter());
    std::size_t matched = 0;
    std::size_t excepted = 0;
    for (const CaseOutcome& outcome : runCases(folder(), names)) {
        const bool is_excepted = reasons().contains(outcome.name);
        matched += outcome.problem.empty() ? 1 : 0;
        excepted += is_excepted ? 1 : 0;
        if (is_excepted)
            EXPECT_NE(outcome.problem, "") << outcome.name << " matches: take it out of the list of exceptions";
        else
            EXPECT_EQ(outcome.problem, "") << outcome.name;
    }
    fmt::print("{}: {} of {} cases match, {} are excepted\n", GetParam(), matched, names.size(), excepted);
}

INSTANTIATE_TEST_SUITE_P(Folders, OnnxConformance, testing::Values("node", "simple", "pytorch-converted", "pytorch-operator"),
                         [](const auto& test) {
                             std::string name = test.param;
                             for (char& c : name) c = c == '-' ? '_' : c;
                             return name;
                         });

/// Reasons are sentences; names are there, each once.
TEST(OnnxConformanceExceptions, NameStoredCases)
{
    const std::filesystem::path root = BITWRIGHT_ONNX_CASES;
    if (!std::filesystem::is_directory(root)) GTEST_SKIP() << "needs the stored cases (Debian: libonnx-testdata)";
    std::set<std::string_view> seen;
    for (const Exception& exception : exceptions()) {
        EXPECT_TRUE(seen.insert(exception.name).second) << exception.name << " is listed twice";
        EXPECT_TRUE(exception.reason.ends_with('.')) << exception.name;
        EXPECT_TRUE(std::filesystem::exists(root / "node" / exception.name) ||
                    std::filesystem::exists(root / "simple" / exception.name))
            << exception.name;
    }
}

} // namespace
} // namespace bitwright::test
