// SPDX-License-Identifier: GPL-3.0-or-later
#include <ctime>
#include <set>

#include <gtest/gtest.h>

#include "ops/shape_inference.h"
#include "rewrite/normal_form.h"
#include "rewrite/work_graph.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

/// A chain of Gemm and Relu with an identity and some shape arithmetic in each block: @p blocks times 8 nodes.
Model chain(int blocks)
{
    test::GraphBuilder builder;
    builder.opset(13);
    ValueIndex x = builder.input("x", {1, 2});
    const ValueIndex weight = builder.constant(test::floats({2, 2}, {1, 2, 3, 4}));
    const ValueIndex bias = builder.constant(test::floats({2}, {1, 2}));
    const ValueIndex first = builder.constant(Tensor::of<std::int64_t>({}, std::vector<std::int64_t>{0}));
    const ValueIndex axes = builder.constant(test::integers({0}));
    const ValueIndex rest = builder.constant(test::integers({2}));
    for (int block = 0; block < blocks; ++block) {
        x = builder.node("Gemm", {x, weight, bias});
        builder.attribute("transB", std::int64_t{1});
        x = builder.node("Relu", {x});
        x = builder.node("Identity", {x});
        const ValueIndex shape = builder.node("Shape", {x});
        const ValueIndex batch = builder.node("Gather", {shape, first});
        const ValueIndex batches = builder.node("Unsqueeze", {batch, axes});
        const ValueIndex target = builder.node("Concat", {batches, rest});
        builder.attribute("axis", std::int64_t{0});
        x = builder.node("Reshape", {x, target});
    }
    Model model = builder.finish(x);
    inferShapes(model);
    return model;
}

std::vector<std::string> namesOf(const Model& model)
{
    std::vector<std::string> names;
    for (const Node& node : model.graph.nodes) names.push_back(node.name);
    return names;
}

TEST(LargeGraphs, TheSweepLeavesWhatTheStepsLeave)
{
    const int small = static_cast<int>(WorkGraph::kMaximumStepwiseNodes) / 8;
    const int large = small + 2;
    const auto by_steps = namesOf(*normalForm(chain(small)));
    auto by_sweep = namesOf(*normalForm(chain(large)));
    const std::set<std::string> few(by_steps.begin(), by_steps.end());
    ASSERT_EQ(by_steps.size() / static_cast<std::size_t>(small) * static_cast<std::size_t>(large), by_sweep.size());
    by_sweep.resize(by_steps.size());
    EXPECT_EQ(by_steps, by_sweep);
}

TEST(LargeGraphs, TimeGrowsWithTheSizeAndNotItsSquare)
{
    const auto seconds = [](const Model& model) {
        const std::clock_t start = std::clock();
        EXPECT_FALSE(normalForm(model)->graph.nodes.empty());
        return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    };
    const double of_one = seconds(chain(625)); // 5,000 nodes
    const double of_four = seconds(chain(2500));
    EXPECT_LT(of_four, 10 * of_one + 0.1);
}

} // namespace
} // namespace bitwright
