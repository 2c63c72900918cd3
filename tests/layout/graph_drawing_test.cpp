// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/graph_drawing.h"

#include <algorithm>
#include <ctime>
#include <iostream>
#include <set>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

GraphNode node(const std::string& id)
{
    GraphNode n;
    n.id = id;
    n.title = id;
    n.subtitle = "Dense 16 → 64";
    n.op_class = OperatorClass::Dense;
    return n;
}

GraphEdge edge(std::int32_t from, std::int32_t to, std::vector<GraphChip> chips = {})
{
    GraphEdge e;
    e.from = from;
    e.to = to;
    e.chips = std::move(chips);
    return e;
}

const DrawingElement* find(const Drawing& drawing, const std::string& id)
{
    const auto found = std::ranges::find(drawing.elements, id, &DrawingElement::id);
    return found == drawing.elements.end() ? nullptr : &*found;
}

std::ptrdiff_t count(const Drawing& drawing, ElementKind kind)
{
    return std::ranges::count(drawing.elements, kind, &DrawingElement::kind);
}

std::string textOf(const Drawing& drawing, const DrawingElement& element)
{
    std::string text;
    for (std::uint32_t i = 0; i < element.item_count; ++i)
        if (const auto* t = std::get_if<DrawnText>(&drawing.items[element.first_item + i].shape)) text += t->text + "|";
    return text;
}

TEST(GraphDrawing, EmptySummaryIsEmpty)
{
    const Drawing drawing = drawGraph({});
    EXPECT_TRUE(drawing.is_complete);
    EXPECT_TRUE(drawing.elements.empty());
}

TEST(GraphDrawing, NodeSaysEverything)
{
    GraphSummary graph;
    graph.nodes = {node("MatMul_0")};
    graph.nodes[0].formats = {{"w <8,3>", {}, "weight: fixed<8,3,RND,SAT>"}};
    graph.nodes[0].costs = {{"1.2k LUT", {}, {}}};
    graph.nodes[0].quality = {{"SQNR 38 dB", {}, {}}};
    graph.nodes[0].folded = {"constant fc1.weight [16, 64]"};
    const Drawing drawing = drawGraph(graph);
    ASSERT_EQ(drawing.elements.size(), 1u);
    EXPECT_EQ(textOf(drawing, drawing.elements[0]), "MatMul_0|Dense 16 → 64|w <8,3>|1.2k LUT|SQNR 38 dB|");
    EXPECT_NE(drawing.elements[0].tooltip.find("weight: fixed<8,3,RND,SAT>"), std::string::npos);
    EXPECT_NE(drawing.elements[0].tooltip.find("constant fc1.weight [16, 64]"), std::string::npos);
    std::set<Freshness> kinds;
    for (const DrawingItem& item : drawing.items)
        kinds.insert(item.freshness);
    EXPECT_EQ(kinds.size(), 4u);
}

TEST(GraphDrawing, UnsupportedNodeIsHatchedAndGivesItsReason)
{
    GraphSummary graph;
    graph.nodes = {node("Conv_0")};
    graph.nodes[0].unsupported = "The hls4ml flow has no rule for Conv.";
    const Drawing drawing = drawGraph(graph);
    EXPECT_TRUE(drawing.elements[0].is_unsupported);
    EXPECT_NE(drawing.elements[0].tooltip.find("The hls4ml flow has no rule for Conv."), std::string::npos);
    EXPECT_NE(drawing.elements[0].description.find("not supported"), std::string::npos);
    EXPECT_TRUE(std::ranges::any_of(drawing.items, [](const DrawingItem& item) {
        const auto* box = std::get_if<DrawnBox>(&item.shape);
        return box != nullptr && box->hatch != kNoColour;
    }));
}

TEST(GraphDrawing, QuantisersAreChipsThatConsumersShare)
{
    GraphSummary graph;
    graph.nodes = {node("a"), node("b"), node("c")};
    const std::vector<GraphChip> chips{{"int8", "Quant_0", {}}, {"u<2,0>", "Quant_1", {}}};
    graph.edges = {edge(0, 1, chips), edge(0, 2, chips)};
    const Drawing drawing = drawGraph(graph);
    EXPECT_EQ(count(drawing, ElementKind::Chip), 2);
    EXPECT_EQ(count(drawing, ElementKind::Edge), 4); // a-chip, chip-chip, chip-b, chip-c
    const DrawingElement* first = find(drawing, "Quant_0");
    const DrawingElement* second = find(drawing, "Quant_1");
    ASSERT_NE(first, nullptr);
    ASSERT_NE(second, nullptr);
    EXPECT_GT(first->bounds.y, find(drawing, "a")->bounds.bottom());
    EXPECT_GT(second->bounds.y, first->bounds.bottom());
    EXPECT_LT(second->bounds.bottom(), find(drawing, "b")->bounds.y);
}

TEST(GraphDrawing, EdgesNameTheElementsAtTheirEnds)
{
    GraphSummary graph;
    graph.nodes = {node("a"), node("b")};
    graph.edges = {edge(0, 1), edge(0, 9), edge(-1, 1)};
    const Drawing drawing = drawGraph(graph);
    ASSERT_EQ(count(drawing, ElementKind::Edge), 1);
    const DrawingElement& line = drawing.elements[0];
    EXPECT_EQ(drawing.elements[static_cast<std::size_t>(line.from)].id, "a");
    EXPECT_EQ(drawing.elements[static_cast<std::size_t>(line.to)].id, "b");
}

TEST(GraphDrawing, PartsAreInsideTheirNode)
{
    GraphSummary graph;
    graph.nodes = {node("a")};
    for (int i = 0; i < 9; ++i)
        graph.nodes[0].formats.push_back({"slot " + std::to_string(i) + " <16,6>", "Quant_" + std::to_string(i), {}});
    graph.nodes[0].other_ids = {"a_param0"};
    const Drawing drawing = drawGraph(graph);
    ASSERT_EQ(drawing.targets.size(), 10u);
    const Box& body = drawing.elements[0].bounds;
    for (const DrawingTarget& target : drawing.targets) {
        if (target.bounds.width == 0) continue;
        EXPECT_TRUE(body.contains({target.bounds.x, target.bounds.y}));
        EXPECT_TRUE(body.contains({target.bounds.right(), target.bounds.bottom()}));
        for (const DrawingTarget& other : drawing.targets)
            EXPECT_TRUE(&other == &target || !other.bounds.intersects(target.bounds));
    }
}

TEST(GraphDrawing, AnEditOfOneBitKeepsTheLayout)
{
    GraphSummary graph;
    graph.nodes = {node("a"), node("b")};
    graph.nodes[0].formats = {{"w <8,3>", {}, {}}};
    graph.edges = {edge(0, 1)};
    const Drawing before = drawGraph(graph);
    graph.nodes[0].formats[0].text = "w <18,13>";
    const Drawing after = drawGraph(graph);
    for (std::size_t e = 0; e < before.elements.size(); ++e)
        EXPECT_EQ(before.elements[e].bounds, after.elements[e].bounds);
}

TEST(GraphDrawing, StoppedDrawingSaysSo)
{
    std::stop_source stop;
    stop.request_stop();
    GraphSummary graph;
    graph.nodes = {node("a")};
    GraphDrawingOptions options;
    options.stop = stop.get_token();
    EXPECT_FALSE(drawGraph(graph, options).is_complete);
}

TEST(GraphDrawing, LongNamesAndReasonsStayInsideTheBox)
{
    GraphSummary graph;
    graph.nodes = {node(std::string(400, 'W'))};
    graph.nodes[0].unsupported = std::string(300, 'x') + " " + std::string(300, 'y');
    graph.nodes[0].formats = {{std::string(200, 'f'), {}, {}}};
    const Drawing drawing = drawGraph(graph);
    EXPECT_LE(drawing.elements[0].bounds.width, 320);
    EXPECT_NE(drawing.elements[0].tooltip.find(std::string(300, 'y')), std::string::npos);
    for (const DrawingItem& item : drawing.items) {
        const auto* text = std::get_if<DrawnText>(&item.shape);
        EXPECT_TRUE(text == nullptr || text->maximum_width <= drawing.elements[0].bounds.width);
    }
}

TEST(GraphDrawing, TenThousandNodesAreDrawnInTime)
{
    GraphSummary graph;
    for (std::int32_t i = 0; i < 10000; ++i) {
        graph.nodes.push_back(node("layer_" + std::to_string(i)));
        graph.nodes.back().formats = {{"w <8,3>", {}, {}}, {"acc <18,8>", {}, {}}};
        if (i > 0) graph.edges.push_back(edge(i - 1, i));
        if (i > 7 && i % 7 == 0) graph.edges.push_back(edge(i - 7, i));
    }
    const std::clock_t start = std::clock();
    const Drawing drawing = drawGraph(graph);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::cout << "10,000 nodes measured, laid out and drawn: " << seconds * 1000 << " ms\n";
    EXPECT_EQ(count(drawing, ElementKind::Node), 10000);
    EXPECT_LT(seconds, 0.4);
}

} // namespace
} // namespace bitwright
