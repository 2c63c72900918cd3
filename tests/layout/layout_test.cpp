// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/layout.h"

#include <algorithm>
#include <ctime>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "layout/layout_graphs.h"

namespace bitwright {
namespace {

using test::TestGraph;

LayoutResult layOut(const TestGraph& graph, const LayoutOptions& options = {})
{
    return bitwright::layOut(graph.nodes, graph.edges, options);
}

struct Rectangle {
    double left, top, right, bottom;
};

Rectangle boxOf(const TestGraph& graph, const LayoutResult& result, std::size_t v)
{
    const LayoutPoint p = result.positions[v];
    return {p.x, p.y, p.x + graph.nodes[v].width, p.y + graph.nodes[v].height};
}

/// Pairs of boxes that share area or touch. Sweeps over y, so large graphs are quick.
std::size_t countOverlaps(const TestGraph& graph, const LayoutResult& result)
{
    std::vector<Rectangle> boxes;
    for (std::size_t v = 0; v < graph.nodes.size(); ++v)
        boxes.push_back(boxOf(graph, result, v));
    std::ranges::sort(boxes, {}, &Rectangle::top);
    std::size_t overlaps = 0;
    for (std::size_t a = 0; a < boxes.size(); ++a)
        for (std::size_t b = a + 1; b < boxes.size() && boxes[b].top <= boxes[a].bottom; ++b)
            overlaps += boxes[a].left <= boxes[b].right && boxes[b].left <= boxes[a].right;
    return overlaps;
}

bool isAlong(const LayoutPoint& p, const Rectangle& box)
{
    constexpr double kSlack = 1e-6;
    return p.x >= box.left - kSlack && p.x <= box.right + kSlack && p.y >= box.top - kSlack &&
           p.y <= box.bottom + kSlack;
}

void expectSound(const TestGraph& graph, const LayoutResult& result, const std::string& what)
{
    ASSERT_TRUE(result.is_complete) << what;
    ASSERT_EQ(result.positions.size(), graph.nodes.size()) << what;
    ASSERT_EQ(result.routes.size(), graph.edges.size()) << what;
    EXPECT_EQ(countOverlaps(graph, result), 0u) << what;
    for (std::size_t v = 0; v < graph.nodes.size(); ++v) {
        const Rectangle box = boxOf(graph, result, v);
        EXPECT_GE(box.left, -1e-6) << what;
        EXPECT_GE(box.top, -1e-6) << what;
        EXPECT_LE(box.right, result.width + 1e-6) << what;
        EXPECT_LE(box.bottom, result.height + 1e-6) << what;
    }
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
        const LayoutEdge& edge = graph.edges[e];
        const LayoutRoute& route = result.routes[e];
        if (edge.from == edge.to) {
            EXPECT_TRUE(route.points.empty()) << what;
            continue;
        }
        ASSERT_GE(route.points.size(), 2u) << what;
        EXPECT_TRUE(isAlong(route.points.front(), boxOf(graph, result, static_cast<std::size_t>(edge.from)))) << what;
        EXPECT_TRUE(isAlong(route.points.back(), boxOf(graph, result, static_cast<std::size_t>(edge.to)))) << what;
    }
}

/// Every piece of a line that is not turned goes down, and no piece enters a box.
void expectLinesDownAndClear(const TestGraph& graph, const LayoutResult& result, const std::string& what)
{
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
        const LayoutRoute& route = result.routes[e];
        if (route.kind == RouteKind::Tunnel) continue;
        for (std::size_t i = 0; i + 1 < route.points.size(); ++i) {
            const LayoutPoint a = route.points[i];
            const LayoutPoint b = route.points[i + 1];
            EXPECT_TRUE(route.kind == RouteKind::Reversed || b.y >= a.y - 1e-9) << what;
            for (std::size_t v = 0; v < graph.nodes.size(); ++v) {
                const Rectangle box = boxOf(graph, result, v);
                const bool is_inside = std::min(a.x, b.x) < box.right && std::max(a.x, b.x) > box.left &&
                                       std::min(a.y, b.y) < box.bottom - 1e-6 && std::max(a.y, b.y) > box.top + 1e-6;
                EXPECT_FALSE(is_inside) << what << ": edge " << e << " runs over node " << v;
            }
        }
    }
}

double secondsOf(const TestGraph& graph)
{
    const std::clock_t start = std::clock();
    const LayoutResult result = layOut(graph);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_EQ(countOverlaps(graph, result), 0u);
    return seconds;
}

TEST(Layout, EmptyGraphHasNoExtent)
{
    const LayoutResult result = layOut(TestGraph{});
    EXPECT_TRUE(result.is_complete);
    EXPECT_TRUE(result.positions.empty());
    EXPECT_EQ(result.width, 0);
    EXPECT_EQ(result.height, 0);
}

TEST(Layout, SingleNodeFillsTheDrawing)
{
    const LayoutResult result = layOut(TestGraph{{{120, 40}}, {}});
    EXPECT_EQ(result.positions.at(0), (LayoutPoint{0, 0}));
    EXPECT_EQ(result.width, 120);
    EXPECT_EQ(result.height, 40);
}

TEST(Layout, ChainIsOneStraightLine)
{
    const TestGraph graph = test::chainGraph(20);
    const LayoutResult result = layOut(graph);
    expectSound(graph, result, "chain");
    for (const LayoutRoute& route : result.routes) {
        ASSERT_EQ(route.points.size(), 2u);
        EXPECT_EQ(route.points[0].x, route.points[1].x);
    }
}

TEST(Layout, MainPathOfAResidualNetworkStaysStraight)
{
    const TestGraph graph = test::residualGraph(16);
    const LayoutResult result = layOut(graph);
    expectSound(graph, result, "residual");
    expectLinesDownAndClear(graph, result, "residual");
    int straight = 0;
    for (std::size_t e = 0; e < 15; ++e)
        straight += result.routes[e].points.size() == 2;
    EXPECT_GE(straight, 13);
}

TEST(Layout, IsolatedNodesArePackedTowardsTheAspect)
{
    const TestGraph graph{std::vector<LayoutNode>(100, LayoutNode{100, 100}), {}};
    const LayoutResult result = layOut(graph);
    expectSound(graph, result, "isolated");
    EXPECT_GT(result.width / result.height, 1.2);
    EXPECT_LT(result.width / result.height, 2.2);
}

TEST(Layout, CycleIsBrokenAndOneEdgeTurned)
{
    const TestGraph graph{std::vector<LayoutNode>(3, LayoutNode{50, 30}), {{0, 1}, {1, 2}, {2, 0}}};
    const LayoutResult result = layOut(graph);
    expectSound(graph, result, "cycle");
    EXPECT_EQ(std::ranges::count(result.routes, RouteKind::Reversed, &LayoutRoute::kind), 1);
}

TEST(Layout, SelfLoopsAndBadIndicesHaveNoRoute)
{
    const TestGraph graph{std::vector<LayoutNode>(2, LayoutNode{50, 30}), {{0, 0}, {0, 1}, {0, 7}, {-3, 1}}};
    const LayoutResult result = layOut(graph);
    EXPECT_TRUE(result.routes[0].points.empty());
    EXPECT_FALSE(result.routes[1].points.empty());
    EXPECT_TRUE(result.routes[2].points.empty());
    EXPECT_TRUE(result.routes[3].points.empty());
}

TEST(Layout, RepeatedEdgesArriveAtPortsOfTheirOwn)
{
    const TestGraph graph{std::vector<LayoutNode>(2, LayoutNode{90, 30}), {{0, 1}, {0, 1}}};
    const LayoutResult result = layOut(graph);
    expectSound(graph, result, "twice");
    EXPECT_EQ(result.routes[0].points.front(), result.routes[1].points.front());
    EXPECT_NE(result.routes[0].points.back(), result.routes[1].points.back());
}

TEST(Layout, LongEdgesBecomeTunnels)
{
    TestGraph graph = test::chainGraph(20);
    graph.edges.push_back({0, 10, 0});
    graph.edges.push_back({0, 19, 0});
    const LayoutResult result = layOut(graph);
    EXPECT_EQ(result.routes[19].kind, RouteKind::Direct);
    EXPECT_EQ(result.routes[20].kind, RouteKind::Tunnel);
    EXPECT_EQ(result.routes[20].points.size(), 2u);
}

TEST(Layout, ConstantsStandNextToTheirConsumers)
{
    TestGraph graph = test::chainGraph(6);
    graph.nodes.push_back({80, 30});
    graph.edges.push_back({6, 5, 0});
    EXPECT_EQ(layOut(graph).ranks[6], 4);
}

TEST(Layout, SidewaysIsTheTransposedPicture)
{
    const TestGraph graph = test::transformerGraph(60);
    TestGraph turned = graph;
    for (LayoutNode& node : turned.nodes)
        std::swap(node.width, node.height);
    const LayoutResult down = layOut(graph);
    const LayoutResult right = layOut(turned, {.direction = LayoutDirection::LeftToRight});
    expectSound(turned, right, "sideways");
    ASSERT_EQ(down.positions.size(), right.positions.size());
    for (std::size_t v = 0; v < down.positions.size(); ++v)
        EXPECT_EQ(down.positions[v], (LayoutPoint{right.positions[v].y, right.positions[v].x}));
}

TEST(Layout, StoppedLayoutSaysSo)
{
    std::stop_source stop;
    stop.request_stop();
    LayoutOptions options;
    options.stop = stop.get_token();
    const LayoutResult result = layOut(test::chainGraph(50), options);
    EXPECT_FALSE(result.is_complete);
    EXPECT_TRUE(result.positions.empty());
}

TEST(Layout, SameGraphGivesTheSamePicture)
{
    const TestGraph graph = test::randomGraph(300, 500, 3, true);
    const LayoutResult a = layOut(graph);
    const LayoutResult b = layOut(graph);
    EXPECT_EQ(a.positions, b.positions);
    EXPECT_EQ(a.routes, b.routes);
}

TEST(Layout, NetworkShapesAreSound)
{
    expectSound(test::transformerGraph(300), layOut(test::transformerGraph(300)), "transformer");
    expectLinesDownAndClear(test::transformerGraph(300), layOut(test::transformerGraph(300)), "transformer");
    expectSound(test::denselyConnectedGraph(200), layOut(test::denselyConnectedGraph(200)), "dense");
    expectLinesDownAndClear(test::denselyConnectedGraph(200), layOut(test::denselyConnectedGraph(200)), "dense");
    expectSound(test::wideGraph(200, 16), layOut(test::wideGraph(200, 16)), "wide");
}

TEST(Layout, RandomGraphsAreSound)
{
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        const auto nodes = static_cast<std::int32_t>(1 + seed % 41);
        const auto edges = static_cast<std::int32_t>(seed * 7 % 97);
        const TestGraph acyclic = test::randomGraph(nodes, edges, seed, true);
        const LayoutResult result = layOut(acyclic);
        const std::string what = "seed " + std::to_string(seed);
        expectSound(acyclic, result, what);
        expectLinesDownAndClear(acyclic, result, what);
        EXPECT_EQ(std::ranges::count(result.routes, RouteKind::Reversed, &LayoutRoute::kind), 0) << what;
        const TestGraph any = test::randomGraph(nodes, edges, seed, false);
        expectSound(any, layOut(any), what + " with cycles");
        expectLinesDownAndClear(any, layOut(any), what + " with cycles");
    }
}

TEST(Layout, StarWithManyInputsIsSound)
{
    TestGraph graph{std::vector<LayoutNode>(5001, LayoutNode{100, 40}), {}};
    for (std::int32_t v = 1; v <= 5000; ++v)
        graph.edges.push_back({v, 0, 0});
    EXPECT_EQ(countOverlaps(graph, layOut(graph)), 0u);
}

// Budgets in CPU time, with a margin for a loaded machine; the printed figures are those to watch.
TEST(LayoutBudget, TenThousandNodes)
{
    const auto check = [](const char* name, const TestGraph& graph, double budget_seconds) {
        const double seconds = secondsOf(graph);
        RecordProperty(name, std::to_string(seconds * 1000));
        std::cout << name << ": " << graph.nodes.size() << " nodes, " << seconds * 1000 << " ms\n";
        EXPECT_LT(seconds, budget_seconds) << name;
    };
    check("chain", test::chainGraph(10000), 0.2);
    check("residual", test::residualGraph(10000), 0.2);
    check("transformer", test::transformerGraph(10000), 0.2);
    check("densely connected", test::denselyConnectedGraph(10000), 0.4);
    check("wide", test::wideGraph(10000, 64), 0.4);
    check("transformer", test::transformerGraph(50000), 1.2);
}

} // namespace
} // namespace bitwright
