// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/quality.h"

#include <cmath>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

Tensor scores(Shape shape, const std::vector<double>& values)
{
    return Tensor::of<double>(std::move(shape), values);
}

TEST(Classes, AreTheFirstGreatestOrAboveHalf)
{
    EXPECT_EQ(classesOf(scores({2, 3}, {1, 3, 3, 0, 0, 0})), (std::vector<std::int64_t>{1, 0}));
    EXPECT_EQ(classesOf(scores({3, 1}, {0.5, 0.51, -1})), (std::vector<std::int64_t>{0, 1, 0}));
    EXPECT_EQ(classesOf(scores({1, 1, 2, 1}, {1, 2})), (std::vector<std::int64_t>{1}));
    EXPECT_TRUE(classesOf(scores({1, 2, 2}, {1, 2, 3, 4})).empty());
    EXPECT_TRUE(classesOf(scores({0, 2}, {})).empty());
}

TEST(Quality, MeasuresAgainstLabels)
{
    const Tensor output = scores({4, 3}, {3, 2, 1, 1, 3, 2, 1, 2, 3, 3, 2, 1});
    const Quality quality = measureQuality({output}, {}, std::vector<std::int64_t>{0, 1, 1, 2});
    EXPECT_EQ(quality.accuracy, 0.5);
    EXPECT_EQ(quality.top_k, (std::vector<double>{0.5, 0.75, 1}));
    EXPECT_EQ(quality.confusion, (std::vector<std::int64_t>{1, 0, 0, 0, 1, 1, 1, 0, 0}));
    EXPECT_FALSE(quality.agreement.has_value());
    EXPECT_FALSE(quality.sqnr_db.has_value());
}

TEST(Quality, MeasuresAgainstTheReferenceOverTheSamplesThatAreThere)
{
    const Tensor reference = scores({3, 2}, {1, 0, 0, 1, 5, 6});
    const Tensor first_two = scores({2, 2}, {0.5, 0, 1, 0});
    const Quality quality = measureQuality({first_two}, {reference}, {});
    EXPECT_EQ(quality.samples, 2);
    EXPECT_EQ(quality.agreement, 0.5);
    EXPECT_FALSE(quality.accuracy.has_value());
    EXPECT_DOUBLE_EQ(*quality.mean_square_error, (0.25 + 1 + 1) / 4);
    EXPECT_DOUBLE_EQ(*quality.mean_absolute_error, 2.5 / 4);
    EXPECT_EQ(quality.maximum_error, 1);
    EXPECT_DOUBLE_EQ(*quality.sqnr_db, 10 * std::log10(2 / 2.25));
}

TEST(Quality, OneUnitDecidesBetweenTwoClasses)
{
    const Quality quality =
        measureQuality({scores({4, 1}, {0.2, 0.8, 0.9, 0.4})}, {}, std::vector<std::int64_t>{0, 1, 0, 1});
    EXPECT_EQ(quality.accuracy, 0.5);
    EXPECT_EQ(quality.confusion, (std::vector<std::int64_t>{1, 1, 1, 1}));
    EXPECT_TRUE(quality.top_k.empty());
}

TEST(Sqnr, IsInfiniteForEqualAndAbsentForASilentReference)
{
    const std::vector<double> a{1, -2, 0};
    const std::vector<double> silent{0, 0, 0};
    EXPECT_TRUE(std::isinf(*sqnrDb(a, a)));
    EXPECT_TRUE(std::isinf(*sqnrDb(silent, silent)));
    EXPECT_FALSE(sqnrDb(a, silent).has_value());
    const std::vector<double> strange{1, std::nan(""), 0};
    EXPECT_TRUE(std::isinf(*sqnrDb(std::vector<double>{1, 5, 0}, strange)));
}

} // namespace
} // namespace bitwright
