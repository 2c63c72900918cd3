// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "ops/reference_run.h"
#include "rewrite/normal_form.h"
#include "support/diagnostic_codes.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

using test::floats;
using test::GraphBuilder;
using test::integers;

/// The graph of @p model; values named in @p captured are read from outside.
std::shared_ptr<const Graph> asBody(Model model, const std::vector<std::string>& captured = {})
{
    Graph graph = std::move(model.graph);
    for (const std::string& name : captured) std::erase(graph.inputs, graph.findValue(name));
    return std::make_shared<const Graph>(std::move(graph));
}

Tensor truth(bool value)
{
    const std::byte byte{static_cast<unsigned char>(value ? 1 : 0)};
    return makeTensor(ElementType::Bool, {}, std::span(&byte, 1));
}

void addOutput(Graph& graph, std::string name)
{
    Value value;
    value.name = value.original_name = std::move(name);
    graph.values.push_back(std::move(value));
    graph.nodes.back().outputs.push_back(static_cast<ValueIndex>(graph.values.size() - 1));
    graph.outputs.push_back(graph.nodes.back().outputs.back());
    linkValues(graph);
}

std::shared_ptr<const Graph> unaryBranch(const std::string& op)
{
    GraphBuilder build;
    const ValueIndex captured = build.input("x", {1, 2});
    return asBody(build.finish(build.node(op, {captured})), {"x"});
}

/// x -> If(sum of x > 0) { Neg(x) } else { Abs(x) }
Model chooser()
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {1, 2});
    const ValueIndex row = build.node("Gather", {x, build.constant(Tensor::of<std::int64_t>({}, std::vector<std::int64_t>{0}))});
    build.attribute("axis", std::int64_t{1});
    const ValueIndex first = build.node("Reshape", {row, build.constant(integers({1}))});
    const ValueIndex y = build.node("If", {build.node("Greater", {first, build.constant(floats({1}, {0}))})});
    build.attribute("then_branch", unaryBranch("Neg"));
    build.attribute("else_branch", unaryBranch("Abs"));
    Model model = build.finish(y);
    model.graph.nodes.back().captures = {x};
    linkValues(model.graph);
    return model;
}

TEST(If, TakesEachSampleItsOwnWay)
{
    const auto run = runReference(chooser(), {floats({3, 2}, {1, -2, -3, -4, 5, 6})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{-1, 2, 3, 4, -5, -6}));
}

TEST(If, ComputesTheSameInNormalForm)
{
    const auto run = runReference(*normalForm(chooser()), {floats({2, 2}, {1, -2, -3, -4})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{-1, 2, 3, 4}));
}

/// total = total + x, and every total is kept; @p goes_on is the condition that each turn gives.
std::shared_ptr<const Graph> adderBody(bool goes_on)
{
    GraphBuilder build;
    build.input("turn", {});
    build.input("condition", {});
    const ValueIndex total = build.input("total", {1});
    const ValueIndex captured = build.input("x", {1});
    const ValueIndex condition = build.constant(truth(goes_on));
    const ValueIndex sum = build.node("Add", {total, captured});
    const ValueIndex kept = build.node("Identity", {sum});
    Model model = build.finish(condition);
    model.graph.outputs = {condition, sum, kept};
    return asBody(std::move(model), {"x"});
}

Model adder(std::optional<std::int64_t> turns, bool goes_on)
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {1});
    const ValueIndex count = turns ? build.constant(Tensor::of<std::int64_t>({}, std::vector<std::int64_t>{*turns})) : kNone;
    const ValueIndex start = build.constant(floats({1}, {10}));
    const ValueIndex y = build.node("Loop", {count, kNone, start});
    build.attribute("body", adderBody(goes_on));
    Model model = build.finish(y);
    model.graph.nodes.back().captures = {x};
    addOutput(model.graph, "all");
    return model;
}

TEST(Loop, CarriesValuesAndKeepsWhatEveryTurnGives)
{
    const auto run = runReference(adder(3, true), {floats({1}, {2})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{16}));
    EXPECT_EQ(run->outputs[1].shape(), (Shape{3, 1}));
    EXPECT_EQ(asFloats(run->outputs[1]), (std::vector<float>{12, 14, 16}));
}

TEST(Loop, EndsWhenItsConditionSaysSo)
{
    const auto run = runReference(adder(std::nullopt, false), {floats({1}, {2})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{12}));
}

TEST(Loop, WithoutTurnsGivesItsStartAndNothing)
{
    const auto run = runReference(adder(0, true), {floats({1}, {2})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{10}));
    EXPECT_EQ(run->outputs[1].size(), 0);
}

TEST(Loop, IsStoppedWhenItNeverEnds)
{
    const auto run = runReference(adder(std::nullopt, true), {floats({1}, {2})});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message().find("turns"), std::string::npos) << run.error().rendered();
}

TEST(Loop, IsCancelled)
{
    std::stop_source stop;
    stop.request_stop();
    ReferenceOptions options;
    options.stop = stop.get_token();
    const auto run = runReference(adder(std::nullopt, true), {floats({1}, {2})}, options);
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, DiagnosticCode::Cancelled);
}

/// What an endless loop would keep is bounded like any result: here a million elements a turn.
TEST(Loop, KeepsNoMoreThanAnyResultMayHold)
{
    GraphBuilder inner;
    inner.input("turn", {});
    inner.input("condition", {});
    const ValueIndex condition = inner.constant(truth(true));
    const ValueIndex kept = inner.constant(Tensor::zeros(ElementType::Uint8, {1 << 20}));
    Model body = inner.finish(condition);
    body.graph.outputs = {condition, kept};
    GraphBuilder build;
    build.input("x", {1});
    const ValueIndex y = build.node("Loop", {kNone, kNone});
    build.attribute("body", asBody(std::move(body)));
    const auto run = runReference(build.finish(y), {floats({1}, {2})});
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, DiagnosticCode::OperatorTooLarge) << run.error().rendered();
}

TEST(ControlFlow, NamesAnOperatorInsideThatItDoesNotKnow)
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {1, 2});
    const ValueIndex y = build.node("If", {build.constant(truth(true))});
    build.attribute("then_branch", unaryBranch("Frobnicate"));
    build.attribute("else_branch", unaryBranch("Abs"));
    Model model = build.finish(y);
    model.graph.nodes.back().captures = {x};
    linkValues(model.graph);
    const auto run = runReference(model, {floats({1, 2}, {1, 2})});
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, DiagnosticCode::OperatorUnsupported);
}

} // namespace
} // namespace bitwright
