// SPDX-License-Identifier: GPL-3.0-or-later
// Lowering on small models: fusion, inference, sharing between lowerings, and what is refused.
#include <chrono>
#include <iostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/dense/dense.h"
#include "circuit/primitives/reorder/reorder.h"
#include "flows/flow.h"
#include "flows/small_model.h"
#include "project/edit.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

using test::SmallModel;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const FlowDescriptor& flow()
{
    return *findFlow("hls4ml");
}

Lowering lower(const Model& model, const Configuration& configuration, const Lowering* previous = nullptr)
{
    auto lowering = flow().lower(model, configuration, previous);
    EXPECT_TRUE(lowering.ok());
    return lowering.ok() ? std::move(*lowering) : Lowering{};
}

Configuration edited(const Configuration& before, const Edit& edit)
{
    auto after = applyEdit(before, edit);
    EXPECT_TRUE(after.ok());
    return after.ok() ? *after : before;
}

FormatChoice format(const char* text)
{
    return *parseNumberFormat(text);
}

std::vector<std::string> names(const Circuit& circuit)
{
    std::vector<std::string> list;
    for (const Primitive& primitive : circuit.primitives)
        list.push_back(primitive.name);
    return list;
}

const Primitive& primitive(const Lowering& lowering, const std::string& name)
{
    for (const Primitive& candidate : lowering.circuit->primitives) {
        if (candidate.name == name)
            return candidate;
    }
    ADD_FAILURE() << "no primitive " << name;
    return lowering.circuit->primitives.front();
}

std::string resultOf(const Lowering& lowering, const std::string& name)
{
    return shortName(lowering.circuit->output(primitive(lowering, name)).format);
}

TEST(Lowering, BiasGoesIntoADenseLayerWhoseResultIsOpen)
{
    const Model model = test::smallMlp(4, 3, 2);
    const Configuration initial = flow().initial(model);
    const Lowering open = lower(model, initial);
    ASSERT_TRUE(open.circuit);
    EXPECT_THAT(names(*open.circuit), ElementsAre("Dense_MatMul_0", "Relu_0", "Dense_MatMul_1"));
    // 16 + 16 + ceil(log2 4) = 34 bits, 14 integer; the bias step adds one bit: <35,15>
    EXPECT_EQ(resultOf(open, "Dense_MatMul_0"), "fixed<35,15>");
    EXPECT_EQ(open.layers.at("Add_0").formats.at(slots::kResult).source, SettingSource::Inferred);
    const Lowering decided = lower(model, edited(initial, SetFormat{"MatMul_0", slots::kResult, format("fixed<20,9>")}));
    EXPECT_THAT(names(*decided.circuit), ElementsAre("Dense_MatMul_0", "bn_Add_0", "Relu_0", "Dense_MatMul_1"));
    EXPECT_EQ(resultOf(decided, "Dense_MatMul_0"), "fixed<20,9>");
    EXPECT_EQ(decided.layers.at("MatMul_0").formats.at(slots::kResult).source, SettingSource::Layer);
}

TEST(Lowering, MaximumCapsInferredTypes)
{
    const Model model = test::smallMlp(4, 3, 2);
    const Lowering capped =
        lower(model, edited(flow().initial(model), SetFormat{"", slots::kMaximum, format("fixed<18,9>")}));
    EXPECT_EQ(resultOf(capped, "Dense_MatMul_0"), "fixed<18,9>");
}

TEST(Lowering, AnEditKeepsTheConstantsOfOtherLayers)
{
    const Model model = test::smallMlp(16, 16, 4);
    const Configuration initial = flow().initial(model);
    const Lowering before = lower(model, initial);
    const Lowering after =
        lower(model, edited(initial, SetFormat{"MatMul_1", slots::kWeight, format("fixed<6,2>")}), &before);
    const auto weights = [](const Lowering& lowering, const char* name) {
        return primitive(lowering, name).constants.at("weight").get();
    };
    EXPECT_EQ(weights(before, "Dense_MatMul_0"), weights(after, "Dense_MatMul_0"));
    EXPECT_NE(weights(before, "Dense_MatMul_1"), weights(after, "Dense_MatMul_1"));
    EXPECT_EQ(primitive(before, "Relu_0").content_hash, primitive(after, "Relu_0").content_hash);
    EXPECT_NE(primitive(before, "Dense_MatMul_1").content_hash, primitive(after, "Dense_MatMul_1").content_hash);
    const Lowering undone = lower(model, initial, &after);
    EXPECT_EQ(weights(before, "Dense_MatMul_1"), weights(undone, "Dense_MatMul_1"));
    const Lowering fresh = lower(model, initial);
    for (std::size_t i = 0; i < fresh.circuit->primitives.size(); ++i)
        EXPECT_EQ(fresh.circuit->primitives[i].content_hash, undone.circuit->primitives[i].content_hash);
}

TEST(Lowering, AnotherModelIsNotTakenForTheLastOne)
{
    const Model first = test::smallMlp(4, 3, 2);
    const Model second = test::smallMlp(4, 3, 2);
    const Configuration initial = flow().initial(first);
    const Lowering before = lower(first, initial);
    const Lowering after = lower(second, initial, &before);
    EXPECT_EQ(primitive(before, "Dense_MatMul_0").content_hash, primitive(after, "Dense_MatMul_0").content_hash);
    const Model wider = test::smallMlp(4, 5, 2);
    EXPECT_EQ(primitive(lower(wider, initial, &after), "Dense_MatMul_0").attributesAs<DenseAttributes>().n_out, 5);
}

TEST(Lowering, AnEditIsMuchCheaperThanTheFirstLowering)
{
    const Model model = test::smallMlp(256, 256, 10);
    Configuration configuration = flow().initial(model);
    const auto seconds = [&](const Lowering* previous, Lowering& out) {
        const auto start = std::chrono::steady_clock::now();
        out = lower(model, configuration, previous);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    Lowering current, next;
    const double first = seconds(nullptr, current);
    double best = 1;
    for (int width = 8; width < 28; ++width) {
        configuration = edited(configuration, SetFormat{"Relu_0", slots::kResult,
                                                        format(("fixed<" + std::to_string(width) + ",4>").c_str())});
        best = std::min(best, seconds(&current, next));
        current = next;
    }
    std::cout << "first lowering " << first * 1e6 << " us, after an edit " << best * 1e6 << " us\n";
    EXPECT_LT(best * 5, first);
}

TEST(Lowering, QuantiserOfDataBecomesAType)
{
    SmallModel m({1, 4});
    const auto q = m.quant("Quant_0", m.input(), {1, 4}, 0.25F, 4);
    const auto r = m.node("Relu", "Relu_0", {q}, {1, 4});
    const auto s = m.quant("Quant_1", r, {1, 4}, 0.5F, 3, false);
    const Model model = m.finish({s});
    const Configuration initial = flow().initial(model);
    // The input takes the first quantiser's type, which leaves that quantiser nothing to do.
    EXPECT_EQ(describe(initial.layer("global_in").formats.at(slots::kResult)), "fixed<4,2,RND_CONV,SAT>");
    const Lowering lowering = lower(model, initial);
    EXPECT_THAT(names(*lowering.circuit), ElementsAre("Relu_0"));
    EXPECT_EQ(resultOf(lowering, "Relu_0"), "ufixed<3,2,RND_CONV,SAT>");
    const Lowering wide = lower(model, edited(initial, SetFormat{"global_in", slots::kResult, format("fixed<16,6>")}));
    EXPECT_THAT(names(*wide.circuit), ElementsAre("Quant_0_act", "Relu_0"));
}

TEST(Lowering, QuantiserWithAnOddScaleWorksOnIntegersBetweenTwoScalings)
{
    SmallModel m({1, 4});
    const auto r = m.node("Relu", "Relu_0", {m.input()}, {1, 4});
    const auto q = m.quant("Quant_0", r, {1, 4}, 0.3F, 4);
    const Lowering lowering = lower(m.finish({q}), {});
    EXPECT_THAT(names(*lowering.circuit), ElementsAre("Relu_0", "Quant_0_scale", "Quant_0_act", "Quant_0_rescale"));
    EXPECT_EQ(resultOf(lowering, "Quant_0_act"), "fixed<4,4,RND_CONV,SAT>");
}

TEST(Lowering, ScalesOfOutputChannelsMoveBelowTheProduct)
{
    SmallModel m({1, 2});
    const auto w = m.constant("Quant_0_param", {2, 2}, {0.5F, 0.3F, -0.25F, 0.6F});
    const auto s = m.constant("Quant_0_param0", {1, 2}, {0.25F, 0.3F});
    const auto z = m.constant("Quant_0_param1", {}, {0});
    const auto b = m.constant("Quant_0_param2", {}, {3});
    const auto q = m.node("Quant", "Quant_0", {w, s, z, b}, {2, 2}, {{"rounding_mode", std::string("ROUND")}});
    const auto y = m.node("MatMul", "MatMul_0", {m.input(), q}, {1, 2});
    const Lowering lowering = lower(m.finish({y}), {});
    ASSERT_TRUE(lowering.circuit);
    EXPECT_THAT(names(*lowering.circuit), ElementsAre("Dense_MatMul_0", "Quant_0_rescale"));
    const CodeTensor& weights = primitive(lowering, "Dense_MatMul_0").constant("weight");
    EXPECT_EQ(shortName(weights.format), "fixed<3,3,RND_CONV,SAT>");
    EXPECT_THAT(weights.codes, ElementsAre(2, 1, -1, 2));
}

TEST(Lowering, WhatHls4mlCannotBuildButTheRulesCanIsBuilt)
{
    SmallModel m({1, 3});
    const auto slopes = m.constant("PRelu_0_param0", {3}, {0.1F, 0.2F, 0.25F});
    const auto p = m.node("PRelu", "PRelu_0", {m.input(), slopes}, {1, 3});
    const auto h = m.node("HardSigmoid", "HardSigmoid_0", {p}, {1, 3});
    const auto mean = m.node("Mean", "Mean_0", {p, h}, {1, 3});
    const auto c = m.node("Concat", "Concat_0", {mean, h, p}, {1, 9}, {{"axis", std::int64_t{1}}});
    const auto d = m.node("Div", "Div_0", {c, c}, {1, 9});
    const Lowering lowering = lower(m.finish({d}), {});
    ASSERT_TRUE(lowering.circuit);
    EXPECT_THAT(names(*lowering.circuit), ElementsAre("PRelu_0", "HardSigmoid_0", "Mean_0", "Concat_0", "Div_0"));
    EXPECT_EQ(primitive(lowering, "PRelu_0").constant("parameter").size(), 3u);
    EXPECT_EQ(primitive(lowering, "HardSigmoid_0").constant("parameter").codes.front(), 13107);
}

TEST(Lowering, MovesElementsWhereTheOperatorPutsThem)
{
    SmallModel m({1, 2, 3});
    const auto starts = m.integers("Slice_0_param0", {1});
    const auto ends = m.integers("Slice_0_param1", {3});
    const auto axes = m.integers("Slice_0_param2", {2});
    const auto s = m.node("Slice", "Slice_0", {m.input(), starts, ends, axes}, {1, 2, 2});
    const auto pads = m.integers("Pad_0_param0", {0, 0, 1, 0, 0, 0});
    const auto p = m.node("Pad", "Pad_0", {s, pads}, {1, 2, 3});
    const auto mean = m.node("ReduceMean", "ReduceMean_0", {p}, {1, 2}, {{"axes", std::vector<std::int64_t>{2}}, {"keepdims", std::int64_t{0}}});
    const Lowering lowering = lower(m.finish({mean}), {});
    ASSERT_TRUE(lowering.circuit) << lowering.findings.front().rendered();
    EXPECT_THAT(names(*lowering.circuit), ElementsAre("Slice_0", "Pad_0", "ReduceMean_0_transpose", "ReduceMean_0"));
    const auto elements = [&](const char* name) { return primitive(lowering, name).attributesAs<ReorderAttributes>().element; };
    EXPECT_THAT(elements("Slice_0"), ElementsAre(1, 2, 4, 5));
    EXPECT_THAT(elements("Pad_0"), ElementsAre(-1, 0, 1, -1, 2, 3));
    EXPECT_THAT(elements("ReduceMean_0_transpose"), ElementsAre(0, 3, 1, 4, 2, 5));
    EXPECT_EQ(lowering.circuit->output(primitive(lowering, "ReduceMean_0")).shape, Shape{2});
}

TEST(Lowering, ClipsWhereARectifierDoes)
{
    SmallModel m({1, 2});
    const auto low = m.constant("Clip_0_param0", {}, {0});
    const auto high = m.constant("Clip_0_param1", {}, {6});
    const auto c = m.node("Clip", "Clip_0", {m.input(), low, high}, {1, 2});
    const Lowering lowering = lower(m.finish({c}), {});
    ASSERT_TRUE(lowering.circuit);
    EXPECT_EQ(primitive(lowering, "Clip_0").attributesAs<ActivationAttributes>().function, ActivationFunction::Relu6);
}

TEST(Lowering, UnsupportedOperatorsAreAllNamedAndStillListed)
{
    SmallModel m({1, 1, 4, 4});
    const auto w = m.constant("ConvTranspose_0_param0", {1, 1, 3, 3}, std::vector<float>(9, 1));
    const auto c = m.node("ConvTranspose", "ConvTranspose_0", {m.input(), w}, {1, 1, 6, 6});
    const auto f = m.node("Frobnicate", "Frobnicate_0", {c}, {1, 1, 6, 6});
    const Model model = m.finish({f});
    const Lowering lowering = lower(model, flow().initial(model));
    EXPECT_FALSE(lowering.circuit);
    ASSERT_EQ(lowering.findings.size(), 2u);
    EXPECT_THAT(lowering.findings[0].message(), HasSubstr("ConvTranspose_0"));
    EXPECT_THAT(lowering.findings[1].message(), HasSubstr("no rule for Frobnicate"));
    const auto layers = flow().layers(model, {});
    ASSERT_EQ(layers.size(), 3u);
    EXPECT_EQ(layers[0].unsupported, "");
    EXPECT_THAT(layers[1].unsupported, HasSubstr("transposed convolution"));
    EXPECT_THAT(layers[2].unsupported, HasSubstr("Frobnicate"));
}

TEST(Lowering, ConstantsThatAreNoNumbersAreRefused)
{
    SmallModel m({1, 1});
    const auto w = m.constant("MatMul_0_param0", {1, 1}, {NAN});
    const auto y = m.node("MatMul", "MatMul_0", {m.input(), w}, {1, 1});
    const Lowering lowering = lower(m.finish({y}), {});
    EXPECT_FALSE(lowering.circuit);
    ASSERT_EQ(lowering.findings.size(), 1u);
    EXPECT_EQ(lowering.findings[0].code, DiagnosticCode::ConstantsNotFinite);
}

TEST(Layers, SayWhatCanBeSet)
{
    const Model model = test::smallMlp(16, 5, 2);
    Configuration configuration = flow().initial(model);
    configuration = edited(configuration, SetTunable{"MatMul_0", tunables::kStrategy, std::string("resource")});
    const auto layers = flow().layers(model, configuration);
    ASSERT_EQ(layers.size(), 6u);
    EXPECT_EQ(layers[1].id, "MatMul_0");
    EXPECT_EQ(layers[1].type, "Dense");
    EXPECT_EQ(layers[2].type, "ApplyAlpha");
    const auto reuse = std::find_if(layers[1].tunables.begin(), layers[1].tunables.end(),
                                    [](const TunableInfo& info) { return info.name == tunables::kReuseFactor; });
    ASSERT_NE(reuse, layers[1].tunables.end());
    std::vector<std::string> legal;
    for (const TunableChoice& choice : reuse->legal)
        legal.push_back(describe(choice));
    EXPECT_THAT(legal, ElementsAre("1", "2", "4", "8", "16", "80"));
}

TEST(Layers, InitialConfigurationWritesAndReadsItself)
{
    const Model model = test::smallMlp(16, 5, 2);
    const Configuration initial = flow().initial(model);
    const std::string text = flow().writeConfiguration(model, initial);
    EXPECT_THAT(text, HasSubstr("MatMul_0_param0"));
    const auto again = flow().readConfiguration(text, "c.yml", model);
    ASSERT_TRUE(again.ok()) << again.error().rendered();
    EXPECT_TRUE(again->findings.empty());
    EXPECT_EQ(again->configuration, initial) << text;
}

TEST(Legality, IllegalReuseFactorIsReplacedAndReported)
{
    const Model model = test::smallMlp(16, 5, 2);
    EditBatch batch;
    batch.edits = {SetTunable{"", tunables::kStrategy, std::string("resource")},
                   SetTunable{"MatMul_0", tunables::kReuseFactor, std::int64_t{12}}};
    const Lowering lowering = lower(model, edited(flow().initial(model), batch));
    EXPECT_EQ(primitive(lowering, "Dense_MatMul_0").attributesAs<DenseAttributes>().reuse_factor, 8); // 8 and 16 are as near
    ASSERT_EQ(lowering.findings.size(), 1u);
    EXPECT_EQ(lowering.findings[0].code, DiagnosticCode::ReuseFactorReplaced);
    EXPECT_EQ(lowering.layers.at("MatMul_0").tunables.at(tunables::kReuseFactor).source, SettingSource::Inferred);
}

TEST(Rules, EveryReasonIsASentence)
{
    for (const OperatorRule& rule : flow().rules()) {
        if (rule.reason.empty())
            continue;
        EXPECT_GE(rule.reason.front(), 'A');
        EXPECT_LE(rule.reason.front(), 'Z');
        EXPECT_EQ(rule.reason.back(), '.') << rule.op_type;
    }
}

} // namespace
} // namespace bitwright
