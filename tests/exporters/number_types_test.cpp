// SPDX-License-Identifier: GPL-3.0-or-later
// The number types of exported projects, exhaustively for small widths, against the program's own conversions.
#include <gtest/gtest.h>

#include "bw_fixed.h"
#include "numerics/fixed_arithmetic.h"

namespace {

using bitwright::Conversion;
using bitwright::FixedFamily;
using bitwright::FixedFormat;
using bitwright::Overflow;
using bitwright::Rounding;

constexpr Rounding roundingOf(ap_q_mode mode)
{
    constexpr Rounding kModes[] = {Rounding::Rnd, Rounding::RndZero, Rounding::RndMinInf, Rounding::RndInf,
                                   Rounding::RndConv, Rounding::Trn, Rounding::TrnZero};
    return kModes[mode];
}

constexpr Overflow overflowOf(ap_o_mode mode)
{
    constexpr Overflow kModes[] = {Overflow::Sat, Overflow::SatZero, Overflow::SatSym, Overflow::Wrap, Overflow::WrapSm};
    return kModes[mode];
}

template <class T>
struct FormatOf;
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
struct FormatOf<ap_fixed<W, I, Q, O, N>> {
    static constexpr FixedFormat value{W, I, true, roundingOf(Q), overflowOf(O), N, FixedFamily::Fixed};
};
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
struct FormatOf<ap_ufixed<W, I, Q, O, N>> {
    static constexpr FixedFormat value{W, I, false, roundingOf(Q), overflowOf(O), N, FixedFamily::Fixed};
};
template <int W>
struct FormatOf<ap_int<W>> {
    static constexpr FixedFormat value{.width_bits = W, .integer_bits = W, .family = FixedFamily::Integer};
};
template <int W>
struct FormatOf<ap_uint<W>> {
    static constexpr FixedFormat value{.width_bits = W, .integer_bits = W, .is_signed = false, .family = FixedFamily::Integer};
};

long g_conversions = 0;

template <class To, class From>
void expectEqual()
{
    const Conversion conversion(FormatOf<From>::value, FormatOf<To>::value);
    for (int bits = 0; bits < (1 << From::width); ++bits) {
        From x;
        x.range(From::width - 1, 0) = bits;
        const To y = x;
        ASSERT_EQ(static_cast<std::int64_t>(y.V), conversion(static_cast<std::int64_t>(x.V)))
            << longName(FormatOf<From>::value) << " -> " << longName(FormatOf<To>::value) << ", code "
            << static_cast<std::int64_t>(x.V);
        ++g_conversions;
    }
}

template <class To>
void fromEverywhere()
{
    expectEqual<To, ap_fixed<7, 3>>();
    expectEqual<To, ap_ufixed<6, 1>>();
    expectEqual<To, ap_fixed<5, 7>>();
    expectEqual<To, ap_int<6>>();
}

template <int W, int I, ap_q_mode Q>
void byOverflow()
{
    fromEverywhere<ap_fixed<W, I, Q, AP_WRAP>>();
    fromEverywhere<ap_fixed<W, I, Q, AP_WRAP, 2>>();
    fromEverywhere<ap_fixed<W, I, Q, AP_SAT>>();
    fromEverywhere<ap_fixed<W, I, Q, AP_SAT_SYM>>();
    fromEverywhere<ap_ufixed<W, I, Q, AP_SAT>>();
}

TEST(NumberTypes, ConvertByEveryRounding)
{
    byOverflow<4, 2, AP_TRN>();
    byOverflow<4, 2, AP_TRN_ZERO>();
    byOverflow<4, 2, AP_RND>();
    byOverflow<4, 2, AP_RND_ZERO>();
    byOverflow<4, 2, AP_RND_INF>();
    byOverflow<4, 2, AP_RND_MIN_INF>();
    byOverflow<4, 2, AP_RND_CONV>();
    EXPECT_GT(g_conversions, 9000);
}

TEST(NumberTypes, ConvertByEveryOverflow)
{
    fromEverywhere<ap_fixed<3, 5, AP_RND, AP_SAT_ZERO>>();
    fromEverywhere<ap_fixed<5, -1, AP_RND, AP_WRAP_SM>>();
    fromEverywhere<ap_fixed<5, 1, AP_RND, AP_WRAP_SM, 1>>();
    fromEverywhere<ap_fixed<5, 1, AP_RND, AP_WRAP_SM, 3>>();
    fromEverywhere<ap_fixed<5, 1, AP_TRN, AP_WRAP, 1>>();
    fromEverywhere<ap_ufixed<5, 1, AP_RND, AP_WRAP, 2>>();
    fromEverywhere<ap_ufixed<5, 1, AP_RND, AP_SAT_SYM>>();
    fromEverywhere<ap_ufixed<5, 1, AP_RND, AP_SAT_ZERO>>();
    fromEverywhere<ap_fixed<1, 1, AP_TRN, AP_SAT_SYM>>();
}

TEST(NumberTypes, ConvertToIntegersTowardZero)
{
    fromEverywhere<ap_int<4>>();
    fromEverywhere<ap_uint<4>>();
    fromEverywhere<ap_uint<1>>();
    expectEqual<ap_int<5>, ap_fixed<6, 0>>();
    expectEqual<ap_int<5>, ap_fixed<6, -2>>();
    expectEqual<ap_uint<5>, ap_fixed<6, 0>>();
}

TEST(NumberTypes, StoreDoublesExactly)
{
    EXPECT_EQ((ap_fixed<8, 3>(-1.03125).V), -33);
    EXPECT_EQ((ap_fixed<8, 3>(-1.0001).V), -33);
    EXPECT_EQ((ap_fixed<8, 3, AP_RND>(1e-300).V), 0);
    EXPECT_EQ((ap_fixed<8, 3>(-1e-300).V), -1);
    EXPECT_EQ((ap_fixed<8, 3>(9.0).V), 32);
    EXPECT_EQ((ap_fixed<8, 3>(1e300).V), 0);
    EXPECT_EQ((ap_fixed<8, 3, AP_TRN, AP_SAT>(1e300).V), 127);
    EXPECT_EQ((ap_fixed<8, 3, AP_TRN, AP_SAT>(-HUGE_VAL).V), -128);
    EXPECT_EQ((ap_fixed<8, 3>(HUGE_VAL).V), 0);
}

} // namespace
