// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "importers/importer.h"
#include "model/npy.h"
#include "ops/reference_run.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

Tensor readArray(const fs::path& path)
{
    const Result<Tensor> tensor = readNpy(path.string());
    EXPECT_TRUE(tensor) << path;
    return tensor ? *tensor : Tensor();
}

std::int64_t differingElements(const Tensor& a, const Tensor& b)
{
    if (a.size() != b.size()) return std::max(a.size(), b.size());
    std::int64_t differing = 0;
    for (std::int64_t i = 0; i < a.size(); ++i) {
        const double x = elementAsDouble(a, i);
        const double y = elementAsDouble(b, i);
        differing += !(x == y || (std::isnan(x) && std::isnan(y)));
    }
    return differing;
}

/// The stored outputs of qonnx and ONNX Runtime, element for element.
TEST(ReferenceRun, QuantisersGiveExactlyTheStoredValues)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    const json index = json::parse(std::ifstream(test::sharedData("numerics/index.json")));
    std::size_t compared = 0;
    for (const json& entry : index) {
        const fs::path folder = test::sharedData("numerics/" + entry["case"].get<std::string>());
        SCOPED_TRACE(folder.string());
        const auto model = importModel((folder / "model.onnx").string());
        ASSERT_TRUE(model) << model.error().rendered();
        const Graph& graph = (*model)->graph;
        std::vector<Tensor> inputs;
        for (const ValueIndex input : graph.inputs)
            inputs.push_back(readArray(folder / ("input_" + graph.value(input).name + ".npy")));
        const Result<ReferenceRun> run = runReference(**model, inputs);
        ASSERT_TRUE(run) << run.error().rendered();
        for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
            const Tensor expected = readArray(folder / ("output_" + graph.value(graph.outputs[i]).name + ".npy"));
            EXPECT_EQ(differingElements(run->outputs[i], expected), 0) << "of " << expected.size();
        }
        ++compared;
    }
    EXPECT_EQ(compared, index.size());
    EXPECT_GE(compared, 66U);
}

} // namespace
} // namespace bitwright
