// SPDX-License-Identifier: GPL-3.0-or-later
// Every network of dense layers in the test data becomes a circuit, also those that hls4ml refuses.
#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "circuit/primitive_descriptor.h"
#include "flows/flow.h"
#include "importers/importer.h"
#include "rewrite/normal_form.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

bool isDenseNetwork(const Model& model)
{
    for (const Node& node : model.graph.nodes) {
        for (const char* other : {"Conv", "Pool", "Resize", "Pad", "ConvTranspose", "LSTM", "GRU"}) {
            if (node.op_type.find(other) != std::string::npos)
                return false;
        }
    }
    return true;
}

std::vector<std::string> modelFiles()
{
    std::vector<std::string> files;
    for (const char* folder : {"models", "synth", "samples"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(sharedData(folder))) {
            if (entry.path().extension() == ".onnx")
                files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// "" or what keeps the circuit from being complete.
std::string problemOf(const Model& model, const Configuration& configuration)
{
    const auto lowering = findFlow("hls4ml")->lower(model, configuration, nullptr);
    if (!lowering)
        return lowering.error().rendered();
    std::string problem;
    for (const Diagnostic& finding : lowering->findings) {
        if (finding.severity() == Severity::Error)
            problem += finding.rendered() + "\n";
    }
    if (!lowering->circuit)
        return problem + "no circuit";
    for (const Primitive& primitive : lowering->circuit->primitives) {
        if (!primitive.kind || !primitive.attributes || primitive.layer.empty())
            problem += primitive.name + " is incomplete\n";
    }
    for (const Layer& layer : findFlow("hls4ml")->layers(model, configuration)) {
        if (!layer.unsupported.empty())
            problem += layer.id + " is called unsupported\n";
    }
    return problem;
}

TEST(Models, EveryDenseNetworkBecomesACircuit)
{
    if (!hasSharedData())
        GTEST_SKIP() << "needs the larger test data";
    int done = 0;
    int all = 0;
    for (const std::string& file : modelFiles()) {
        const auto imported = importModel(file);
        ASSERT_TRUE(imported.ok()) << file;
        const auto model = normalForm(**imported);
        if (!isDenseNetwork(*model))
            continue;
        Configuration configuration = findFlow("hls4ml")->initial(*model);
        std::string problem = problemOf(*model, configuration);
        configuration.design.io_type = IoType::Stream;
        configuration.model.tunables[tunables::kStrategy] = std::string("resource");
        problem += problemOf(*model, configuration);
        EXPECT_EQ(problem, "") << file;
        done += problem.empty() ? 1 : 0;
        ++all;
    }
    std::cout << done << " of " << all << " dense networks become circuits\n";
    EXPECT_GT(all, 40);
}

} // namespace
} // namespace bitwright::test
