// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <gtest/gtest.h>

#include "evaluation/compare.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

struct Change {
    float weight = 2;
    float alpha = 0.5F;
    bool has_extra = false;
    std::string prefix; ///< of node and value names
};

/// x -> Mul -> LeakyRelu -> [Sigmoid] -> Add.
Model model(const Change& change)
{
    test::GraphBuilder builder;
    builder.opset(13);
    ValueIndex x = builder.input("x", {1, 3});
    x = builder.node("Mul", {x, builder.constant(test::floats({3}, {1, change.weight, 3}))});
    x = builder.node("LeakyRelu", {x});
    builder.attribute("alpha", change.alpha);
    if (change.has_extra) x = builder.node("Sigmoid", {x});
    x = builder.node("Add", {x, builder.constant(test::floats({3}, {1, 1, 1}))});
    Model built = builder.finish(x);
    for (Node& node : built.graph.nodes) node.name = change.prefix + node.op_type;
    for (Value& value : built.graph.values)
        if (value.producer != kNone) value.name = change.prefix + value.name;
    return built;
}

std::vector<std::string> sections(const ModelComparison& comparison)
{
    std::vector<std::string> list;
    for (const Difference& difference : comparison.differences) list.push_back(difference.section + " " + difference.place);
    return list;
}

TEST(CompareModels, EqualModelsDoNotDiffer)
{
    EXPECT_TRUE(compareModels(model({}), model({})).differences.empty());
}

TEST(CompareModels, ChangedWeightsAndAttributesAreFoundWithTheirSize)
{
    const ModelComparison comparison = compareModels(model({}), model({2.5F, 0.25F}));
    ASSERT_EQ(comparison.differences.size(), 2u) << sections(comparison)[0];
    EXPECT_EQ(comparison.differences[0].section, "weights");
    EXPECT_EQ(comparison.differences[0].largest, 0.5);
    EXPECT_NEAR(comparison.differences[0].relative, 0.5 / std::sqrt(14.0), 1e-12);
    EXPECT_EQ(comparison.differences[1].section, "attributes");
    EXPECT_EQ(comparison.differences[1].a, "0.5");
}

TEST(CompareModels, AnAddedNodeIsOneDifferenceAndTheRestStaysMatched)
{
    Change added;
    added.has_extra = true;
    const ModelComparison comparison = compareModels(model({}), model(added));
    EXPECT_EQ(comparison.matches.size(), 3u);
    const auto only = std::count_if(comparison.differences.begin(), comparison.differences.end(),
                                    [](const Difference& difference) { return difference.section == "only in B"; });
    EXPECT_EQ(only, 1);
}

TEST(CompareModels, RenamedNodesAreMatchedByWhatSurroundsThem)
{
    Change renamed;
    renamed.prefix = "new/";
    const ModelComparison comparison = compareModels(model({}), model(renamed));
    ASSERT_EQ(comparison.matches.size(), 3u);
    for (const NodeMatch& match : comparison.matches) EXPECT_EQ(match.by, MatchedBy::Neighbourhood);
    for (const Difference& difference : comparison.differences) EXPECT_EQ(difference.section, "ports") << difference.place;
}

TEST(CompareModels, RepeatedBlocksUnderOtherNamesAreMatchedInOrder)
{
    const auto blocks = [](int count, const std::string& prefix) {
        test::GraphBuilder builder;
        ValueIndex x = builder.input("x", {1, 3});
        for (int i = 0; i < count; ++i) x = builder.node("Relu", {x});
        Model built = builder.finish(x);
        for (std::size_t i = 0; i < built.graph.nodes.size(); ++i) built.graph.nodes[i].name = prefix + std::to_string(i);
        for (Value& value : built.graph.values) value.name = prefix + value.name;
        return built;
    };
    const ModelComparison comparison = compareModels(blocks(9, "a"), blocks(11, "b"));
    EXPECT_EQ(comparison.matches.size(), 9u);
    for (std::size_t i = 1; i < comparison.matches.size(); ++i) EXPECT_LT(comparison.matches[i - 1].b, comparison.matches[i].b);
}

} // namespace
} // namespace bitwright
