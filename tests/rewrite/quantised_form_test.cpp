// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "ops/op_descriptor.h"
#include "ops/reference_run.h"
#include "ops/shape_inference.h"
#include "rewrite/normal_form.h"
#include "rewrite/quantised_form.h"
#include "support/graph_builder.h"

namespace bitwright {
namespace {

using test::floats;
using test::GraphBuilder;

/// Values with many ties: multiples of half the scale, and some beyond every range.
Tensor data(std::mt19937& random, Shape shape, float scale)
{
    std::vector<float> values(static_cast<std::size_t>(*elementCount(shape)));
    for (float& value : values) {
        value = static_cast<float>(static_cast<int>(random() % 1200) - 600) * 0.5F * scale;
        if (random() % 4 == 0) value = std::nextafter(value, 1e9F);
    }
    return floats(std::move(shape), values);
}

template <class T>
Tensor codes(Shape shape, const std::vector<T>& values)
{
    return Tensor::of<T>(std::move(shape), values);
}

int countOf(const Model& model, std::string_view op_type)
{
    return static_cast<int>(std::count_if(model.graph.nodes.begin(), model.graph.nodes.end(),
                                          [&](const Node& node) { return node.op_type == op_type; }));
}

void expectSameBits(const Model& a, const Model& b, const Tensor& input)
{
    const auto run_a = runReference(a, {input});
    const auto run_b = runReference(b, {input});
    ASSERT_TRUE(run_a) << run_a.error().rendered();
    ASSERT_TRUE(run_b) << run_b.error().rendered();
    const auto x = asFloats(run_a->outputs[0]);
    const auto y = asFloats(run_b->outputs[0]);
    ASSERT_EQ(x.size(), y.size());
    for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(x[i], y[i]) << i << " " << asFloats(input)[i];
}

/// x -> QuantizeLinear -> [Clip] -> DequantizeLinear.
struct Pair {
    Tensor scale;
    Tensor zero;
    std::optional<std::pair<int, int>> clip;
    std::int64_t axis = 1;
};

Tensor bound(ElementType type, int value)
{
    return type == ElementType::Int8 ? codes<std::int8_t>({}, {static_cast<std::int8_t>(value)})
                                     : codes<std::uint8_t>({}, {static_cast<std::uint8_t>(value)});
}

Model pairModel(const Pair& pair, Shape shape)
{
    GraphBuilder builder;
    builder.opset(13);
    const ValueIndex x = builder.input("x", std::move(shape));
    const ValueIndex scale = builder.constant(pair.scale);
    const ValueIndex zero = builder.constant(pair.zero);
    ValueIndex code = builder.node("QuantizeLinear", {x, scale, zero});
    builder.attribute("axis", pair.axis);
    if (pair.clip)
        code = builder.node("Clip", {code, builder.constant(bound(pair.zero.type(), pair.clip->first)),
                                     builder.constant(bound(pair.zero.type(), pair.clip->second))});
    const ValueIndex y = builder.node("DequantizeLinear", {code, scale, zero});
    builder.attribute("axis", pair.axis);
    Model model = builder.finish(y);
    inferShapes(model);
    return model;
}

TEST(QuantisedForm, PairsOfAnyZeroPointAndClipComputeTheSameBitsAsQuant)
{
    std::mt19937 random(7);
    for (int round = 0; round < 100; ++round) {
        const float scale = std::ldexp(1.0F + static_cast<float>(random() % 2) * 0.37F, -static_cast<int>(random() % 8));
        Pair pair{floats({}, {scale}), {}, {}, 1};
        if (random() % 2 == 0) pair.zero = codes<std::int8_t>({}, {static_cast<std::int8_t>(random() % 3 == 0 ? 0 : static_cast<int>(random() % 256) - 128)});
        else pair.zero = codes<std::uint8_t>({}, {static_cast<std::uint8_t>(random() % 3 == 0 ? 128 : random() % 256)});
        if (random() % 2 == 0) {
            const int low = pair.zero.type() == ElementType::Int8 ? -static_cast<int>(random() % 20) : static_cast<int>(random() % 20);
            pair.clip = {low, low + static_cast<int>(random() % 60)};
        }
        const Model model = pairModel(pair, {1, 40});
        const auto normal = normalForm(model);
        ASSERT_EQ(countOf(*normal, "Quant"), 1) << round;
        ASSERT_EQ(countOf(*normal, "DequantizeLinear") + countOf(*normal, "QuantizeLinear"), 0);
        ASSERT_LE(countOf(*normal, "Clip"), 1);
        expectSameBits(model, *normal, data(random, {25, 40}, scale));
    }
}

TEST(QuantisedForm, APairWithTheMiddleAsZeroPointIsSigned)
{
    const Model model = pairModel({floats({}, {0.25F}), codes<std::uint8_t>({}, {128}), {}, 1}, {1, 4});
    const auto normal = normalForm(model);
    ASSERT_EQ(normal->graph.nodes.size(), 1u);
    EXPECT_EQ(attributeInt(normal->graph.nodes[0], "signed", 0), 1);
    EXPECT_EQ(quantisedFormatText(normal->graph, normal->graph.outputs[0]), "int8, scale 0.25");
    EXPECT_EQ(normal->graph.nodes[0].came_from.size(), 2u);
    EXPECT_FALSE(normal->rewrites.empty());
}

TEST(QuantisedForm, TernaryIsATwoBitNarrowRange)
{
    const auto normal = normalForm(pairModel({floats({}, {0.5F}), codes<std::int8_t>({}, {0}), std::pair{-1, 1}, 1}, {1, 4}));
    EXPECT_EQ(quantisedFormatText(normal->graph, normal->graph.outputs[0]), "int2 narrow, scale 0.5");
}

TEST(QuantisedForm, RangesAreThoseOfQonnxWhereThereIsOne)
{
    for (int bits = 1; bits <= 16; ++bits) {
        for (const bool is_signed : {false, true}) {
            for (const bool is_narrow : {false, true}) {
                const QuantRange range{bits, is_signed, is_narrow};
                if (range.lowest() >= range.highest() || (is_signed && bits == 1)) continue; // a single code; bipolar
                const QuantRange found = quantRangeAround(range.lowest(), range.highest());
                EXPECT_EQ(found.lowest(), range.lowest());
                EXPECT_EQ(found.highest(), range.highest());
            }
        }
    }
    const QuantRange around = quantRangeAround(-3, 2);
    EXPECT_EQ(around.lowest(), -4);
    EXPECT_EQ(around.highest(), 3);
}

/// Weights as codes with scale and zero point per row, a bias of 32 bits, and data in 8 bits.
Model denseModel(std::mt19937& random, bool per_row)
{
    GraphBuilder builder;
    builder.opset(13);
    const ValueIndex x = builder.input("x", {1, 6});
    const ValueIndex scale = builder.constant(floats({}, {0.125F}));
    const ValueIndex zero = builder.constant(codes<std::uint8_t>({}, {128}));
    const ValueIndex q = builder.node("QuantizeLinear", {x, scale, zero});
    const ValueIndex d = builder.node("DequantizeLinear", {q, scale, zero});
    std::vector<std::uint8_t> weights(24);
    for (auto& weight : weights) weight = static_cast<std::uint8_t>(random());
    const ValueIndex w = builder.constant(codes<std::uint8_t>({4, 6}, weights));
    const ValueIndex ws = builder.constant(per_row ? floats({4}, {0.5F, 0.3F, 0.25F, 1.0F}) : floats({1}, {0.3F}));
    const ValueIndex wz = builder.constant(per_row ? codes<std::uint8_t>({4}, {3, 128, 0, 255}) : codes<std::uint8_t>({1}, {7}));
    const ValueIndex wd = builder.node("DequantizeLinear", {w, ws, wz});
    builder.attribute("axis", std::int64_t{0});
    const ValueIndex b = builder.constant(codes<std::int32_t>({4}, {100, -2000, 30000, 7}));
    const ValueIndex bs = builder.constant(floats({1}, {0.0375F}));
    const ValueIndex bd = builder.node("DequantizeLinear", {b, bs});
    const ValueIndex y = builder.node("Gemm", {d, wd, bd});
    builder.attribute("transB", std::int64_t{1});
    Model model = builder.finish(y);
    inferShapes(model);
    return model;
}

TEST(QuantisedForm, DequantisedConstantsKeepTheirValuesAndGetTheirFormat)
{
    std::mt19937 random(3);
    for (const bool per_row : {false, true}) {
        const Model model = denseModel(random, per_row);
        const auto normal = normalForm(model);
        EXPECT_EQ(countOf(*normal, "DequantizeLinear"), 0) << modelText(*normal);
        EXPECT_EQ(countOf(*normal, "Quant"), 3) << modelText(*normal);
        EXPECT_EQ(countOf(*normal, "Transpose"), 0) << modelText(*normal);
        expectSameBits(model, *normal, data(random, {16, 6}, 0.125F));
    }
}

TEST(QuantisedForm, DequantisersMoveAboveReshapes)
{
    GraphBuilder builder;
    builder.opset(13);
    const ValueIndex x = builder.input("x", {1, 4, 6});
    const ValueIndex scale = builder.constant(floats({}, {0.125F}));
    const ValueIndex zero = builder.constant(codes<std::int8_t>({}, {0}));
    const ValueIndex q = builder.node("QuantizeLinear", {x, scale, zero});
    const ValueIndex f = builder.node("Flatten", {q});
    const ValueIndex y = builder.node("DequantizeLinear", {f, scale, zero});
    Model model = builder.finish(y);
    inferShapes(model);
    const auto normal = normalForm(model);
    EXPECT_EQ(countOf(*normal, "Quant"), 1) << modelText(*normal);
    EXPECT_EQ(normal->graph.nodes.size(), 2u);
    std::mt19937 random(1);
    expectSameBits(model, *normal, data(random, {8, 4, 6}, 0.125F));
}

/// Float data into QLinearMatMul and back, as ONNX Runtime's quantiser writes a layer in its operator form.
TEST(QuantisedForm, IntegerProductsAreProductsBetweenQuantisers)
{
    GraphBuilder builder;
    builder.opset(13);
    const ValueIndex x = builder.input("x", {1, 3});
    const ValueIndex scale = builder.constant(floats({}, {0.5F}));
    const ValueIndex zero = builder.constant(codes<std::uint8_t>({}, {0}));
    const ValueIndex ws = builder.constant(floats({}, {0.25F}));
    const ValueIndex wz = builder.constant(codes<std::int8_t>({}, {0}));
    const ValueIndex w = builder.constant(codes<std::int8_t>({3, 2}, {1, -2, 3, 4, -5, 6}));
    const ValueIndex q = builder.node("QuantizeLinear", {x, scale, zero});
    const ValueIndex p = builder.node("QLinearMatMul", {q, scale, zero, w, ws, wz, scale, zero});
    const Model model = [&] {
        Model built = builder.finish(builder.node("DequantizeLinear", {p, scale, zero}));
        inferShapes(built);
        return built;
    }();
    const auto normal = normalForm(model);
    EXPECT_EQ(countOf(*normal, "MatMul"), 1) << modelText(*normal);
    EXPECT_EQ(countOf(*normal, "Quant"), 3) << modelText(*normal);
    EXPECT_EQ(normal->graph.nodes.size(), 4u) << modelText(*normal);
    const auto run = runReference(*normal, {floats({1, 3}, {1, 2, 3})});
    ASSERT_TRUE(run) << run.error().rendered();
    EXPECT_EQ(asFloats(run->outputs[0]), (std::vector<float>{0, 6})); // -8/4 below 0; 24/4
}

TEST(QuantisedForm, WhatIsNoFormatStaysAndSaysWhy)
{
    GraphBuilder builder;
    builder.opset(13);
    const ValueIndex x = builder.input("x", {1, 4});
    const ValueIndex scale = builder.constant(floats({}, {0.125F}));
    const ValueIndex other = builder.constant(floats({}, {0.5F}));
    const ValueIndex zero = builder.constant(codes<std::int8_t>({}, {0}));
    const ValueIndex q = builder.node("QuantizeLinear", {x, scale, zero});
    Model model = builder.finish(builder.node("DequantizeLinear", {q, other, zero}));
    inferShapes(model);
    EXPECT_EQ(countOf(*normalForm(model), "DequantizeLinear"), 1);
    const ConvertedQuantisers converted = convertQuantisers(model, QuantiserForm::Qonnx);
    ASSERT_EQ(converted.kept.size(), 1u);
    EXPECT_NE(converted.kept[0].reason.find("scale"), std::string::npos);
}

struct QuantParameters {
    float bits;
    float zero;
    bool is_signed;
    bool is_narrow;
    std::string rounding;
};

Model quantModel(const QuantParameters& parameters, std::int64_t opset)
{
    GraphBuilder builder;
    builder.opset(opset);
    const ValueIndex x = builder.input("x", {1, 40});
    const ValueIndex scale = builder.constant(floats({}, {0.3F}));
    const ValueIndex y = builder.node("Quant", {x, scale, builder.constant(floats({}, {parameters.zero})), builder.constant(floats({}, {parameters.bits}))},
                                      std::string(kQonnxDomain));
    builder.attribute("signed", std::int64_t{parameters.is_signed});
    builder.attribute("narrow", std::int64_t{parameters.is_narrow});
    builder.attribute("rounding_mode", parameters.rounding);
    Model model = builder.finish(y);
    inferShapes(model);
    return model;
}

TEST(QuantisedForm, QuantGoesToPairsAndBack)
{
    std::mt19937 random(5);
    for (int bits = 1; bits <= 8; ++bits) {
        for (const bool is_signed : {false, true}) {
            for (const bool is_narrow : {false, true}) {
                const QuantRange range{bits, is_signed, is_narrow};
                if (range.lowest() >= range.highest() || (is_signed && bits == 1)) continue; // a single code; bipolar
                const Model model = quantModel({static_cast<float>(bits), 0, is_signed, is_narrow, "ROUND"}, 13);
                const ConvertedQuantisers pairs = convertQuantisers(model, QuantiserForm::Pairs);
                ASSERT_TRUE(pairs.kept.empty()) << pairs.kept[0].reason;
                ASSERT_EQ(countOf(pairs.model, "Quant"), 0);
                expectSameBits(model, pairs.model, data(random, {10, 40}, 0.3F));
                const ConvertedQuantisers back = convertQuantisers(pairs.model, QuantiserForm::Qonnx);
                ASSERT_EQ(back.model.graph.nodes.size(), 1u) << modelText(back.model);
                EXPECT_EQ(quantisedFormatText(back.model.graph, back.model.graph.outputs[0]), quantisedFormatText(model.graph, model.graph.outputs[0]));
            }
        }
    }
}

TEST(QuantisedForm, WhatPairsCannotSayStaysQuantAndSaysWhy)
{
    const auto reason = [](const QuantParameters& parameters, std::int64_t opset) {
        const ConvertedQuantisers converted = convertQuantisers(quantModel(parameters, opset), QuantiserForm::Pairs);
        EXPECT_EQ(countOf(converted.model, "Quant"), 1);
        return converted.kept.empty() ? std::string() : converted.kept[0].reason;
    };
    EXPECT_NE(reason({1, 0, true, false, "ROUND"}, 13).find("-1 and +1"), std::string::npos);
    EXPECT_NE(reason({4, 1, true, false, "ROUND"}, 13).find("zero point"), std::string::npos);
    EXPECT_NE(reason({4, 0, true, false, "FLOOR"}, 13).find("FLOOR"), std::string::npos);
    EXPECT_NE(reason({24, 0, true, false, "ROUND"}, 21).find("24"), std::string::npos);
    EXPECT_NE(reason({3.5F, 0, true, false, "ROUND"}, 13).find("3.5"), std::string::npos);
    EXPECT_NE(reason({4, 0, true, false, "ROUND"}, 11).find("version"), std::string::npos);
    EXPECT_NE(reason({12, 0, true, false, "ROUND"}, 13).find("version 21"), std::string::npos);
}

} // namespace
} // namespace bitwright
