// SPDX-License-Identifier: GPL-3.0-or-later
/// From one edit to its answers: exact accuracy on 10,000 jets, statistics of every value, the estimate.
/// Prints medians and how many times they are below their goals; exits 1 when a goal is missed.
#include "evaluation/evaluator.h"
#include "importers/importer.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include <fmt/format.h>

namespace bitwright {
namespace {

constexpr std::int64_t kSamples = 10'000;
constexpr int kRounds = 31;
/// hls4ml 1.3.0's own loop for the same edit and samples: write, compile, predict.
constexpr double kHls4mlLoopSeconds = 7.8;

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// @p tensor repeated along dimension 0 until it holds kSamples rows.
Tensor repeated(const Tensor& tensor)
{
    Shape shape = tensor.shape();
    const std::size_t row = tensor.bytes().size() / static_cast<std::size_t>(shape[0]);
    const std::int64_t rows = shape[0];
    shape[0] = kSamples;
    const std::shared_ptr<std::byte[]> bytes(new std::byte[row * kSamples]);
    for (std::int64_t i = 0; i < kSamples; ++i)
        std::memcpy(bytes.get() + static_cast<std::size_t>(i) * row,
                    tensor.bytes().data() + static_cast<std::size_t>(i % rows) * row, row);
    return {tensor.type(), shape, bytes};
}

Tensor labelsOf(const Dataset& data)
{
    return Tensor::of<std::int64_t>({data.samples}, data.labels);
}

std::shared_ptr<const Dataset> tenThousandJets(const Model& model, const std::string& samples)
{
    const auto data = loadDataset(model, {{{"", samples + "/data/jets_x.npy"}}, samples + "/data/jets_y.npy"});
    if (!data) return nullptr;
    Result<Dataset> large = makeDataset(model, {repeated((*data)->inputs.front())}, {"jets"});
    if (large) large = withLabels(*std::move(large), repeated(labelsOf(**data)), "labels");
    return large ? std::make_shared<const Dataset>(*std::move(large)) : nullptr;
}

/// A configuration that was never evaluated before: one layer's result format changed.
Configuration edited(const Evaluator& evaluator, const Configuration& from, int round)
{
    const std::vector<Layer> layers = *evaluator.layers(from);
    std::vector<std::string> dense;
    for (const Layer& layer : layers)
        if (layer.type == "Dense") dense.push_back(layer.id);
    const std::string& id = dense[static_cast<std::size_t>(round) % dense.size()];
    Configuration configuration = from;
    LayerSettings settings = from.layer(id);
    settings.formats[slots::kResult] = *parseNumberFormat(fmt::format("fixed<{},7>", 11 + round / static_cast<int>(dense.size())));
    configuration.setLayer(id, settings);
    return configuration;
}

bool report(const char* what, double seconds, double goal)
{
    fmt::print("{}: {:.3f} ms, median of {} (goal: below {:.0f} ms; {:.1f} times below)\n", what, seconds * 1e3, kRounds,
               goal * 1e3, goal / seconds);
    return seconds < goal;
}

int run(const std::string& samples)
{
    const auto model = importModel(samples + "/models/jets_mlp_w6a6.onnx");
    if (!model) {
        fmt::print(stderr, "{}\n", model.error().rendered());
        return 2;
    }
    Evaluator evaluator(*model, *findFlow("hls4ml"), tenThousandJets(**model, samples));
    const Configuration initial = *evaluator.initialConfiguration();
    if (!evaluator.evaluate(initial)) return 2;

    std::vector<double> accuracy;
    std::vector<double> statistics;
    std::vector<double> estimate;
    for (int round = 0; round < kRounds; ++round) {
        const Configuration configuration = edited(evaluator, initial, round);
        const Clock::time_point before_estimate = Clock::now();
        if (!evaluator.estimate(configuration)) return 2;
        estimate.push_back(secondsSince(before_estimate));
        const Clock::time_point start = Clock::now();
        const auto deliver = [&](const Evaluation& evaluation) {
            if (evaluation.stage == EvaluationStage::Quality) accuracy.push_back(secondsSince(start));
        };
        if (!evaluator.evaluate(configuration, {}, {}, deliver)) return 2;
        statistics.push_back(secondsSince(start));
    }
    const double to_accuracy = median(accuracy);
    bool is_good = report("edit to exact accuracy on 10,000 jets", to_accuracy, 0.020);
    fmt::print("  hls4ml's loop takes {} s for it: {:.0f} times as long\n", kHls4mlLoopSeconds, kHls4mlLoopSeconds / to_accuracy);
    fmt::print("edit to statistics of every value: {:.1f} ms\n", median(statistics) * 1e3);
    is_good &= report("edit to estimate, with lowering", median(estimate), 0.001);
    return is_good ? 0 : 1;
}

} // namespace
} // namespace bitwright

int main(int argc, char** argv)
{
    if (argc != 2) {
        fmt::print(stderr, "usage: edit_bench FOLDER_OF_SAMPLES\n");
        return 2;
    }
    return bitwright::run(argv[1]);
}
