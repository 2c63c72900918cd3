// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/circuit.h"

#include <gtest/gtest.h>

#include "circuit/operands.h"
#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/activation/activation.h"
#include "support/circuit_builders.h"

namespace bitwright {
namespace {

struct Options {
    std::string first_name = "first";
    std::int64_t first_weight = 3;
    std::string result = "fixed<8,3>";
    std::string input = "fixed<8,4>";
};

std::shared_ptr<const Circuit> chain(const Options& options = {})
{
    test::CircuitBuilder builder;
    test::DenseSketch dense{.name = options.first_name, .n_in = 2, .n_out = 2};
    dense.input = builder.input({2}, options.input);
    dense.weights = {options.first_weight, 4, 5, 6};
    dense.biases = {7, 8};
    dense.result = options.result;
    const CircuitIndex y = builder.dense(dense);
    auto relu = std::make_shared<ActivationAttributes>();
    relu->function = ActivationFunction::Relu;
    return builder.finish({builder.unary("activation", y, "fixed<6,3>", relu)});
}

TEST(FinishCircuit, LinksProducersAndConsumers)
{
    const auto circuit = chain();
    EXPECT_EQ(circuit->values[0].producer, -1);
    EXPECT_EQ(circuit->values[1].producer, 0);
    EXPECT_EQ(circuit->values[1].consumers, (std::vector<CircuitIndex>{1}));
    EXPECT_TRUE(circuit->values[2].consumers.empty());
}

TEST(ContentHash, IgnoresNamesAndSeesEverythingElse)
{
    const ContentHash hash = chain()->primitives[0].content_hash;
    EXPECT_EQ(chain({.first_name = "other"})->primitives[0].content_hash, hash);
    EXPECT_NE(chain({.first_weight = 9})->primitives[0].content_hash, hash);
    EXPECT_NE(chain({.result = "fixed<8,3,RND,SAT>"})->primitives[0].content_hash, hash);
    EXPECT_NE(chain({.input = "fixed<9,4>"})->primitives[0].content_hash, hash);
}

TEST(ValueHashes, CoverWhatComesBefore)
{
    const auto hashes = valueHashes(*chain());
    const auto renamed = valueHashes(*chain({.first_name = "other"}));
    const auto changed = valueHashes(*chain({.first_weight = 9}));
    EXPECT_EQ(hashes, renamed);
    EXPECT_EQ(hashes[0], changed[0]);
    EXPECT_NE(hashes[1], changed[1]);
    EXPECT_NE(hashes[2], changed[2]);
    EXPECT_EQ(chain()->primitives[1].content_hash, chain({.first_weight = 9})->primitives[1].content_hash);
}

TEST(ValueRange, DenseBoundsFollowTheRealWeights)
{
    test::CircuitBuilder builder;
    test::DenseSketch dense{.n_in = 2, .n_out = 2, .weight_format = "fixed<8,8>", .bias_format = "fixed<8,8>"};
    dense.input = builder.input({2}, "ufixed<4,4>");
    dense.weights = {1, -1, 2, 0};
    dense.biases = {10, 0};
    dense.accumulator = "fixed<20,20>";
    dense.result = "fixed<20,20>";
    const auto circuit = builder.finish({builder.dense(dense)});
    const Primitive& primitive = circuit->primitives[0];
    const std::vector<ValueRange> inputs{ValueRange{{formatInterval(circuit->values[0].format)}}};
    const ValueRange range = primitive.kind->range(*circuit, primitive, inputs).front();
    ASSERT_EQ(range.intervals.size(), 2U);
    EXPECT_EQ(range.intervals[0].low, 10);
    EXPECT_EQ(range.intervals[0].high, 55);
    EXPECT_EQ(range.intervals[1].low, -15);
    EXPECT_EQ(range.intervals[1].high, 0);
}

TEST(ValueRange, SaturationClampsAndWrappingForgets)
{
    const FixedFormat from = test::fixedFormat("fixed<8,8>");
    const CodeInterval wide{-100, 90};
    const CodeInterval clamped = storedInterval(wide, Conversion(from, test::fixedFormat("fixed<5,5,RND,SAT>")));
    EXPECT_EQ(clamped.low, -16);
    EXPECT_EQ(clamped.high, 15);
    const CodeInterval forgotten = storedInterval({-3, 90}, Conversion(from, test::fixedFormat("fixed<5,5>")));
    EXPECT_EQ(forgotten.low, -16);
    EXPECT_EQ(forgotten.high, 15);
    const CodeInterval kept = storedInterval({-3, 9}, Conversion(from, test::fixedFormat("fixed<5,5>")));
    EXPECT_EQ(kept.low, -3);
    EXPECT_EQ(kept.high, 9);
}

TEST(CompareCodes, IsExactExceptWhereCIsNot)
{
    const FixedFormat narrow_signed = test::fixedFormat("fixed<8,4>");
    const FixedFormat narrow_unsigned = test::fixedFormat("ufixed<6,4>");
    EXPECT_EQ(compareCodes<std::int64_t>(-16, narrow_signed, 4, narrow_unsigned), -1); // -1 and 1
    const FixedFormat wide_signed = test::fixedFormat("fixed<40,20>");
    const FixedFormat wide_unsigned = test::fixedFormat("ufixed<40,20>");
    EXPECT_EQ(compareCodes<std::int64_t>(-1, wide_signed, 1, wide_unsigned), 1);
}

} // namespace
} // namespace bitwright
