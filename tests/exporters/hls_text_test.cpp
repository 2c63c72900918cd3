// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/hls_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporters/hls_sources.h"

namespace bitwright {
namespace {

TEST(HlsIdentifier, KeepsLettersAndDigitsOnly)
{
    EXPECT_EQ(hlsIdentifier("Dense_MatMul_0"), "Dense_MatMul_0");
    EXPECT_EQ(hlsIdentifier("/model/fc 1/MatMul"), "model_fc_1_MatMul");
    EXPECT_EQ(hlsIdentifier("\"); system(\"x\")//\n#"), "system_x");
    EXPECT_EQ(hlsIdentifier("größe\xff"), "gr_e");
    EXPECT_EQ(hlsIdentifier("***"), "");
    EXPECT_LE(hlsIdentifier(std::string(5000, 'x')).size(), 60U);
}

TEST(HlsProjectName, IsAFunctionName)
{
    EXPECT_EQ(hlsProjectName("myproject"), "myproject");
    EXPECT_EQ(hlsProjectName(""), "myproject");
    EXPECT_EQ(hlsProjectName("../../etc/x"), "etc_x");
    EXPECT_EQ(hlsProjectName("class"), "class_top");
    EXPECT_EQ(hlsProjectName("main"), "main_top");
    EXPECT_EQ(hlsProjectName("2nd try"), "project_2nd_try");
    EXPECT_EQ(hlsProjectName("ap_int"), "project_ap_int");
}

TEST(HlsPlainText, HoldsNoSyntax)
{
    const std::string text = hlsPlainText("a\\\n*/ \"$x[exit]`ls`{}|%@?\x01");
    EXPECT_EQ(text.find_first_of("\\\n*\"$[]`{}|%@?\x01"), std::string::npos) << text;
}

TEST(HlsType, NamesEveryMode)
{
    EXPECT_EQ(hlsType(FixedFormat{.width_bits = 8, .integer_bits = 3}), "ap_fixed<8, 3, AP_TRN, AP_WRAP, 0>");
    EXPECT_EQ(hlsType(FixedFormat{.width_bits = 8,
                                  .integer_bits = -3,
                                  .is_signed = false,
                                  .rounding = Rounding::RndMinInf,
                                  .overflow = Overflow::SatSym}),
              "ap_ufixed<8, -3, AP_RND_MIN_INF, AP_SAT_SYM, 0>");
    EXPECT_EQ(hlsType(integerFormat(7)), "ap_int<7>");
    EXPECT_EQ(hlsType(BipolarFormat{}), "ap_uint<1>");
    EXPECT_EQ(hlsType(Float32Format{}), std::nullopt);
}

} // namespace
} // namespace bitwright
