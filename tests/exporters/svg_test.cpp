// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/svg.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "layout/graph_drawing.h"

namespace bitwright {
namespace {

using testing::HasSubstr;
using testing::Not;

GraphSummary oneNode(const std::string& name)
{
    GraphSummary graph;
    graph.nodes.resize(1);
    graph.nodes[0].id = name;
    graph.nodes[0].title = name;
    return graph;
}

std::string printed(const GraphSummary& graph)
{
    return writeSvg(drawGraph(graph));
}

TEST(Svg, EmptyDrawingIsADocument)
{
    const std::string svg = writeSvg(Drawing{});
    EXPECT_THAT(svg, testing::StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
    EXPECT_THAT(svg, testing::EndsWith("</svg>\n"));
}

TEST(Svg, TextIsEscaped)
{
    const std::string svg = printed(oneNode("<a & \"b\">"));
    EXPECT_THAT(svg, HasSubstr("data-id=\"&lt;a &amp; &quot;b&quot;&gt;\""));
    EXPECT_THAT(svg, HasSubstr("<title>&lt;a &amp; &quot;b&quot;&gt;</title>"));
    EXPECT_THAT(svg, Not(HasSubstr("<a &")));
}

TEST(Svg, WhatXmlCannotHoldIsReplaced)
{
    const std::string replaced = "\xEF\xBF\xBD";
    EXPECT_THAT(printed(oneNode("a\x01z")), HasSubstr("<title>a" + replaced + "z</title>"));
    EXPECT_THAT(printed(oneNode("a\xC3z")), HasSubstr("<title>a" + replaced + "z</title>"));
    EXPECT_THAT(printed(oneNode("a\xED\xA0\x80z")), Not(HasSubstr("\xED\xA0\x80"))); // half of a surrogate pair
    EXPECT_THAT(printed(oneNode("a\xC0\xAFz")), Not(HasSubstr("\xC0\xAF")));         // a slash in two bytes
    EXPECT_THAT(printed(oneNode("größe → π")), HasSubstr("<title>größe → π</title>"));
}

TEST(Svg, EveryNodeHasATitleAndItsReason)
{
    GraphSummary graph = oneNode("Conv_0");
    graph.nodes[0].unsupported = "The flow has no rule for Conv.";
    const std::string svg = printed(graph);
    EXPECT_THAT(svg, HasSubstr("The flow has no rule for Conv.</title>"));
    EXPECT_THAT(svg, HasSubstr("stroke=\"" + hexText(colour(ColourRole::UnsupportedHatch, ColourScheme::Light)) + "\""));
    EXPECT_THAT(svg, HasSubstr("stroke-dasharray"));
}

TEST(Svg, SchemesDifferInColoursOnly)
{
    const Drawing drawing = drawGraph(oneNode("a"));
    const std::string light = writeSvg(drawing, ColourScheme::Light);
    const std::string dark = writeSvg(drawing, ColourScheme::Dark);
    EXPECT_NE(light, dark);
    EXPECT_EQ(std::ranges::count(light, '\n'), std::ranges::count(dark, '\n'));
    EXPECT_THAT(dark, HasSubstr(hexText(colour(ColourRole::NodeFill, ColourScheme::Dark))));
}

} // namespace
} // namespace bitwright
