// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "importers/importer.h"
#include "model/npy.h"
#include "ops/reference_run.h"
#include "rewrite/normal_form.h"
#include "support/diagnostic_codes.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

using nlohmann::json;

struct Stored {
    std::shared_ptr<const Model> model;
    Tensor input; ///< `[samples, ...]` as the model's input is
    Tensor output;
};

const char* const kModels[] = {"TFC_1W1A",        "TFC_1W2A",    "TFC_2W2A",          "bnn_model_fc_1layer",
                               "dense_big_keras", "kwsmlp_w3a3", "qkeras_jettagging", "three_layer_keras",
                               "three_layer_pytorch", "two_layer_keras", "two_layer_pytorch", "conv1d_small_keras",
                               "conv2d_small_keras", "conv2d_small_mp_keras"};

Stored load(const std::string& name)
{
    const auto model = importModel(test::sharedData("models/" + name + ".onnx"));
    const auto input = readNpy(test::sharedData("reference/" + name + "/input.npy"));
    const auto output = readNpy(test::sharedData("reference/" + name + "/output.npy"));
    EXPECT_TRUE(model && input && output) << name;
    Shape shape = *(*model)->graph.value((*model)->graph.inputs[0]).shape;
    shape[0] = 1;
    shape[0] = input->size() / elementCount(shape).value(); // stored as [samples, batch, ...]
    return {*model, input->reshaped(shape), *output};
}

/// Largest difference over the first elements of @p a.
double worstDifference(const Tensor& a, const Tensor& b)
{
    double worst = b.size() <= a.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::int64_t i = 0; i < std::min(a.size(), b.size()); ++i)
        worst = std::max(worst, std::fabs(elementAsDouble(a, i) - elementAsDouble(b, i)));
    return worst;
}

TEST(ReferenceRun, ModelsGiveTheStoredOutputs)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    for (const std::string name : kModels) {
        SCOPED_TRACE(name);
        const Stored stored = load(name);
        const Result<ReferenceRun> run = runReference(*stored.model, {stored.input});
        ASSERT_TRUE(run) << run.error().rendered();
        EXPECT_EQ(run->outputs[0].size(), stored.output.size());
        EXPECT_LT(worstDifference(run->outputs[0], stored.output), 2e-5);
    }
}

/// Every model of the test data runs on made-up samples, and so does its normal form, to the same end.
TEST(ReferenceRun, ExecutesEveryModel)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int executed = 0;
    int refused = 0;
    for (const auto& entry : std::filesystem::directory_iterator(test::sharedData("models"))) {
        if (entry.path().extension() != ".onnx") continue;
        SCOPED_TRACE(entry.path().string());
        const auto model = importModel(entry.path().string());
        ASSERT_TRUE(model) << model.error().rendered();
        std::vector<Tensor> inputs;
        for (const ValueIndex input : (*model)->graph.inputs) {
            Shape shape = *(*model)->graph.value(input).shape;
            for (std::int64_t& extent : shape) extent = std::max<std::int64_t>(extent, 1);
            std::vector<float> samples(static_cast<std::size_t>(elementCount(shape).value()));
            for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(i * 7 % 17) / 16 - 0.5F;
            inputs.push_back(Tensor::of<float>(shape, samples));
        }
        const Result<ReferenceRun> run = runReference(**model, inputs);
        if (entry.path().stem() == "three_layer_bn_keras") {
            // Its file transposes [1, 64] before normalising 64 channels: ONNX Runtime refuses it likewise.
            ASSERT_FALSE(run);
            EXPECT_EQ(run.error().code, DiagnosticCode::OperatorShapes);
            ++refused;
            continue;
        }
        ASSERT_TRUE(run) << run.error().rendered();
        const Result<ReferenceRun> normal = runReference(*normalForm(**model), inputs);
        ASSERT_TRUE(normal) << normal.error().rendered();
        EXPECT_LT(worstDifference(normal->outputs[0], run->outputs[0]), 2e-4);
        ++executed;
    }
    EXPECT_EQ(executed, 19);
    EXPECT_EQ(refused, 1);
}

/// The normal form is the same function.
TEST(ReferenceRun, NormalFormsGiveTheStoredOutputs)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    for (const std::string name : kModels) {
        SCOPED_TRACE(name);
        const Stored stored = load(name);
        const auto normal = normalForm(*stored.model);
        const Result<ReferenceRun> run = runReference(*normal, {stored.input});
        ASSERT_TRUE(run) << run.error().rendered() << "\n" << modelText(*normal);
        EXPECT_LT(worstDifference(run->outputs[0], stored.output), 2e-5);
    }
}

/// Every intermediate value of the first sample, under the names of the clean-up.
TEST(ReferenceRun, TracesGiveTheStoredValues)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int compared = 0;
    for (const std::string name : {"TFC_2W2A", "kwsmlp_w3a3", "qkeras_jettagging"}) {
        SCOPED_TRACE(name);
        const Stored stored = load(name);
        const json info = json::parse(std::ifstream(test::sharedData("reference/" + name + "/case.json")));
        ReferenceOptions options;
        options.keep_trace = true;
        const Result<ReferenceRun> run = runReference(*normalForm(*stored.model), {stored.input}, options);
        ASSERT_TRUE(run) << run.error().rendered();
        for (const auto& [value, entry] : info["trace"].items()) {
            const auto found = run->trace.find(value);
            if (found == run->trace.end()) continue; // folded into a constant
            const auto expected = readNpy(test::sharedData("reference/" + name + "/" + entry["file"].get<std::string>()));
            ASSERT_TRUE(expected);
            EXPECT_LT(worstDifference(found->second, *expected), 2e-4) << value;
            ++compared;
        }
    }
    EXPECT_GE(compared, 20);
}

} // namespace
} // namespace bitwright
