// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "ops/reference_run.h"
#include "ops/shape_inference.h"
#include "support/diagnostic_codes.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

using test::floats;
using test::GraphBuilder;
using test::integers;

TEST(ReferenceRun, TakesMoreSamplesThanTheFileSays)
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {1, 2, 2});
    const ValueIndex flat = build.node("Reshape", {x, build.constant(integers({1, 4}))});
    const ValueIndex y = build.node("MatMul", {flat, build.constant(floats({4, 1}, {1, 10, 100, 1000}))});
    const Model model = build.finish(y);
    const auto run = runReference(model, {floats({3, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 1})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(run->outputs[0].shape(), (Shape{3, 1}));
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{4321, 8765, 1000}));
}

/// A softmax over dimension 0 would mix samples if they were stacked.
TEST(ReferenceRun, KeepsSamplesApartWhereAnOperatorMixesThem)
{
    GraphBuilder build;
    const ValueIndex y = build.node("Softmax", {build.input("x", {1, 2})});
    build.attribute("axis", std::int64_t{0});
    build.opset(13);
    const auto run = runReference(build.finish(y), {floats({2, 2}, {1, 2, 3, 4})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{1, 1, 1, 1}));
}

TEST(ReferenceRun, GivesTheSameForEveryNumberOfThreads)
{
    GraphBuilder build;
    const ValueIndex weight = build.constant(floats({3, 2}, {1, -2, 3, -4, 5, 6}));
    const Model model = build.finish(build.node("Relu", {build.node("MatMul", {build.input("x", {1, 3}), weight})}));
    std::vector<float> samples(3000);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(i % 17) - 8;
    ReferenceOptions options;
    options.threads = 1;
    const auto one = runReference(model, {floats({1000, 3}, samples)}, options);
    options.threads = 3;
    const auto three = runReference(model, {floats({1000, 3}, samples)}, options);
    ASSERT_TRUE(one && three);
    EXPECT_EQ(asFloats(one->outputs[0]), asFloats(three->outputs[0]));
    EXPECT_EQ(one->outputs[0].shape(), (Shape{1000, 2}));
}

TEST(ReferenceRun, NamesTheOperatorThatItDoesNotKnow)
{
    GraphBuilder build;
    const Model model = build.finish(build.node("Frobnicate", {build.input("x", {1, 3})}));
    const auto run = runReference(model, {floats({1, 3}, {1, 2, 3})});
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, DiagnosticCode::OperatorUnsupported);
    EXPECT_NE(run.error().rendered().find("Frobnicate"), std::string::npos);
}

TEST(ReferenceRun, RefusesArraysThatDoNotFit)
{
    GraphBuilder build;
    const Model model = build.finish(build.node("Relu", {build.input("x", {1, 3})}));
    const auto run = runReference(model, {floats({1, 4}, {1, 2, 3, 4})});
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, DiagnosticCode::ArrayShape);
}

TEST(ReferenceRun, RefusesAScaleOfZero)
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {1, 1});
    const ValueIndex zero = build.constant(floats({}, {0}));
    const Model model = build.finish(build.node("Quant", {x, zero, zero, build.constant(floats({}, {4}))}, "qonnx.custom_op.general"));
    const auto run = runReference(model, {floats({1, 1}, {1})});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message().find("scale is 0"), std::string::npos);
}

TEST(ReferenceRun, StopsWhenAsked)
{
    GraphBuilder build;
    const Model model = build.finish(build.node("Relu", {build.input("x", {1, 1})}));
    std::stop_source stop;
    stop.request_stop();
    ReferenceOptions options;
    options.stop = stop.get_token();
    const auto run = runReference(model, {floats({1, 1}, {1})}, options);
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, DiagnosticCode::Cancelled);
}

TEST(ShapeInference, FollowsShapeArithmetic)
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {2, 3, 4});
    const ValueIndex first = build.node("Gather", {build.node("Shape", {x}), build.constant(integers({0}))});
    const ValueIndex target = build.node("Concat", {first, build.constant(integers({-1}))});
    build.attribute("axis", std::int64_t{0});
    Model model = build.finish(build.node("Reshape", {x, target}));
    EXPECT_TRUE(inferShapes(model).empty());
    EXPECT_EQ(model.graph.value(model.graph.outputs[0]).shape, (Shape{2, 12}));
}

TEST(ShapeInference, ReportsWhatDoesNotFitAndGoesOn)
{
    GraphBuilder build;
    const ValueIndex x = build.input("x", {1, 3});
    const ValueIndex product = build.node("MatMul", {x, build.constant(floats({2, 2}, {1, 2, 3, 4}))});
    build.node("Relu", {x});
    Model model = build.finish(product);
    const Diagnostics findings = inferShapes(model);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].code, DiagnosticCode::OperatorShapes);
    EXPECT_EQ(model.graph.values.back().shape, (Shape{1, 3}));
}

} // namespace
} // namespace bitwright
