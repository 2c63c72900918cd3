// SPDX-License-Identifier: GPL-3.0-or-later
// Every dense model under every configuration, and every stored run of hls4ml: its outputs are what the exported
// project computes.
#include <iostream>

#include <gtest/gtest.h>

#include "exporters/export.h"
#include "exporters/model_exports.h"
#include "flows/golden_case.h"
#include "model/npy.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

TEST(ExportedModels, AreBitIdenticalUnderEveryConfiguration)
{
    if (!hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    std::vector<ExportJob> jobs;
    for (const ExportJob& model : denseModels())
        for (int mix = 0; mix < kMixes; ++mix)
            jobs.push_back({model.model, model.path, static_cast<Mix>(mix)});
    const ExportTally tally = verifyJobs(jobs, 1000, {});
    EXPECT_EQ(tally.equal, tally.total) << tally.problems;
}

/// Empty when the exported project computes the stored outputs.
std::string verifyCase(const GoldenCase& golden)
{
    const LoweredCase lowered = lowerCase(golden);
    if (!lowered.problem.empty()) return lowered.problem;
    const auto input = readNpy(golden.folder + "/input.npy");
    const auto output = readNpy(golden.folder + "/output.npy");
    if (!input || !output) return "the arrays cannot be read";
    ExportOptions target;
    target.folder = temporaryFolder("case_" + golden.name) + "/project";
    if (const auto exported = exportProject(*lowered.lowering.circuit, target); !exported)
        return exported.error().rendered();
    const auto report = verifyProject(*lowered.lowering.circuit, target.folder, {*input}, {*output});
    if (!report) return report.error().rendered();
    return report->isEqual() ? "" : std::to_string(report->mismatches) + " values differ";
}

TEST(ExportedModels, ComputeWhatHls4mlComputed)
{
    if (!hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int equal = 0;
    int total = 0;
    std::string problems;
    for (const GoldenCase& golden : goldenCases("dense")) {
        const std::string problem = verifyCase(golden);
        ++total;
        if (problem.empty()) ++equal;
        else problems += golden.name + ": " + problem + "\n";
    }
    std::cout << equal << " of " << total << " stored dense cases of hls4ml reproduced by exported projects\n";
    EXPECT_EQ(equal, total) << problems;
}

} // namespace
} // namespace bitwright::test
