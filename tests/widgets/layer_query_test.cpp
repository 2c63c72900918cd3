// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_design.h"
#include "widgets/layer_query.h"
#include "widgets/text.h"

#include <gtest/gtest.h>

namespace bitwright {
namespace {

/// Ids of the layers that @p text finds, joined.
std::string found(const char* text, const QSet<QString>& selected = {})
{
    const DesignView view = test::smallDesign();
    const LayerQuery query = LayerQuery::parse(QString::fromUtf8(text));
    const std::vector<bool> hits = query.run(view, layerFacts(view), selected);
    std::string ids;
    for (std::size_t i = 0; i < hits.size(); ++i)
        if (hits[i])
            ids += (ids.empty() ? "" : " ") + (*view.layers)[i].id;
    return ids;
}

std::string problem(const char* text)
{
    return toUtf8(LayerQuery::parse(QString::fromUtf8(text)).problem());
}

TEST(LayerQuery, FindsByNameTypeAndNode)
{
    EXPECT_EQ(found("FC"), "fc1 fc2");
    EXPECT_EQ(found("op:Dense"), "fc1 fc2");
    EXPECT_EQ(found("name:fc*"), "fc1 fc2");
    EXPECT_EQ(found("/^re/"), "relu");
    EXPECT_EQ(found("fc1/MatMul"), "fc1");
    EXPECT_EQ(found(""), "fc1 relu fc2");
}

TEST(LayerQuery, ComparesNumbers)
{
    EXPECT_EQ(found("wbits<8"), "fc2");
    EXPECT_EQ(found("wbits>=8"), "fc1");
    EXPECT_EQ(found("lut>1k"), "fc1");
    EXPECT_EQ(found("reuse=2"), "fc1 fc2");
    EXPECT_EQ(found("rbits<=7"), "relu");
    EXPECT_EQ(found("sqnr<30"), "") << "unknown numbers match nothing";
}

TEST(LayerQuery, KnowsStates)
{
    EXPECT_EQ(found("is:locked"), "fc2");
    EXPECT_EQ(found("is:noted"), "fc2");
    EXPECT_EQ(found("is:edited"), "fc2");
    EXPECT_EQ(found("is:unsupported"), "");
    EXPECT_EQ(found("is:selected", {QStringLiteral("relu")}), "relu");
}

TEST(LayerQuery, CombinesConditions)
{
    EXPECT_EQ(found("op:Dense -is:locked"), "fc1");
    EXPECT_EQ(found("relu | wbits<8"), "relu fc2");
    EXPECT_EQ(found("-(relu | wbits<8)"), "fc1");
}

TEST(LayerQuery, SaysWhatItCannotReadAndUsesTheRest)
{
    EXPECT_EQ(found("fc wbits<"), "fc1 fc2");
    EXPECT_EQ(problem("fc wbits<"), "A number is missing after 'wbits<'.");
    EXPECT_EQ(problem("colour:red"), "'colour:' is not a field; try name:, op:, in:, out: or is:.");
    EXPECT_EQ(problem("(fc"), "A ')' is missing.");
    EXPECT_EQ(problem("is:tired"), "'tired' is not a state; try locked, unsupported, selected, edited, noted or warned.");
    EXPECT_FALSE(problem("/(/").empty());
    EXPECT_TRUE(problem("op:Dense lut>1k").empty());
}

TEST(LayerQuery, BoundsTheDepthOfHostileText)
{
    EXPECT_FALSE(problem(std::string(100'000, '(').c_str()).empty());
    EXPECT_FALSE(problem((std::string(100'000, '-') + "x").c_str()).empty());
}

} // namespace
} // namespace bitwright
