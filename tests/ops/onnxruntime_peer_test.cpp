// SPDX-License-Identifier: GPL-3.0-or-later
// Random single operators against ONNX Runtime itself: codes are equal, floating point is near.
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "importers/importer.h"
#include "model/npy.h"
#include "ops/reference_run.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

namespace fs = std::filesystem;

std::vector<Tensor> readArrays(const fs::path& folder, const char* prefix)
{
    std::vector<Tensor> arrays;
    for (;;) {
        const Result<Tensor> array = readNpy((folder / fmt::format("{}_{}.npy", prefix, arrays.size())).string());
        if (!array) return arrays;
        arrays.push_back(*array);
    }
}

/// Empty where the outputs agree.
std::string difference(const Tensor& actual, const Tensor& expected)
{
    if (actual.type() != expected.type() || actual.shape() != expected.shape())
        return fmt::format("{} {} instead of {} {}", elementTypeName(actual.type()), shapeText(actual.shape()), elementTypeName(expected.type()), shapeText(expected.shape()));
    const double tolerance = expected.type() == ElementType::Float32 ? 1e-5 : 0;
    for (std::int64_t i = 0; i < actual.size(); ++i) {
        const double a = elementAsDouble(actual, i);
        const double b = elementAsDouble(expected, i);
        if (!(std::fabs(a - b) <= tolerance * (1 + std::fabs(b)))) return fmt::format("element {} is {} instead of {}", i, a, b);
    }
    return {};
}

std::string checkCase(const fs::path& folder)
{
    const auto model = importModel((folder / "model.onnx").string());
    if (!model) return model.error().rendered();
    const Result<ReferenceRun> run = runReference(**model, readArrays(folder, "input"));
    if (!run) return run.error().rendered();
    const std::vector<Tensor> expected = readArrays(folder, "output");
    if (expected.empty() || run->outputs.size() != expected.size()) return fmt::format("{} outputs instead of {}", run->outputs.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (const std::string problem = difference(run->outputs[i], expected[i]); !problem.empty()) return problem;
    return {};
}

TEST(PeerOperators, EqualOnnxRuntime)
{
    const char* python = std::getenv("BITWRIGHT_PEER_PYTHON");
    if (python == nullptr || *python == '\0') GTEST_SKIP() << "needs onnxruntime: set BITWRIGHT_PEER_PYTHON";
    const std::string folder = test::temporaryFolder("onnxruntime_cases");
    ASSERT_EQ(std::system(fmt::format("'{}' '{}' '{}'", python, BITWRIGHT_CASE_WRITER, folder).c_str()), 0);
    int compared = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        EXPECT_EQ(checkCase(entry.path()), "") << entry.path().filename();
        ++compared;
    }
    fmt::print("{} operators compared with ONNX Runtime\n", compared);
    EXPECT_GT(compared, 100);
}

} // namespace
} // namespace bitwright
