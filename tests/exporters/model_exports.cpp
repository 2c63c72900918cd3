// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/model_exports.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "exporters/child_process.h"
#include "exporters/export.h"
#include "flows/golden_case.h"
#include "importers/importer.h"
#include "rewrite/normal_form.h"
#include "support/test_data.h"

namespace bitwright::test {

namespace {

/// Draws formats and tunables; the same model gives the same draw.
class RandomSettings {
public:
    explicit RandomSettings(const std::string& seed)
    {
        std::seed_seq letters(seed.begin(), seed.end());
        m_random.seed(letters);
    }

    int integer(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    FixedFormat format(const std::string& slot)
    {
        const bool is_wide = slot == slots::kAccumulator || slot.find("table") != std::string::npos;
        FixedFormat format;
        format.width_bits = is_wide ? integer(8, 24) : integer(3, 14);
        format.integer_bits = integer(1, format.width_bits / 2 + 1);
        format.rounding = static_cast<Rounding>(integer(0, 6));
        format.overflow = static_cast<Overflow>(integer(0, 3));
        if (format.overflow == Overflow::Wrap && integer(0, 3) == 0) format.saturation_bits = integer(1, 2);
        return format;
    }
    std::int64_t seed() { return integer(0, 1 << 30); }

private:
    std::mt19937_64 m_random;
};

void setEveryLayer(Configuration& configuration, const Model& model, Mix mix, RandomSettings& random)
{
    for (const Layer& layer : findFlow("hls4ml")->layers(model, configuration)) {
        LayerSettings settings = configuration.layer(layer.id);
        if (mix == Mix::Random)
            for (const SlotInfo& slot : layer.slots)
                if (random.integer(0, 3) != 0) settings.formats[slot.name] = NumberFormat(random.format(slot.name));
        for (const TunableInfo& tunable : layer.tunables) {
            if (tunable.name == tunables::kSkip || tunable.name == tunables::kTrace || tunable.legal.empty()) continue;
            const auto last = static_cast<int>(tunable.legal.size()) - 1;
            const bool is_reuse = tunable.name == tunables::kReuseFactor;
            if (mix == Mix::Random || is_reuse)
                settings.tunables[tunable.name] =
                    tunable.legal[static_cast<std::size_t>(mix == Mix::Random ? random.integer(0, last) : last / 2)];
        }
        configuration.setLayer(layer.id, settings);
    }
}

Configuration configurationFor(const Model& model, Mix mix, RandomSettings& random)
{
    Configuration configuration = findFlow("hls4ml")->initial(model);
    if (mix == Mix::Initial) return configuration;
    if (mix == Mix::StreamResource || random.integer(0, 1) == 1) configuration.design.io_type = IoType::Stream;
    const bool is_resource = mix == Mix::StreamResource || random.integer(0, 1) == 1;
    for (const Layer& layer : findFlow("hls4ml")->layers(model, configuration)) {
        LayerSettings settings = configuration.layer(layer.id);
        for (const TunableInfo& tunable : layer.tunables)
            if (tunable.name == tunables::kStrategy)
                settings.tunables[tunable.name] = std::string(is_resource ? "resource" : "latency");
        configuration.setLayer(layer.id, settings);
    }
    setEveryLayer(configuration, model, mix, random);
    return configuration;
}

std::vector<Tensor> randomInputs(const Circuit& circuit, std::int64_t samples, RandomSettings& random)
{
    std::mt19937_64 generator(static_cast<std::uint64_t>(random.seed()));
    std::uniform_real_distribution<float> uniform(-2.0F, 2.0F);
    std::vector<Tensor> inputs;
    for (const CircuitPort& port : circuit.inputs) {
        Shape shape = port.model_shape;
        shape.insert(shape.begin(), samples);
        std::vector<float> values(static_cast<std::size_t>(*elementCount(shape)));
        for (float& x : values)
            x = uniform(generator);
        inputs.push_back(Tensor::of<float>(shape, values));
    }
    return inputs;
}

/// Empty when every value is equal; else what went wrong.
std::string verifyJob(const ExportJob& job, std::int64_t samples, const VerificationOptions& options,
                      VerificationReport& report)
{
    const auto imported = importModel(job.path);
    if (!imported) return imported.error().rendered();
    const auto model = normalForm(**imported);
    RandomSettings random(job.model + mixName(job.mix));
    const Configuration configuration = configurationFor(*model, job.mix, random);
    const auto lowering = findFlow("hls4ml")->lower(*model, configuration, nullptr);
    if (!lowering) return lowering.error().rendered();
    if (!lowering->circuit)
        return lowering->findings.empty() ? "there is no circuit" : lowering->findings.front().rendered();
    const std::vector<Tensor> inputs = randomInputs(*lowering->circuit, samples, random);

    std::string name = "export_" + job.model + "_" + mixName(job.mix);
    std::replace(name.begin(), name.end(), '/', '_');
    ExportOptions target;
    target.folder = temporaryFolder(name) + "/project";
    if (const auto exported = exportProject(*lowering->circuit, target); !exported) return exported.error().rendered();
    const auto verified = verifyProject(lowering->circuit, target.folder, inputs, options);
    if (!verified) return verified.error().rendered();
    report = *verified;
    if (!report.first) {
        std::filesystem::remove_all(std::filesystem::path(target.folder).parent_path());
        return {};
    }
    return fmt::format("{} of {} values differ; sample {}, output {}, element {}: expected {}, got {}", report.mismatches,
                       report.values, report.first->sample, report.first->output, report.first->element,
                       report.first->expected, report.first->simulated);
}

} // namespace

std::string mixName(Mix mix)
{
    switch (mix) {
    case Mix::Initial: return "initial";
    case Mix::StreamResource: return "stream_resource";
    case Mix::Random: break;
    }
    return "random";
}

std::vector<ExportJob> denseModels()
{
    std::set<std::string> names;
    for (const GoldenCase& golden : goldenCases("dense"))
        names.insert(golden.description["models_dir"].get<std::string>() + "/" +
                     golden.description["model"].get<std::string>());
    // hls4ml refuses these, so they have no stored case.
    for (const char* name : {"models/kwsmlp_w3a3.onnx", "models/unsw_nb15-mlp-w2a2.onnx", "models/three_layer_bn_keras.onnx",
                             "models/three_layer_bn_pytorch.onnx", "synth/merge_add.onnx", "synth/merge_mean.onnx",
                             "synth/mlp_hardsigmoid.onnx", "synth/mlp_prelu.onnx"})
        names.insert(name);
    std::vector<ExportJob> jobs;
    for (const std::string& name : names)
        jobs.push_back({name.substr(0, name.rfind('.')), sharedData(name), Mix::Initial});
    return jobs;
}

ExportTally verifyJobs(const std::vector<ExportJob>& jobs, std::int64_t samples, const VerificationOptions& options)
{
    ExportTally tally{.total = static_cast<int>(jobs.size())};
    std::mutex guard;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t k = next++; k < jobs.size(); k = next++) {
            VerificationReport report;
            const std::string problem = verifyJob(jobs[k], samples, options, report);
            const std::lock_guard lock(guard);
            const std::string line = fmt::format("{} {}", jobs[k].model, mixName(jobs[k].mix));
            std::cout << (problem.empty() ? fmt::format("{}: {} values equal ({:.1f} s + {:.1f} s)\n", line, report.values,
                                                        report.compile_seconds, report.run_seconds)
                                          : fmt::format("{}: {}\n", line, problem))
                      << std::flush;
            if (problem.empty()) ++tally.equal;
            else tally.problems += line + ": " + problem + "\n";
        }
    };
    {
        const std::jthread other(work);
        work();
    }
    std::cout << tally.equal << " of " << tally.total << " exports bit-identical on " << samples << " inputs each\n";
    return tally;
}

std::string peerNumberTypes()
{
    if (const char* folder = std::getenv("BITWRIGHT_AP_TYPES")) return folder;
    const char* python = std::getenv("BITWRIGHT_PEER_PYTHON");
    if (python == nullptr) return {};
    const auto found = runChild({python, "-c",
                                 "import importlib.util as u; "
                                 "print(u.find_spec('hls4ml').submodule_search_locations[0], end='')"},
                                {});
    if (!found || !found->isSuccess()) return {};
    const std::string folder = found->output + "/templates/vivado/ap_types";
    return std::filesystem::exists(folder + "/ap_fixed.h") ? folder : std::string();
}

} // namespace bitwright::test
