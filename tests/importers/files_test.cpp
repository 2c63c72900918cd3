// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "importers/importer.h"
#include "rewrite/normal_form.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

namespace fs = std::filesystem;

TEST(Importer, OpensEveryModelOfTheTestData)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    int opened = 0;
    for (const char* folder : {"models", "synth", "samples"}) {
        for (const auto& entry : fs::directory_iterator(test::sharedData(folder))) {
            if (entry.path().extension() != ".onnx") continue;
            const auto model = importModel(entry.path().string());
            ASSERT_TRUE(model) << model.error().rendered();
            for (const Diagnostic& finding : (*model)->findings) ADD_FAILURE() << finding.rendered();
            for (const ValueIndex output : (*model)->graph.outputs)
                EXPECT_TRUE((*model)->graph.value(output).shape) << entry.path();
            EXPECT_FALSE(normalForm(**model)->graph.nodes.empty()) << entry.path();
            ++opened;
        }
    }
    EXPECT_EQ(opened, 20 + 47 + 10);
}

/// The ONNX project's own test models; each may be refused with a sentence, none may crash.
TEST(Importer, OpensTheModelsOfTheOnnxProject)
{
    const fs::path root = "/usr/share/libonnx-testdata/data";
    if (!fs::is_directory(root)) GTEST_SKIP() << "needs the package libonnx-testdata";
    int opened = 0;
    int refused = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().filename() != "model.onnx") continue;
        const auto model = importModel(entry.path().string());
        if (model) {
            ++opened;
            normalForm(**model);
        } else {
            ++refused;
            std::cout << model.error().rendered() << "\n";
            EXPECT_FALSE(model.error().message().empty());
        }
    }
    std::cout << opened << " of " << opened + refused << " models open\n";
    EXPECT_GT(opened, 1050);
}

} // namespace
} // namespace bitwright
