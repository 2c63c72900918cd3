// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format_input.h"
#include "widgets/text.h"
#include "widgets/tunable_input.h"

#include <gtest/gtest.h>

namespace bitwright {
namespace {

std::string shown(const char* text)
{
    const Result<FormatInput> input = parseFormatInput(QString::fromUtf8(text));
    if (!input)
        return "refused";
    if (std::holds_alternative<UnsetFormat>(*input))
        return "unset";
    if (const auto* choice = std::get_if<FormatChoice>(&*input))
        return describe(*choice);
    const auto& relative = std::get<RelativeFormat>(*input);
    return (relative.field == RelativeFormat::Field::Width ? "width " : "integer ") + std::to_string(relative.multiply) + " "
           + std::to_string(relative.add);
}

TEST(FormatInput, ReadsWhatPeopleType)
{
    EXPECT_EQ(shown("fixed<8,3,RND,SAT>"), "fixed<8,3,RND,SAT>");
    EXPECT_EQ(shown(" ap_ufixed< 8 , 3 > "), "ufixed<8,3>");
    EXPECT_EQ(shown("8,3"), "fixed<8,3>");
    EXPECT_EQ(shown("u8.3"), "ufixed<8,3>");
    EXPECT_EQ(shown("int4"), "int<4>");
    EXPECT_EQ(shown("uint8"), "uint<8>");
    EXPECT_EQ(shown("auto"), "auto");
    EXPECT_EQ(shown(""), "unset");
    EXPECT_EQ(shown("+1"), "width 1 1");
    EXPECT_EQ(shown("-2"), "width 1 -2");
    EXPECT_EQ(shown("*2"), "width 2 0");
    EXPECT_EQ(shown("i+1"), "integer 1 1");
}

TEST(FormatInput, RefusesWhatIsNoFormat)
{
    for (const char* text : {"fixed<8", "fixed<0,0>", "hello", "fixed<8,3,NEAREST>", "++1", "8,3,1,2,3,4,5"})
        EXPECT_EQ(shown(text), "refused") << text;
}

TEST(FormatInput, RelativeChangeKeepsTheOtherSide)
{
    const NumberFormat now = FixedFormat{8, 3};
    RelativeFormat wider;
    wider.add = 1;
    const auto width = resolveInput(wider, now);
    ASSERT_TRUE(width);
    EXPECT_EQ(describe(**width), "fixed<9,3>");
    RelativeFormat more;
    more.field = RelativeFormat::Field::IntegerBits;
    more.add = 1;
    const auto integer = resolveInput(more, now);
    ASSERT_TRUE(integer);
    EXPECT_EQ(describe(**integer), "fixed<9,4>");
}

TEST(FormatInput, RelativeChangeOutOfRangeIsRefused)
{
    RelativeFormat narrower;
    narrower.add = -9;
    EXPECT_FALSE(resolveInput(narrower, NumberFormat(FixedFormat{8, 3})));
}

TunableInfo reuse()
{
    TunableInfo info{tunables::kReuseFactor, "Reuse factor", "", std::int64_t{1}, {}};
    for (const std::int64_t value : {1, 2, 4, 8, 16})
        info.legal.emplace_back(value);
    return info;
}

TEST(TunableInput, TakesLegalValuesOnly)
{
    const TunableChoice now = std::int64_t{4};
    EXPECT_EQ(parseTunableInput(reuse(), QStringLiteral("8"), now).choice, TunableChoice(std::int64_t{8}));
    EXPECT_EQ(parseTunableInput(reuse(), QStringLiteral("*2"), now).choice, TunableChoice(std::int64_t{8}));
    const TunableInput refused = parseTunableInput(reuse(), QStringLiteral("5"), now);
    EXPECT_FALSE(refused.choice);
    EXPECT_EQ(toUtf8(refused.problem), "5 is not a legal reuse factor here; the nearest are 4 and 8.");
}

TEST(TunableInput, StepsToTheNeighbours)
{
    EXPECT_EQ(neighbour(reuse(), std::int64_t{4}, 1), TunableChoice(std::int64_t{8}));
    EXPECT_EQ(neighbour(reuse(), std::int64_t{4}, -1), TunableChoice(std::int64_t{2}));
    EXPECT_FALSE(neighbour(reuse(), std::int64_t{16}, 1));
    EXPECT_FALSE(neighbour(reuse(), std::int64_t{1}, -1));
}

} // namespace
} // namespace bitwright
