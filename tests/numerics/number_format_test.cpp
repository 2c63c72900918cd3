// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/number_format.h"

#include <gtest/gtest.h>

#include "numerics/code_tensor.h"
#include "numerics/shape.h"

namespace bitwright {
namespace {

std::string readBack(std::string_view text)
{
    const auto format = parseNumberFormat(text);
    return format ? shortName(*format) : std::string(codeName(format.error().code));
}

TEST(NumberFormat, ReadsEverySpellingOfHls4ml)
{
    EXPECT_EQ(readBack("fixed<16,6>"), "fixed<16,6>");
    EXPECT_EQ(readBack("ap_fixed<16,6,AP_TRN,AP_WRAP,0>"), "fixed<16,6>");
    EXPECT_EQ(readBack(" ap_ufixed< 8 , 3 , rnd , ap_sat > "), "ufixed<8,3,RND,SAT>");
    EXPECT_EQ(readBack("fixed<8,-3,RND_CONV,SAT_SYM>"), "fixed<8,-3,RND_CONV,SAT_SYM>");
    EXPECT_EQ(readBack("fixed<8,3,TRN,WRAP,2>"), "fixed<8,3,TRN,WRAP,2>");
    EXPECT_EQ(readBack("int<8>"), "int<8>");
    EXPECT_EQ(readBack("ap_uint<1>"), "uint<1>");
    EXPECT_EQ(readBack("ac_fixed<8,3,false,AC_RND,AC_SAT>"), "ufixed<8,3,RND,SAT>");
    EXPECT_EQ(readBack("ac_int<7,true>"), "int<7>");
    EXPECT_EQ(readBack("bipolar"), "bipolar");
    EXPECT_EQ(readBack("fixed<4,2,TRN,WRAP_SM>"), "fixed<4,2,TRN,WRAP_SM>");
}

TEST(NumberFormat, RefusesWhatIsNoFormat)
{
    for (const char* text : {"", "fixed", "fixed<>", "fixed<8>", "fixed<8,3", "fixed<8,3>>", "fixed<<8,3>", "fixd<8,3>",
                             "fixed<8,3,UP>", "fixed<8,3,RND,CLIP>", "fixed<8,3,RND,SAT,1,2>", "fixed<8.5,3>",
                             "int<8,3>", "int<>", "int<x>", "auto", "<8,3>", "fixed<99999999999,1>", "ac_ufixed<8,3>"})
        EXPECT_EQ(readBack(text), "FormatSyntax") << text;
    for (const char* text : {"fixed<0,0>", "fixed<1025,6>", "int<-1>", "fixed<8,99999>", "fixed<8,3,TRN,WRAP,9>"})
        EXPECT_EQ(readBack(text), "FormatRange") << text;
    for (const char* text : {"float", "half", "ac_float<8,3,5>", "std_float<16,5>", "ufixed<4,2,TRN,WRAP_SM>"})
        EXPECT_EQ(readBack(text), "FormatUnsupported") << text;
    EXPECT_EQ(readBack(std::string(100'000, '<')), "FormatSyntax");
}

TEST(NumberFormat, NamesReadBackToTheSameFormat)
{
    for (bool is_signed : {true, false})
        for (int rounding = 0; rounding < 7; ++rounding)
            for (int overflow = 0; overflow < (is_signed ? 5 : 4); ++overflow)
                for (int saturation_bits : {0, 2}) {
                    FixedFormat format{.width_bits = 9, .integer_bits = -2, .is_signed = is_signed,
                                       .rounding = static_cast<Rounding>(rounding),
                                       .overflow = static_cast<Overflow>(overflow),
                                       .saturation_bits = saturation_bits};
                    EXPECT_EQ(*parseNumberFormat(shortName(format)), NumberFormat(format)) << shortName(format);
                    EXPECT_EQ(*parseNumberFormat(longName(format)), NumberFormat(format)) << longName(format);
                }
}

TEST(NumberFormat, KnowsItsRange)
{
    const FixedFormat format{.width_bits = 8, .integer_bits = 3};
    EXPECT_EQ(maximumValue(format), 3.96875);
    EXPECT_EQ(minimumValue(format), -4.0);
    EXPECT_EQ(resolution(format), 0.03125);
    EXPECT_EQ(minimumValue({.width_bits = 8, .integer_bits = 3, .overflow = Overflow::SatSym}), -3.96875);
    EXPECT_EQ(maximumValue({.width_bits = 4, .integer_bits = 6, .is_signed = false}), 60.0);
}

TEST(Shape, CountsElementsAndNoticesOverflow)
{
    EXPECT_EQ(elementCount({}), 1);
    EXPECT_EQ(elementCount({3, 4}), 12);
    EXPECT_EQ(elementCount({3, 0, 1LL << 62, 1LL << 62}), 0);
    EXPECT_FALSE(elementCount({3, -1}));
    EXPECT_FALSE(elementCount({1LL << 40, 1LL << 40}));
    EXPECT_EQ(shapeText({1, 16}), "[1, 16]");
}

TEST(CodeTensor, CopyHashesAnew)
{
    CodeTensor tensor{.shape = {2}, .format = FixedFormat{}, .codes = {1, 2}};
    const ContentHash hash = contentHash(tensor);
    CodeTensor copy = tensor;
    copy.codes[0] = 7;
    EXPECT_NE(contentHash(copy), hash);
    EXPECT_EQ(contentHash(tensor), hash);
}

} // namespace
} // namespace bitwright
