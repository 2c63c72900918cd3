// SPDX-License-Identifier: GPL-3.0-or-later
// Every dense model, exported under one of three configurations in a fixed rotation, computes what the emulator does.
#include <gtest/gtest.h>

#include "exporters/model_exports.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

TEST(ExportedModels, AreBitIdenticalInRotation)
{
    if (!hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    std::vector<ExportJob> jobs = denseModels();
    for (std::size_t k = 0; k < jobs.size(); ++k)
        jobs[k].mix = static_cast<Mix>(k % kMixes);
    const ExportTally tally = verifyJobs(jobs, 1000, {});
    EXPECT_EQ(tally.equal, tally.total) << tally.problems;
}

} // namespace
} // namespace bitwright::test
