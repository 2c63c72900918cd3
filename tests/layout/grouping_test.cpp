// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ctime>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "layout/grouping.h"

namespace bitwright {
namespace {

GraphNode box(std::string scope, std::string what)
{
    GraphNode node;
    node.id = node.title = scope;
    node.scope = std::move(scope);
    node.subtitle = std::move(what);
    return node;
}

/// @p count boxes in a chain; @p name and @p what by number.
template <class Name, class What>
GraphSummary chain(int count, Name name, What what)
{
    GraphSummary graph;
    for (int i = 0; i < count; ++i) {
        graph.nodes.push_back(box(name(i), what(i)));
        if (i > 0) graph.edges.push_back({i - 1, i, i, "", {}});
    }
    return graph;
}

GraphSummary encoder(int layers)
{
    static constexpr const char* kKinds[] = {"attn/q/MatMul", "attn/k/MatMul", "attn/Softmax", "ffn/fc1/MatMul", "ffn/Relu", "ffn/fc2/MatMul"};
    return chain(
        6 * layers, [](int i) { return fmt::format("/encoder/layer.{}/{}", i / 6, kKinds[i % 6]); }, [](int i) { return std::string(kKinds[i % 6]); });
}

TEST(Grouping, ScopesOfNamesAreTheHierarchy)
{
    const GraphSummary graph = encoder(12);
    const Grouping grouping = groupNodes(graph);
    const auto layer = std::find_if(grouping.groups.begin(), grouping.groups.end(), [](const NodeGroup& g) { return g.id == "group:encoder/layer.3"; });
    ASSERT_NE(layer, grouping.groups.end());
    EXPECT_EQ(layer->size, 6);
    EXPECT_EQ(layer->alike, 12);
    EXPECT_EQ(grouping.groups[static_cast<std::size_t>(layer->parent)].size, 72);
    for (std::size_t g = 0; g < grouping.groups.size(); ++g) {
        EXPECT_LT(grouping.groups[g].parent, static_cast<std::int32_t>(g));
        EXPECT_GE(grouping.groups[g].size, 2);
    }
}

TEST(Grouping, AClosedGroupIsOneBoxThatStandsForAllInIt)
{
    const GraphSummary graph = encoder(3);
    const Grouping grouping = groupNodes(graph);
    const GraphSummary closed = withClosedGroups(graph, grouping, {"group:encoder"});
    ASSERT_EQ(closed.nodes.size(), 3u);
    EXPECT_EQ(closed.edges.size(), 2u);
    EXPECT_EQ(closed.nodes[1].other_ids.size(), 6u);
    EXPECT_EQ(closed.nodes[1].other_ids[0], "/encoder/layer.1/attn/q/MatMul");
    std::set<std::string> all;
    for (const NodeGroup& group : grouping.groups) all.insert(group.id);
    EXPECT_EQ(withClosedGroups(graph, grouping, all), graph);
}

TEST(Grouping, AGroupSaysWhatInItCannotBeBuilt)
{
    GraphSummary graph = encoder(3);
    graph.nodes[7].unsupported = "There is no rule.";
    const GraphSummary closed = withClosedGroups(graph, groupNodes(graph), {"group:encoder"});
    EXPECT_TRUE(closed.nodes[0].unsupported.empty());
    EXPECT_NE(closed.nodes[1].unsupported.find("There is no rule."), std::string::npos);
}

TEST(Grouping, RepeatedBlocksWithoutNamesAreFoundByTheirPeriod)
{
    const GraphSummary graph = chain(1200, [](int) { return std::string(); }, [](int i) { return fmt::format("kind {}", i % 12); });
    const Grouping grouping = groupNodes(graph);
    ASSERT_EQ(grouping.groups.size(), 100u);
    for (const NodeGroup& group : grouping.groups) {
        EXPECT_EQ(group.size, 12);
        EXPECT_EQ(group.alike, 100);
    }
}

TEST(Grouping, SmallGraphsStayAsTheyAre)
{
    const GraphSummary graph = encoder(10);
    EXPECT_EQ(overviewOf(graph), graph);
}

TEST(Grouping, LargeGraphsOpenWithinTheBudget)
{
    for (const int layers : {100, 1700, 8500}) { // 600 to 51,000 boxes
        const std::clock_t start = std::clock();
        const GraphSummary overview = overviewOf(encoder(layers));
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        EXPECT_LE(overview.nodes.size(), static_cast<std::size_t>(kVisibleBoxes)) << layers;
        EXPECT_GE(overview.nodes.size(), 10u) << layers;
        EXPECT_LT(seconds, 1.5) << layers;
    }
    const GraphSummary nameless = chain(50'000, [](int) { return std::string(); }, [](int i) { return fmt::format("kind {}", i % 91 * (i % 91) % 91); });
    EXPECT_LE(overviewOf(nameless).nodes.size(), static_cast<std::size_t>(kVisibleBoxes));
}

TEST(Grouping, CyclesAndEmptyGraphsAreNoTrouble)
{
    EXPECT_TRUE(groupNodes({}).groups.empty());
    GraphSummary cycle = chain(500, [](int) { return std::string(); }, [](int) { return std::string("x"); });
    cycle.edges.push_back({499, 0, 499, "", {}});
    EXPECT_LE(overviewOf(cycle).nodes.size(), static_cast<std::size_t>(kVisibleBoxes));
}

} // namespace
} // namespace bitwright
