// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/text_width.h"

#include <gtest/gtest.h>

namespace bitwright {
namespace {

TEST(TextWidth, GrowsWithTextAndSize)
{
    EXPECT_EQ(textWidth("", 12), 0);
    EXPECT_LT(textWidth("iii", 12), textWidth("WWW", 12));
    EXPECT_DOUBLE_EQ(textWidth("abc", 24), 2 * textWidth("abc", 12));
    EXPECT_GT(textWidth("abc", 12, true), textWidth("abc", 12));
    EXPECT_DOUBLE_EQ(textWidth("é", 10), textWidth("ö", 10)); // characters, not bytes
}

TEST(TextWidth, ElisionFitsAndKeepsBothEnds)
{
    const std::string name = "model/block_3/layer_17/convolution";
    for (const double width : {30.0, 60.0, 100.0, 150.0}) {
        const std::string elided = elideMiddle(name, width, 11);
        EXPECT_LE(textWidth(elided, 11), width) << elided;
        EXPECT_NE(elided.find("…"), std::string::npos);
    }
    EXPECT_EQ(elideMiddle(name, 1000, 11), name);
    EXPECT_EQ(elideMiddle(name, 100, 11).substr(0, 4), "mode");
    EXPECT_EQ(elideMiddle(name, 100, 11).substr(elideMiddle(name, 100, 11).size() - 4), "tion");
    EXPECT_EQ(elideEnd(name, 100, 11).substr(0, 8), "model/bl");
}

TEST(TextWidth, ElisionNeverSplitsACharacter)
{
    const std::string greek = "αβγδεζηθικλμνξοπρστυφχψω";
    for (double width = 0; width < 150; width += 7) {
        for (const std::string& elided : {elideMiddle(greek, width, 10), elideEnd(greek, width, 10)})
            for (std::size_t i = 0; i + 1 < elided.size(); ++i) {
                const auto lead = static_cast<unsigned char>(elided[i]);
                if (lead < 0xC0) continue;
                EXPECT_EQ(static_cast<unsigned char>(elided[i + 1]) & 0xC0, 0x80) << width;
            }
    }
}

} // namespace
} // namespace bitwright
