// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <gtest/gtest.h>

#include "evaluation/compare.h"
#include "importers/importer.h"
#include "importers/onnx_writer.h"
#include "ops/reference_run.h"
#include "rewrite/quantised_form.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const Model> copyOf(const Model& model)
{
    const std::string path = test::temporaryFolder("onnx_writer") + "/copy.onnx";
    const auto written = writeOnnx(model, path);
    EXPECT_TRUE(written) << written.error().rendered();
    auto read = importModel(path);
    EXPECT_TRUE(read) << read.error().rendered();
    return read ? *read : nullptr;
}

TEST(OnnxWriter, WhatWasReadComesBack)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int count = 0;
    for (const char* folder : {"models", "synth", "samples"}) {
        for (const auto& entry : fs::directory_iterator(test::sharedData(folder))) {
            if (entry.path().extension() != ".onnx" || entry.file_size() > (4u << 20)) continue;
            const auto model = importModel(entry.path().string());
            ASSERT_TRUE(model) << model.error().rendered();
            const auto copy = copyOf(**model);
            ASSERT_TRUE(copy);
            const ModelComparison comparison = compareModels(**model, *copy);
            EXPECT_TRUE(comparison.differences.empty()) << entry.path() << " " << comparison.differences[0].place << ": "
                                                        << comparison.differences[0].a << " | " << comparison.differences[0].b;
            EXPECT_EQ(comparison.matches.size(), (*model)->graph.nodes.size());
            ++count;
        }
    }
    EXPECT_GT(count, 60);
}

/// Samples quantised with QONNX become files that any runtime reads, and compute what they computed.
TEST(OnnxWriter, SamplesInPairsComputeTheSameBits)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int converted_models = 0;
    for (const auto& entry : fs::directory_iterator(test::sharedData("samples"))) {
        if (entry.path().extension() != ".onnx") continue;
        const auto model = importModel(entry.path().string());
        ASSERT_TRUE(model);
        const ConvertedQuantisers pairs = convertQuantisers(**model, QuantiserForm::Pairs);
        if (pairs.converted == 0) continue;
        EXPECT_TRUE(pairs.kept.empty()) << entry.path() << " " << pairs.kept[0].node << " " << pairs.kept[0].reason;
        const auto copy = copyOf(pairs.model);
        ASSERT_TRUE(copy);
        const Value& input = (*model)->graph.value((*model)->graph.inputs[0]);
        Shape shape = *input.shape;
        shape[0] = 8;
        std::vector<float> values(static_cast<std::size_t>(*elementCount(shape)));
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 17) * 0.21F - 1.5F;
        const Tensor data = Tensor::of<float>(shape, values);
        const auto wanted = runReference(**model, {data});
        const auto got = runReference(*copy, {data});
        ASSERT_TRUE(wanted) << wanted.error().rendered();
        ASSERT_TRUE(got) << got.error().rendered();
        EXPECT_EQ(asFloats(got->outputs[0]), asFloats(wanted->outputs[0])) << entry.path();
        ++converted_models;
    }
    EXPECT_GE(converted_models, 4);
}

} // namespace
} // namespace bitwright
