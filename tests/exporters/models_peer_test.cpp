// SPDX-License-Identifier: GPL-3.0-or-later
// Exported projects compiled with the original number types, which hls4ml ships.
#include <gtest/gtest.h>

#include "exporters/child_process.h"
#include "exporters/model_exports.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

TEST(ExportedModels, AreBitIdenticalWithTheOriginalNumberTypes)
{
    const std::string types = peerNumberTypes();
    if (types.empty() || !hasSharedData()) GTEST_SKIP() << "needs hls4ml's ap_types and the larger test data";
    std::vector<ExportJob> jobs = denseModels();
    for (std::size_t k = 0; k < jobs.size(); ++k)
        jobs[k].mix = static_cast<Mix>((k + 2) % kMixes);
    VerificationOptions options;
    options.number_types = types;
    const ExportTally tally = verifyJobs(jobs, 1000, options);
    EXPECT_EQ(tally.equal, tally.total) << tally.problems;
}

/// What the grid of conversions and operators prints with the number types that @p flags select.
std::string gridOutput(const std::vector<std::string>& flags, const std::string& name)
{
    const std::string program = temporaryFolder(name) + "/grid";
    std::vector<std::string> command{"g++", "-std=c++14", "-O1", "-w", "-DNDEBUG", "-I" BITWRIGHT_HLS_FOLDER, "-o", program,
                                     BITWRIGHT_GRID_SOURCE};
    command.insert(command.end(), flags.begin(), flags.end());
    const auto compiled = runChild(command, {.timeout_seconds = 900});
    if (!compiled || !compiled->isSuccess()) return "not compiled: " + (compiled ? compiled->output : "");
    const auto run = runChild({program}, {.kept_output_bytes = 1 << 20});
    return run && run->isSuccess() ? run->output : "not run";
}

TEST(NumberTypes, ComputeAsTheOriginals)
{
    const std::string types = peerNumberTypes();
    if (types.empty()) GTEST_SKIP() << "needs hls4ml's ap_types";
    const std::string own = gridOutput({"-DBW_OWN_TYPES"}, "grid_own");
    EXPECT_GT(std::count(own.begin(), own.end(), '\n'), 100);
    EXPECT_EQ(own, gridOutput({"-DBW_VENDOR_TYPES", "-I" + types}, "grid_original"));
}

} // namespace
} // namespace bitwright::test
