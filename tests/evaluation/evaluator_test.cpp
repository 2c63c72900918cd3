// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/evaluator.h"

#include "importers/importer.h"
#include "support/diagnostic_codes.h"

#include <cmath>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

std::shared_ptr<const Model> jets()
{
    static const std::shared_ptr<const Model> model = *importModel(BITWRIGHT_SAMPLES "/models/jets_mlp_w6a6.onnx");
    return model;
}

std::shared_ptr<const Dataset> jetData()
{
    static const std::shared_ptr<const Dataset> data =
        *loadDataset(*jets(), {{{"", BITWRIGHT_SAMPLES "/data/jets_x.npy"}}, BITWRIGHT_SAMPLES "/data/jets_y.npy"});
    return data;
}

Evaluator evaluatorOf(std::shared_ptr<const Dataset> data = jetData())
{
    return Evaluator(jets(), *findFlow("hls4ml"), std::move(data));
}

/// Narrows one slot of the first layer that has it.
Configuration narrowed(const Evaluator& evaluator, const Configuration& from, const std::string& slot, const std::string& format)
{
    const std::vector<Layer> layers = *evaluator.layers(from);
    Configuration configuration = from;
    for (const Layer& layer : layers) {
        const bool has_slot = std::any_of(layer.slots.begin(), layer.slots.end(),
                                          [&](const SlotInfo& info) { return info.name == slot; });
        if (!has_slot || layer.type != "Dense") continue;
        LayerSettings settings = from.layer(layer.id);
        settings.formats[slot] = *parseNumberFormat(format);
        configuration.setLayer(layer.id, settings);
        return configuration;
    }
    ADD_FAILURE() << "no layer has the slot " << slot;
    return configuration;
}

void expectSame(const Evaluation& a, const Evaluation& b)
{
    EXPECT_EQ(a.samples, b.samples);
    EXPECT_EQ(a.quality.accuracy, b.quality.accuracy);
    EXPECT_EQ(a.quality.agreement, b.quality.agreement);
    EXPECT_EQ(a.quality.confusion, b.quality.confusion);
    EXPECT_EQ(a.quality.mean_square_error, b.quality.mean_square_error);
    ASSERT_EQ(a.values.size(), b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        EXPECT_EQ(a.values[i].primitive, b.values[i].primitive);
        EXPECT_EQ(a.values[i].statistics.wraps, b.values[i].statistics.wraps);
        EXPECT_EQ(a.values[i].statistics.saturations, b.values[i].statistics.saturations);
        EXPECT_EQ(a.values[i].statistics.minimum, b.values[i].statistics.minimum);
        EXPECT_EQ(a.values[i].statistics.log2_histogram, b.values[i].statistics.log2_histogram);
        EXPECT_EQ(a.values[i].sqnr_db, b.values[i].sqnr_db);
    }
}

TEST(Evaluator, AnEditGivesWhatAFreshStartGives)
{
    Evaluator evaluator = evaluatorOf();
    const Configuration initial = *evaluator.initialConfiguration();
    const Configuration coarse = narrowed(evaluator, initial, slots::kResult, "fixed<6,3>");
    ASSERT_TRUE(evaluator.evaluate(initial).ok());
    const Result<Evaluation> incremental = evaluator.evaluate(coarse);
    ASSERT_TRUE(incremental.ok()) << incremental.error().message();
    Evaluator fresh = evaluatorOf();
    const Result<Evaluation> scratch = fresh.evaluate(coarse);
    ASSERT_TRUE(scratch.ok());
    expectSame(*incremental, *scratch);
    EXPECT_FALSE(incremental->is_cached);
}

TEST(Evaluator, UndoIsFreeAndCarriesTheNewRevision)
{
    Evaluator evaluator = evaluatorOf();
    const Configuration initial = *evaluator.initialConfiguration();
    EvaluationOptions options;
    options.revision = 1;
    const Result<Evaluation> first = evaluator.evaluate(initial, options);
    options.revision = 2;
    ASSERT_TRUE(evaluator.evaluate(narrowed(evaluator, initial, slots::kWeight, "fixed<4,1>"), options).ok());
    options.revision = 3;
    int partial = 0;
    const Result<Evaluation> again = evaluator.evaluate(initial, options, {}, [&](const Evaluation&) { ++partial; });
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->is_cached);
    EXPECT_EQ(again->revision, 3U);
    EXPECT_EQ(partial, 0);
    expectSame(*first, *again);
    EXPECT_EQ(*evaluator.lower(initial), *evaluator.lower(initial)) << "the lowering itself is shared";
    EXPECT_EQ(*evaluator.estimate(initial), *evaluator.estimate(initial));
}

TEST(Evaluator, DeliversStagesInOrderAndTheyAgree)
{
    Evaluator evaluator = evaluatorOf();
    EvaluationOptions options;
    options.revision = 7;
    options.preview_samples = 100;
    std::vector<Evaluation> stages;
    const Result<Evaluation> last = evaluator.evaluate(*evaluator.initialConfiguration(), options, {},
                                                       [&](const Evaluation& stage) { stages.push_back(stage); });
    ASSERT_TRUE(last.ok());
    ASSERT_GE(stages.size(), 2U);
    EXPECT_TRUE(stages.front().isPartial());
    EXPECT_EQ(stages.front().samples, 100);
    EXPECT_EQ(stages.front().quality.samples, 100);
    EXPECT_EQ(stages.back().stage, EvaluationStage::Quality);
    EXPECT_EQ(stages.back().quality.accuracy, last->quality.accuracy);
    EXPECT_EQ(last->stage, EvaluationStage::Complete);
    for (const Evaluation& stage : stages)
        EXPECT_EQ(stage.revision, 7U);

    Evaluator other = evaluatorOf();
    options.preview_samples = 0;
    options.wants_statistics = false;
    const Result<Evaluation> whole = other.evaluate(*other.initialConfiguration(), options);
    ASSERT_TRUE(whole.ok());
    EXPECT_EQ(whole->stage, EvaluationStage::Quality);
    EXPECT_EQ(whole->quality.accuracy, last->quality.accuracy) << "batches change nothing";
    EXPECT_TRUE(whole->values.empty());
}

TEST(Evaluator, ComparesEveryLayerWithTheReference)
{
    Evaluator evaluator = evaluatorOf();
    const Result<Evaluation> evaluation = evaluator.evaluate(*evaluator.initialConfiguration());
    ASSERT_TRUE(evaluation.ok());
    EXPECT_GT(*evaluation->quality.accuracy, 0.7);
    EXPECT_GT(*evaluation->quality.agreement, 0.9);
    int dense = 0;
    for (const ValueReport& report : evaluation->values) {
        if (report.primitive.rfind("Dense", 0) != 0) continue;
        ++dense;
        ASSERT_TRUE(report.sqnr_db.has_value()) << report.primitive;
        EXPECT_GT(*report.sqnr_db, 20) << report.primitive;
        EXPECT_EQ(report.reference_log2_histogram.size(), static_cast<std::size_t>(kBinCount));
        EXPECT_LE(*report.reference_minimum, *report.reference_maximum);
        EXPECT_EQ(evaluation->ofLayer(report.layer)->layer, report.layer);
    }
    EXPECT_EQ(dense, 4);
    EXPECT_EQ(evaluation->ofLayer("no such layer"), nullptr);
}

TEST(Evaluator, FeedbackOfANarrowFormatIsVisible)
{
    Evaluator evaluator = evaluatorOf();
    const Configuration initial = *evaluator.initialConfiguration();
    const Result<Evaluation> wide = evaluator.evaluate(initial);
    const Result<Evaluation> narrow = evaluator.evaluate(narrowed(evaluator, initial, slots::kResult, "fixed<4,2>"));
    ASSERT_TRUE(narrow.ok());
    std::int64_t wraps = 0;
    for (const ValueReport& report : narrow->values)
        wraps += report.statistics.wraps;
    EXPECT_GT(wraps, 0);
    EXPECT_LT(*narrow->quality.agreement, *wide->quality.agreement);
}

TEST(Evaluator, StopsWhenAsked)
{
    Evaluator evaluator = evaluatorOf();
    std::stop_source stop;
    stop.request_stop();
    const Result<Evaluation> evaluation = evaluator.evaluate(*evaluator.initialConfiguration(), {}, stop.get_token());
    ASSERT_FALSE(evaluation.ok());
    EXPECT_EQ(evaluation.error().code, DiagnosticCode::Cancelled);
    EXPECT_TRUE(evaluator.evaluate(*evaluator.initialConfiguration()).ok()) << "nothing half-done stays behind";
}

TEST(Evaluator, ReferenceAloneHasAnAccuracy)
{
    Evaluator evaluator = evaluatorOf();
    const auto reference = evaluator.reference();
    ASSERT_TRUE(reference.ok());
    EXPECT_GT(*(*reference)->quality.accuracy, 0.7);
    EXPECT_EQ((*reference)->outputs.at(0).shape(), (Shape{jetData()->samples, 5}));
    EXPECT_EQ(*evaluator.reference(), *reference);
}

TEST(Evaluator, WithoutDataThereIsAnEstimateAndASentence)
{
    Evaluator evaluator = evaluatorOf(nullptr);
    const Configuration initial = *evaluator.initialConfiguration();
    EXPECT_TRUE(evaluator.estimate(initial).ok());
    EXPECT_EQ(evaluator.evaluate(initial).error().code, DiagnosticCode::DataMissing);
    EXPECT_EQ(evaluator.reference().error().code, DiagnosticCode::DataMissing);
}

TEST(Evaluator, SyntheticDataAreLabelledAsSuch)
{
    Evaluator evaluator = evaluatorOf(*syntheticDataset(*jets()));
    const Result<Evaluation> evaluation = evaluator.evaluate(*evaluator.initialConfiguration());
    ASSERT_TRUE(evaluation.ok());
    EXPECT_TRUE(evaluation->is_synthetic);
    EXPECT_FALSE(evaluation->quality.accuracy.has_value());
    EXPECT_TRUE(evaluation->quality.agreement.has_value());
}

} // namespace
} // namespace bitwright
