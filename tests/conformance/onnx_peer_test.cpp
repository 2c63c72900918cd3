// SPDX-License-Identifier: GPL-3.0-or-later
// The cases that an installed onnx package generates: also operators newer than the stored cases.
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "conformance/exceptions.h"
#include "conformance/stored_cases.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

TEST(OnnxConformance, GeneratedCasesMatch)
{
    const char* python = std::getenv("BITWRIGHT_PEER_PYTHON");
    if (python == nullptr || *python == '\0') GTEST_SKIP() << "needs onnx: set BITWRIGHT_PEER_PYTHON";
    const char* filter = std::getenv("BITWRIGHT_CONFORMANCE_CASES");
    const std::string folder = temporaryFolder("onnx_cases");
    ASSERT_EQ(std::system(fmt::format("'{}' '{}' '{}'", python, BITWRIGHT_CASE_WRITER, folder).c_str()), 0);
    std::map<std::string_view, std::string_view> reasons;
    for (const Exception& exception : generatedExceptions()) reasons.emplace(exception.name, exception.reason);
    const std::vector<std::string> names = caseNames(folder, filter == nullptr ? "" : filter);
    std::size_t matched = 0;
    std::size_t excepted = 0;
    for (const CaseOutcome& outcome : runCases(folder, names)) {
        matched += outcome.problem.empty() ? 1 : 0;
        if (!reasons.contains(outcome.name)) {
            EXPECT_EQ(outcome.problem, "") << outcome.name;
            continue;
        }
        ++excepted;
        EXPECT_NE(outcome.problem, "") << outcome.name << " matches: take it out of the list of exceptions";
    }
    fmt::print("generated: {} of {} cases match, {} are excepted\n", matched, names.size(), excepted);
}

} // namespace
} // namespace bitwright::test
