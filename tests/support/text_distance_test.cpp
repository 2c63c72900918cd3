// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/text_distance.h"

#include <gtest/gtest.h>

#include <vector>

namespace bitwright {
namespace {

TEST(TextDistance, CountsEachKindOfEditOnce)
{
    EXPECT_EQ(textDistance("", ""), 0U);
    EXPECT_EQ(textDistance("dense", ""), 5U);
    EXPECT_EQ(textDistance("dense", "DENSE"), 0U);
    EXPECT_EQ(textDistance("dense", "dens"), 1U);
    EXPECT_EQ(textDistance("dense", "denses"), 1U);
    EXPECT_EQ(textDistance("dense", "danse"), 1U);
    EXPECT_EQ(textDistance("dense", "desne"), 1U);
    EXPECT_EQ(textDistance("MatMul_0", "Relu_0"), textDistance("Relu_0", "MatMul_0"));
}

TEST(NearestName, IsTheFirstOfTheNearest)
{
    const std::vector<std::string> names{"MatMul_0", "MatMul_1", "Add_0", "Softmax_0"};
    EXPECT_EQ(nearestName("matmul0", names), "MatMul_0");
    EXPECT_EQ(nearestName("MatMul_7", names), "MatMul_0");
    EXPECT_EQ(nearestName("Sofmtax_0", names), "Softmax_0");
}

TEST(NearestName, IsNothingWhenNothingIsNear)
{
    const std::vector<std::string> names{"MatMul_0", "Add_0"};
    EXPECT_EQ(nearestName("conv2d_first", names), "");
    EXPECT_EQ(nearestName("", names), "");
    EXPECT_EQ(nearestName(std::string(100000, 'x'), names), "");
    EXPECT_EQ(nearestNameRemedy("conv2d_first", names), "");
    EXPECT_EQ(nearestNameRemedy("Add_1", names), "Write 'Add_0' if that is meant.");
}

} // namespace
} // namespace bitwright
