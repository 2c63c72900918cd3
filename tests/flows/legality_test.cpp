// SPDX-License-Identifier: GPL-3.0-or-later
// Legal reuse factors against hls4ml's own condition, tried for every number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/hls4ml/legality.h"

namespace bitwright::hls4ml {
namespace {

using ::testing::ElementsAre;

/// The three conditions as hls4ml states them.
bool isLegal(std::int64_t n_in, std::int64_t n_out, std::int64_t factor)
{
    const std::int64_t limit = (n_in * n_out + std::min(n_in, factor) - 1) / std::min(n_in, factor);
    return (limit % n_out == 0 || factor >= n_in) && (factor % n_in == 0 || factor < n_in) && n_in * n_out % factor == 0;
}

TEST(Legality, FactorsAreThoseThatHls4mlAccepts)
{
    for (std::int64_t n_in = 1; n_in <= 24; ++n_in) {
        for (std::int64_t n_out = 1; n_out <= 24; ++n_out) {
            std::vector<std::int64_t> expected;
            for (std::int64_t factor = 1; factor <= n_in * n_out; ++factor) {
                if (isLegal(n_in, n_out, factor))
                    expected.push_back(factor);
            }
            ASSERT_EQ(legalReuseFactors("resource", n_in, n_out), expected) << n_in << " " << n_out;
        }
    }
}

TEST(Legality, KnownExamples)
{
    EXPECT_THAT(legalReuseFactors("resource", 10, 3), ElementsAre(1, 2, 5, 10, 30));
    EXPECT_THAT(legalReuseFactors("resource_unrolled", 10, 3), ElementsAre(1, 2, 5, 10));
    EXPECT_THAT(legalReuseFactors("distributed_arithmetic", 10, 3), ElementsAre(1));
    EXPECT_TRUE(legalReuseFactors("latency", 10, 3).empty());
}

TEST(Legality, NearestTakesTheSmallerOfTwoEquallyNear)
{
    const std::vector<std::int64_t> legal{1, 2, 4, 8};
    EXPECT_EQ(nearestReuseFactor(legal, 3), 2);
    EXPECT_EQ(nearestReuseFactor(legal, 3.5), 4);
    EXPECT_EQ(nearestReuseFactor(legal, 0), 1);
    EXPECT_EQ(nearestReuseFactor(legal, 100), 8);
}

TEST(Legality, UnrolledWithoutReuseIsResource)
{
    const BuiltStrategy built = buildStrategy("resource_unrolled", 1, 0, 16, 5);
    EXPECT_EQ(built.strategy, "resource");
    EXPECT_EQ(built.reuse_factor, 1);
    EXPECT_EQ(buildStrategy("latency", 7, 0, 16, 5).reuse_factor, 7);
    EXPECT_EQ(buildStrategy("resource", 1, 6 * 5 + 16 * 5, 16, 5).reuse_factor, 16); // target cycles decide
}

} // namespace
} // namespace bitwright::hls4ml
