// SPDX-License-Identifier: GPL-3.0-or-later
// What the stored cases of onnx leave open: hostile sizes, exact integers, order with NaN, old broadcasting.
#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "model/small_floats.h"
#include "ops/fourier.h"
#include "ops/op_registry.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

using test::floats;
using test::integers;

/// Runs one operator on its own.
Result<std::vector<Tensor>> run(const std::string& op, const std::vector<Tensor>& inputs, std::map<std::string, Attribute> attributes = {},
                                std::int64_t opset = 28)
{
    Node node;
    node.name = op + "_0";
    node.op_type = op;
    node.attributes = std::move(attributes);
    node.outputs = {0};
    std::vector<const Tensor*> pointers;
    for (const Tensor& input : inputs) {
        node.inputs.push_back(static_cast<ValueIndex>(node.inputs.size()));
        pointers.push_back(&input);
    }
    return findOperator("", op)->run(RunContext{node, opset, pointers});
}

Tensor integer(std::int64_t value)
{
    return Tensor::of<std::int64_t>({}, std::span(&value, 1));
}

TEST(HostileSizes, AreRefusedBeforeMemoryIsTaken)
{
    constexpr std::int64_t kHuge = std::int64_t{1} << 40;
    const Tensor row = floats({2}, {1, 2});
    EXPECT_FALSE(run("Tile", {row, integers({kHuge})}));
    EXPECT_FALSE(run("Pad", {row, integers({kHuge, kHuge})}));
    EXPECT_FALSE(run("Pad", {row, integers({std::int64_t{1} << 29, 1})}));
    EXPECT_FALSE(run("Expand", {floats({1}, {1}), integers({kHuge, kHuge})}));
    EXPECT_FALSE(run("Range", {integer(0), integer(kHuge), integer(1)}));
    EXPECT_FALSE(run("Range", {integer(0), integer(1), integer(0)}));
    EXPECT_FALSE(run("OneHot", {integers({0}), integer(kHuge), row}));
    EXPECT_FALSE(run("CenterCropPad", {row, integers({kHuge})}));
    EXPECT_FALSE(run("HannWindow", {integer(kHuge)}));
    EXPECT_FALSE(run("DFT", {floats({1, 2, 1}, {1, 2}), integer(kHuge)}));
    EXPECT_FALSE(run("ReverseSequence", {floats({2, 1}, {1, 2}), integers({7})}));
}

TEST(HostileIndices, AreNamedInTheSentence)
{
    const Tensor data = floats({3}, {1, 2, 3});
    const auto gathered = run("GatherElements", {data, integers({3})});
    ASSERT_FALSE(gathered);
    EXPECT_NE(gathered.error().message().find("index 3 is not among 3 elements"), std::string::npos);
    EXPECT_FALSE(run("ScatterElements", {data, integers({-4}), floats({1}, {0})}));
    EXPECT_FALSE(run("GatherND", {data, Tensor::of<std::int64_t>({1, 1}, integers({9}).as<std::int64_t>())}));
    EXPECT_FALSE(run("ScatterND", {data, Tensor::of<std::int64_t>({1, 1}, integers({-9}).as<std::int64_t>()), floats({1}, {0})}));
}

TEST(Einsum, RefusesMoreProductsThanAnyNetworkNeeds)
{
    const Tensor wide = Tensor::zeros(ElementType::Float32, {1 << 12});
    const auto result = run("Einsum", {wide, wide, wide}, {{"equation", std::string("a,b,c->")}});
    EXPECT_FALSE(result);
}

TEST(TopK, PutsNanFirstAndEqualElementsInOrder)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto top = run("TopK", {floats({5}, {1, nan, 3, 3, 2}), integers({4})});
    ASSERT_TRUE(top) << top.error().rendered();
    EXPECT_EQ(asIntegers((*top)[1]), (std::vector<std::int64_t>{1, 2, 3, 4}));
}

TEST(Pow, OfIntegersLosesNoDigit)
{
    const auto power = run("Pow", {integers({3, -2, 7, -1}), integers({39, 63, -1, -3})});
    ASSERT_TRUE(power);
    EXPECT_EQ(asIntegers(power->front()),
              (std::vector<std::int64_t>{4052555153018976267, std::numeric_limits<std::int64_t>::min(), 0, -1}));
}

TEST(Compare, AlignsOldBroadcastsByAxis)
{
    const Tensor matrix = floats({2, 2}, {1, 2, 3, 4});
    const auto result = run("Greater", {matrix, floats({2}, {1, 3})}, {{"broadcast", std::int64_t{1}}, {"axis", std::int64_t{0}}}, 6);
    ASSERT_TRUE(result);
    EXPECT_EQ(asIntegers(result->front()), (std::vector<std::int64_t>{0, 1, 0, 1}));
}

TEST(Cast, FromDoubleRoundsOnce)
{
    // Just above the middle of 1 and its successor; float32 would cut it to the middle, which rounds to even.
    const double value = 1 + 0x1p-11 + 0x1p-40;
    const auto half = run("Cast", {Tensor::of<double>({1}, std::span(&value, 1))}, {{"to", std::int64_t{10}}});
    ASSERT_TRUE(half);
    EXPECT_EQ(elementAsDouble(half->front(), 0), 1 + 0x1p-10);
}

TEST(Cast, KeepsLargeUnsignedNumbers)
{
    const double value = 0x1p63 + 0x1p20;
    const auto result = run("Cast", {Tensor::of<double>({1}, std::span(&value, 1))}, {{"to", std::int64_t{13}}});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->front().as<std::uint64_t>()[0], (std::uint64_t{1} << 63) + (std::uint64_t{1} << 20));
}

TEST(SmallFloats, CodesComeBackFromTheirValues)
{
    for (const auto& [type, bits] : {std::pair{ElementType::Float4E2M1, 4}, {ElementType::Float6E2M3, 6}, {ElementType::Float6E3M2, 6},
                                     {ElementType::Float8E4M3FN, 8}, {ElementType::Float8E5M2, 8}, {ElementType::Float16, 16}})
        for (int code = 0; code < (1 << bits); ++code) {
            const float value = decodeSmallFloat(type, static_cast<std::uint16_t>(code));
            if (std::isnan(value)) continue;
            EXPECT_EQ(encodeSmallFloat(type, value, false), code) << elementTypeName(type);
        }
    EXPECT_EQ(decodeSmallFloat(ElementType::Float6E2M3, 0x1F), 7.5F);
    EXPECT_EQ(decodeSmallFloat(ElementType::Float6E3M2, 0x1F), 28.0F);
    EXPECT_EQ(encodeSmallFloat(ElementType::Float6E3M2, 1000.0F, false), 0x1F);
}

TEST(SmallFloats, OfSixteenBitsOverflowToInfinity)
{
    EXPECT_EQ(encodeSmallFloat(ElementType::Float16, 1e6F, true), 0x7C00);
    EXPECT_EQ(encodeSmallFloat(ElementType::Bfloat16, std::numeric_limits<float>::max(), true), 0x7F80);
    EXPECT_EQ(encodeSmallFloat(ElementType::Float8E5M2, 1e6F, true), 0x7B);
}

TEST(Doubles, AreComputedAsDoubles)
{
    const std::vector<double> x{0.1, -0.3, 1.7};
    const Tensor input = Tensor::of<double>({3}, x);
    const auto swish = run("Swish", {input});
    const auto softmax = run("Softmax", {input});
    ASSERT_TRUE(swish && softmax);
    double sum = 0;
    for (const double value : x) sum += std::exp(value);
    for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_NEAR(swish->front().as<double>()[i], x[i] / (1 + std::exp(-x[i])), 1e-15);
        EXPECT_NEAR(softmax->front().as<double>()[i], std::exp(x[i]) / sum, 1e-15);
    }
}

/// Lengths with small factors, a large prime (the other algorithm), and one.
TEST(Fourier, IsTheSumOfItsDefinition)
{
    for (const std::size_t length : {1U, 12U, 127U}) {
        ComplexRow row(length);
        for (std::size_t n = 0; n < length; ++n) row[n] = {std::sin(static_cast<double>(n * n)), static_cast<double>(n % 5)};
        const ComplexRow spectrum = fourier(row, false);
        for (std::size_t k = 0; k < length; ++k) {
            std::complex<double> sum = 0;
            for (std::size_t n = 0; n < length; ++n)
                sum += row[n] * std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k * n % length) / static_cast<double>(length));
            EXPECT_LT(std::abs(spectrum[k] - sum), 1e-10) << length;
        }
        const ComplexRow back = fourier(spectrum, true);
        for (std::size_t n = 0; n < length; ++n) EXPECT_LT(std::abs(back[n] - row[n]), 1e-12);
    }
}

} // namespace
} // namespace bitwright
