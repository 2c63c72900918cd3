// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "emulator/emulator.h"
#include "flows/flow.h"
#include "importers/importer.h"
#include "model/npy.h"
#include "rewrite/normal_form.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

std::string textOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// One stored run of hls4ml.
struct GoldenCase {
    std::filesystem::path folder;
    nlohmann::json description;

    std::string name() const { return folder.filename().string(); }
    std::string modelPath() const
    {
        return test::sharedData(description.at("models_dir").get<std::string>() + "/" +
                                description.at("model").get<std::string>());
    }
};

std::vector<GoldenCase> casesOf(std::string_view kind)
{
    std::vector<GoldenCase> cases;
    for (const auto& entry : std::filesystem::directory_iterator(test::sharedData("hls4ml"))) {
        const auto file = entry.path() / "case.json";
        if (!std::filesystem::exists(file)) continue;
        GoldenCase golden{entry.path(), nlohmann::json::parse(textOf(file))};
        if (golden.description.at("kind") == kind) cases.push_back(std::move(golden));
    }
    std::sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.folder < b.folder; });
    return cases;
}

std::string rendered(const Diagnostics& findings)
{
    std::string all;
    for (const Diagnostic& finding : findings)
        if (finding.severity() == Severity::Error) all += finding.rendered() + "\n";
    return all;
}

/// The first differing value of two arrays, or nothing. @p rows rows of each are compared, C order.
std::optional<std::string> difference(const std::string& what, const std::vector<double>& expected,
                                      const std::vector<double>& got)
{
    if (expected.size() != got.size())
        return what + ": " + std::to_string(expected.size()) + " values expected, " + std::to_string(got.size()) + " got";
    std::size_t wrong = 0;
    std::size_t first = 0;
    for (std::size_t i = expected.size(); i-- > 0;)
        if (expected[i] != got[i]) {
            ++wrong;
            first = i;
        }
    if (wrong == 0) return std::nullopt;
    std::ostringstream text;
    text.precision(17);
    text << what << ": " << wrong << " of " << expected.size() << " differ, the first at " << first << ": "
         << expected[first] << " expected, " << got[first] << " got";
    return text.str();
}

/// Outputs of all samples, those of one sample together.
std::vector<double> joined(const EmulatorRun& run)
{
    std::vector<double> all;
    for (std::int64_t s = 0; s < run.samples; ++s)
        for (const Tensor& output : run.outputs) {
            const auto values = output.as<double>();
            const std::int64_t per_sample = output.size() / run.samples;
            all.insert(all.end(), values.begin() + s * per_sample, values.begin() + (s + 1) * per_sample);
        }
    return all;
}

std::vector<double> firstValues(const Tensor& tensor, std::size_t count)
{
    const auto values = tensor.as<double>();
    return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(count, values.size()))};
}

/// Where the emulated layers leave the stored ones, layers in the circuit's order.
std::optional<std::string> traceDifference(const GoldenCase& golden, const Circuit& circuit, const EmulatorRun& run)
{
    std::size_t files = 0;
    if (!std::filesystem::exists(golden.folder / "trace")) return std::nullopt; // of huge images only the output is stored
    for (const Primitive& primitive : circuit.primitives) {
        const auto path = golden.folder / "trace" / (primitive.name + ".npy");
        if (!std::filesystem::exists(path)) continue;
        ++files;
        const auto stored = readNpy(path.string());
        if (!stored) return stored.error().rendered();
        const std::vector<double> expected = asDoubles(*stored);
        if (auto wrong = difference("layer " + primitive.name, expected,
                                    firstValues(run.trace.at(primitive.name), expected.size())))
            return wrong;
    }
    std::size_t all = 0;
    for (const auto& entry : std::filesystem::directory_iterator(golden.folder / "trace"))
        all += entry.path().extension() == ".npy" ? 1 : 0;
    if (files != all) return "only " + std::to_string(files) + " of " + std::to_string(all) + " traced layers exist";
    return std::nullopt;
}

/// Nothing when everything is bit-identical, else the reason.
std::optional<std::string> mismatch(const GoldenCase& golden)
{
    const auto model = importModel(golden.modelPath());
    if (!model) return model.error().rendered();
    const auto normal = normalForm(**model);
    const FlowDescriptor* flow = findFlow("hls4ml");
    const std::string config = (golden.folder / "config.yml").string();
    const auto file = flow->readConfiguration(textOf(config), config, *normal);
    if (!file) return file.error().rendered();
    const auto lowering = flow->lower(*normal, file->configuration, nullptr);
    if (!lowering) return lowering.error().rendered();
    if (!lowering->circuit) return "no circuit: " + rendered(lowering->findings);
    const auto program = compileCircuit(lowering->circuit);
    if (!program) return program.error().rendered();
    const auto input = readNpy((golden.folder / "input.npy").string());
    const auto output = readNpy((golden.folder / "output.npy").string());
    if (!input || !output) return "the stored arrays cannot be read";
    const auto run = emulate(**program, {*input}, {.keep_trace = true});
    if (!run) return run.error().rendered();
    if (auto wrong = traceDifference(golden, *lowering->circuit, *run)) return wrong;
    if (auto wrong = difference("output", asDoubles(*output), joined(*run))) return wrong;
    // Once more where nobody looks at the layers, which may take other kernels, and once counting.
    const auto plain = emulate(**program, {*input});
    if (!plain) return plain.error().rendered();
    if (auto wrong = difference("output without trace", asDoubles(*output), joined(*plain))) return wrong;
    const auto counted = emulate(**program, {*input}, {.collect_statistics = true});
    if (!counted) return counted.error().rendered();
    return difference("output with statistics", asDoubles(*output), joined(*counted));
}

void expectIdentical(const char* kind)
{
    if (!test::hasSharedData()) GTEST_SKIP() << "needs the larger test data";
    const std::vector<GoldenCase> cases = casesOf(kind);
    ASSERT_FALSE(cases.empty());
    std::size_t identical = 0;
    for (const GoldenCase& golden : cases) {
        const auto wrong = mismatch(golden);
        if (!wrong) ++identical;
        else ADD_FAILURE() << golden.name() << ": " << *wrong;
    }
    std::printf("%zu of %zu %s cases bit-identical\n", identical, cases.size(), kind);
}

TEST(GoldenHls4ml, EveryDenseCaseIsBitIdentical) { expectIdentical("dense"); }
TEST(GoldenHls4ml, EveryConvolutionalCaseIsBitIdentical) { expectIdentical("conv"); }
TEST(GoldenHls4ml, EveryOtherCaseIsBitIdentical) { expectIdentical("other"); }

} // namespace
} // namespace bitwright
