// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/span_drag.h"

#include <gtest/gtest.h>

namespace bitwright {
namespace {

TEST(ValueAxis, SpanAndFormatAreInverse)
{
    for (const bool isSigned : {true, false})
        for (int width = 2; width <= 20; ++width)
            for (int integer = -4; integer <= 24; ++integer) {
                FixedFormat format;
                format.width_bits = width;
                format.integer_bits = integer;
                format.is_signed = isSigned;
                EXPECT_EQ(withSpan(format, spanOf(format)), format);
            }
}

TEST(ValueAxis, LossesCountWhatLiesOutside)
{
    std::vector<std::int64_t> histogram(kBinCount, 0);
    histogram[static_cast<std::size_t>(3 - kLowestBin)] = 1;  // 8 … 16
    histogram[static_cast<std::size_t>(0 - kLowestBin)] = 2;  // 1 … 2
    histogram[static_cast<std::size_t>(-6 - kLowestBin)] = 1; // below half of 2^-4
    const Losses losses = lossesOf(histogram, {-4, 3});
    EXPECT_DOUBLE_EQ(losses.above, 0.25);
    EXPECT_DOUBLE_EQ(losses.below, 0.25);
    EXPECT_EQ(occupiedPowers(histogram), (std::pair{-6, 3}));
    EXPECT_FALSE(occupiedPowers(std::vector<std::int64_t>(kBinCount, 0)));
}

TEST(SpanDrag, MovesOneEndBitByBit)
{
    ValueAxis axis;
    axis.plot = QRectF(0, 0, 200, 50);
    axis.lowest = -10;
    axis.highest = 10; // ten pixels per bit
    const FixedFormat format{8, 4};
    EXPECT_EQ(SpanDrag::partAt(axis.toPixel(-4), axis, format), SpanPart::Low);
    EXPECT_EQ(SpanDrag::partAt(axis.toPixel(3), axis, format), SpanPart::High);
    EXPECT_EQ(SpanDrag::partAt(axis.toPixel(0), axis, format), SpanPart::Middle);
    EXPECT_EQ(SpanDrag::partAt(axis.toPixel(8), axis, format), SpanPart::None);
    SpanDrag drag;
    drag.begin(SpanPart::High, axis.toPixel(3), axis, format);
    EXPECT_FALSE(drag.moveTo(axis.toPixel(3) + 2));
    const auto wider = drag.moveTo(axis.toPixel(5));
    ASSERT_TRUE(wider);
    EXPECT_EQ(wider->integer_bits, 6);
    EXPECT_EQ(wider->width_bits, 10);
    const auto shifted = SpanDrag::moved(format, SpanPart::Middle, 2);
    EXPECT_EQ(shifted.width_bits, 8);
    EXPECT_EQ(shifted.integer_bits, 6);
}

TEST(SpanDrag, NeverLosesTheLastBit)
{
    const FixedFormat format{4, 2};
    EXPECT_EQ(SpanDrag::moved(format, SpanPart::High, -9), format);
    EXPECT_EQ(SpanDrag::moved(format, SpanPart::Low, 9), format);
}

} // namespace
} // namespace bitwright
