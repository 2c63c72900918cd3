// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/quantise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "numerics/fixed_arithmetic.h"
#include "support/rational_reference.h"

namespace bitwright {
namespace {

std::vector<FixedFormat> allModes(int width, int integer_bits, bool is_signed)
{
    std::vector<FixedFormat> formats;
    for (int rounding = 0; rounding < 7; ++rounding)
        for (int overflow = 0; overflow < (is_signed ? 5 : 4); ++overflow)
            for (int bits = 0; bits <= width; ++bits) {
                const bool uses_bits = overflow == 0 || overflow == 4;
                if (bits > 0 && !uses_bits) continue;
                formats.push_back({.width_bits = width, .integer_bits = integer_bits, .is_signed = is_signed,
                                   .rounding = static_cast<Rounding>(rounding),
                                   .overflow = static_cast<Overflow>(overflow), .saturation_bits = bits});
            }
    return formats;
}

/// Compares every code of @p from stored in @p to, by all three integer types, with the slow reference.
void expectAllCodesConvert(const FixedFormat& from, const FixedFormat& to)
{
    const Conversion conversion(from, to);
    const auto low = static_cast<std::int64_t>(lowestCode<WideInt>(from));
    const auto high = static_cast<std::int64_t>(highestCode<WideInt>(from));
    for (std::int64_t code = low; code <= high; ++code) {
        const WideInt expected = test::referenceCode(test::valueOf(code, from), to);
        ASSERT_EQ(conversion(code), expected) << code << " of " << shortName(from) << " to " << shortName(to);
        ASSERT_EQ(WideInt(static_cast<std::int64_t>(conversion(Int128(code)))), expected);
        ASSERT_EQ(convertCode(code, from, to), expected);
        ASSERT_EQ(codeFromDouble(codeToDouble(code, from), to), expected)
            << codeToDouble(code, from) << " to " << shortName(to);
    }
}

TEST(Quantise, EveryModeEqualsTheRationalReference)
{
    const std::vector<FixedFormat> sources{{.width_bits = 6, .integer_bits = 3},
                                           {.width_bits = 6, .integer_bits = 3, .is_signed = false},
                                           {.width_bits = 5, .integer_bits = -1},
                                           {.width_bits = 5, .integer_bits = 7, .is_signed = false}};
    for (const FixedFormat& from : sources)
        for (bool is_signed : {true, false})
            for (auto [width, integer_bits] : {std::pair{4, 2}, {3, 5}, {4, -1}, {1, 1}, {7, 4}, {2, 2}})
                for (const FixedFormat& to : allModes(width, integer_bits, is_signed))
                    expectAllCodesConvert(from, to);
}

TEST(Quantise, WideFormatsEqualTheRationalReference)
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 4000; ++i) {
        const auto pick = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); };
        const FixedFormat from{.width_bits = pick(1, 140), .integer_bits = pick(-40, 100), .is_signed = random() % 2 == 0};
        FixedFormat to{.width_bits = pick(1, 140), .integer_bits = pick(-40, 100), .is_signed = random() % 2 == 0,
                       .rounding = static_cast<Rounding>(pick(0, 6)), .overflow = static_cast<Overflow>(pick(0, 3))};
        to.saturation_bits = to.overflow == Overflow::Wrap ? pick(0, std::min(2, to.width_bits)) : 0;
        WideInt code = 0;
        for (int limb = 0; limb < 3; ++limb) code = (code << 64) + WideInt(random());
        code = wrapped(code, from.width_bits, from.is_signed);
        const WideInt expected = test::referenceCode(test::valueOf(code, from), to);
        ASSERT_EQ(convertCode(code, from, to), expected) << code << " " << shortName(from) << " " << shortName(to);
        const Conversion conversion(from, to);
        const int needed = conversion.neededBits(codeBits(from));
        if (needed <= 128) {
            ASSERT_EQ(WideInt(conversion(static_cast<Int128>(code))), expected) << shortName(from) << " " << shortName(to);
        }
        if (needed <= 64) {
            ASSERT_EQ(WideInt(conversion(static_cast<std::int64_t>(code))), expected) << shortName(from) << " " << shortName(to);
        }
    }
}

TEST(Quantise, HalfGoesToEven)
{
    const FixedFormat from{.width_bits = 8, .integer_bits = 7};
    const FixedFormat to{.width_bits = 8, .integer_bits = 8, .rounding = Rounding::RndConv};
    EXPECT_EQ(convertCode(1, from, to), 0);
    EXPECT_EQ(convertCode(3, from, to), 2);
    EXPECT_EQ(convertCode(-1, from, to), 0);
    EXPECT_EQ(convertCode(-3, from, to), -2);
}

TEST(Quantise, RoundingCanSaturate)
{
    const FixedFormat from{.width_bits = 4, .integer_bits = 2, .is_signed = false};
    const FixedFormat to{.width_bits = 2, .integer_bits = 0, .is_signed = false, .rounding = Rounding::Rnd, .overflow = Overflow::Sat};
    EXPECT_EQ(convertCode(3, from, to), 3);
    EXPECT_EQ(convertCode(4, from, to), 3);
}

TEST(Quantise, IntegersTruncateTowardZeroFromFixedPoint)
{
    const FixedFormat integers{.width_bits = 8, .integer_bits = 8, .family = FixedFamily::Integer};
    const FixedFormat halves{.width_bits = 8, .integer_bits = 7};
    EXPECT_EQ(convertCode(-15, halves, integers), -7);
    EXPECT_EQ(convertCode(15, halves, integers), 7);
    const FixedFormat fraction{.width_bits = 6, .integer_bits = 0};
    EXPECT_EQ(convertCode(-32, fraction, integers), -1);
    EXPECT_EQ(convertCode(-2, fraction, integers), -1);
    EXPECT_EQ(convertCode(28, fraction, integers), 0);
    const FixedFormat bytes{.width_bits = 8, .integer_bits = 8, .is_signed = false, .family = FixedFamily::Integer};
    EXPECT_EQ(convertCode(-2, fraction, bytes), 255);
    EXPECT_EQ(convertCode(-1, integers, bytes), 255);
}

TEST(Quantise, DoublesBecomeIntegersWithTheHeadersQuirks)
{
    const FixedFormat integers{.width_bits = 8, .integer_bits = 8, .family = FixedFamily::Integer};
    FixedFormat bytes = integers;
    bytes.is_signed = false;
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<std::pair<double, int>> cases{{-0.4, 1}, {-0.5, 0}, {-1e-300, 1}, {-0.0, 0}, {0.4, 0}, {-0.7, 0},
                                                    {-1.5, -1}, {300, 44}, {-300, -44}, {1e30, 0}, {infinity, 0}, {-infinity, 0}};
    const DoubleConversion fast(integers);
    for (const auto& [value, code] : cases) {
        EXPECT_EQ(codeFromDouble(value, integers), code) << value;
        EXPECT_EQ(fast(value), code) << value;
        EXPECT_EQ(codeFromDouble(value, bytes), code & 255) << value;
    }
}

TEST(Quantise, FastPathFromDoubleEqualsTheExactOne)
{
    std::mt19937_64 random(11);
    std::uniform_int_distribution<int> exponents(-80, 90);
    for (bool is_signed : {true, false})
        for (const FixedFormat& to : allModes(5, 2, is_signed)) {
            const DoubleConversion fast(to);
            for (int i = 0; i < 60; ++i) {
                const double value = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random()) >> (random() % 60)), exponents(random) - 40);
                ASSERT_EQ(WideInt(fast(value)), codeFromDouble(value, to)) << value << " " << shortName(to);
            }
            for (double value : {0.0, -0.0, 1e308, -1e308, 5e-324, -5e-324, std::numeric_limits<double>::infinity(), std::nan("")})
                ASSERT_EQ(WideInt(fast(value)), codeFromDouble(value, to)) << value << " " << shortName(to);
        }
}

TEST(Quantise, InfinityTakesTheBoundOrZero)
{
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(codeFromDouble(infinity, {.overflow = Overflow::Sat}), 32767);
    EXPECT_EQ(codeFromDouble(-infinity, {.overflow = Overflow::Sat}), -32768);
    EXPECT_EQ(codeFromDouble(infinity, {}), 0);
}

TEST(Quantise, WeightsTakeTheTextPath)
{
    const FixedFormat format{}; // fixed<16,6>
    const std::vector<double> values{0.4999999999, 0.49999999999, -0.0001, 31.99999999999, std::nan("")};
    EXPECT_EQ(weightText(values[0], format), "0.4999999999");
    const CodeTensor codes = codesFromWeights({5}, values, format);
    EXPECT_EQ(codes.codes, (std::vector<std::int64_t>{511, 512, -1, -32768, 0}));
    const FixedFormat integers{.width_bits = 8, .integer_bits = 8, .family = FixedFamily::Integer};
    const std::vector<double> halves{0.5, 1.5, 2.4, -0.3};
    EXPECT_EQ(codesFromWeights({4}, halves, integers).codes, (std::vector<std::int64_t>{0, 2, 2, 0}));
}

TEST(Quantise, WideCodesComeBackAsTheNearestDouble)
{
    const FixedFormat wide{.width_bits = 200, .integer_bits = 100};
    const WideInt code = (WideInt(1) << 120) + (WideInt(1) << 67) + 1;
    EXPECT_EQ(codeToDouble(code, wide), std::ldexp(1.0, 20) + std::ldexp(1.0, -32));
    EXPECT_EQ(codeToDouble(WideInt(-code), wide), -std::ldexp(1.0, 20) - std::ldexp(1.0, -32));
    EXPECT_EQ(codeToDouble(WideInt((WideInt(1) << 120) + (WideInt(1) << 67)), wide), std::ldexp(1.0, 20));
}

TEST(Quantise, TensorsOfAllWidthsConvert)
{
    const FixedFormat wide{.width_bits = 80, .integer_bits = 40};
    CodeTensor narrow{.shape = {3}, .format = FixedFormat{}, .codes = {5, -5, 32767}};
    const CodeTensor up = convertTensor(narrow, wide);
    ASSERT_TRUE(up.isWide());
    EXPECT_EQ(up.wide_codes[1], -(WideInt(5) << 30));
    EXPECT_EQ(convertTensor(up, FixedFormat{}).codes, narrow.codes);
}

} // namespace
} // namespace bitwright
