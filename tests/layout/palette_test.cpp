// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/palette.h"

#include <vector>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

struct Pair {
    ColourRole foreground;
    ColourRole background;
};

void expectContrast(const std::vector<Pair>& pairs, double least)
{
    for (const ColourScheme scheme : {ColourScheme::Light, ColourScheme::Dark})
        for (const Pair& pair : pairs)
            EXPECT_GE(contrastRatio(colour(pair.foreground, scheme), colour(pair.background, scheme)), least)
                << colourRoleName(pair.foreground) << " on " << colourRoleName(pair.background)
                << (scheme == ColourScheme::Light ? ", light" : ", dark");
}

TEST(Palette, ContrastIsThatOfTheGuidelines)
{
    EXPECT_NEAR(contrastRatio({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
    EXPECT_NEAR(contrastRatio({255, 255, 255}, {0, 0x72, 0xB2}), 5.2, 0.05);
    EXPECT_EQ(contrastRatio({9, 9, 9}, {9, 9, 9}), 1);
}

TEST(Palette, TextIsReadable)
{
    using enum ColourRole;
    std::vector<Pair> pairs{
        {Text, Window}, {Text, Panel}, {Text, Field}, {Text, Button}, {TextMuted, Window}, {TextMuted, Panel},
        {TextMuted, Field}, {AccentText, Accent}, {Link, Window}, {Link, Panel}, {Link, Field},
        {Good, Panel}, {Caution, Panel}, {Bad, Panel}, {Good, Field}, {Caution, Field}, {Bad, Field},
        {Good, Window}, {Caution, Window}, {Bad, Window}, {Good, GoodFill}, {Caution, CautionFill}, {Bad, BadFill},
        {Text, GoodFill}, {Text, CautionFill}, {Text, BadFill},
        {NodeText, NodeFill}, {NodeTextMuted, NodeFill}, {ChipText, ChipFill}, {QuantiserText, QuantiserFill},
        {CostText, CostFill}, {EdgeLabel, Canvas}, {NodeTextMuted, Canvas}, {NodeText, Canvas},
        {UnsupportedText, UnsupportedFill}, {UnsupportedText, UnsupportedHatch}, {WarningText, WarningFill},
    };
    for (int tint = static_cast<int>(PortTint); tint <= static_cast<int>(UnknownTint); ++tint) {
        pairs.push_back({NodeText, static_cast<ColourRole>(tint)});
        pairs.push_back({NodeTextMuted, static_cast<ColourRole>(tint)});
    }
    expectContrast(pairs, 4.5);
}

TEST(Palette, LinesAndMarksAreVisible)
{
    using enum ColourRole;
    std::vector<Pair> pairs{
        {Edge, Canvas}, {EdgeMuted, Canvas}, {Focus, Window}, {Focus, Canvas}, {Selection, Canvas},
        {Selection, NodeFill}, {Hover, Canvas}, {SearchHit, Canvas}, {Upstream, Canvas}, {Downstream, Canvas},
        {UnsupportedBorder, Canvas}, {UnsupportedBorder, UnsupportedFill},
    };
    for (int strong = static_cast<int>(PortStrong); strong <= static_cast<int>(UnknownStrong); ++strong) {
        const auto role = static_cast<ColourRole>(strong);
        const auto tint = static_cast<ColourRole>(strong + static_cast<int>(PortTint) - static_cast<int>(PortStrong));
        pairs.push_back({role, Canvas});
        pairs.push_back({role, NodeFill});
        pairs.push_back({role, tint});
    }
    for (int series = static_cast<int>(Series0); series <= static_cast<int>(Series7); ++series) {
        pairs.push_back({static_cast<ColourRole>(series), Field});
        pairs.push_back({static_cast<ColourRole>(series), Panel});
    }
    expectContrast(pairs, 3.0);
}

TEST(Palette, HexTextIsThatOfStyleSheets)
{
    EXPECT_EQ(hexText({0x0B, 0xF0, 0x9A}), "#0BF09A");
}

} // namespace
} // namespace bitwright
