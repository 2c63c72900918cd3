// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance/stored_cases.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "conformance/tensor_match.h"
#include "importers/importer.h"
#include "importers/onnx_import.h"
#include "ops/reference_run.h"
#include "ops/run_plan.h"
#include "ops/shape_inference.h"
#include "ops/single_sample.h"

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;

/// What the shape rules alone derive for the outputs must agree with the stored ones.
std::string checkShapes(const Model& model, const std::vector<Tensor>& expected)
{
    Model bare = model;
    for (Value& value : bare.graph.values) {
        if (value.producer == kNone) continue;
        value.type = ElementType::Undefined;
        value.shape.reset();
    }
    for (const Diagnostic& finding : inferShapes(bare)) return "the shape rule says: " + finding.message();
    for (std::size_t i = 0; i < expected.size() && i < bare.graph.outputs.size(); ++i) {
        const Value& value = bare.graph.value(bare.graph.outputs[i]);
        if (value.type != expected[i].type())
            return fmt::format("the shape rule derives type {} instead of {}", elementTypeName(value.type), elementTypeName(expected[i].type()));
        if (!value.shape) continue; // depends on values
        const Shape& derived = *value.shape;
        const Shape& actual = expected[i].shape();
        const bool fits = std::equal(derived.begin(), derived.end(), actual.begin(), actual.end(),
                                     [](std::int64_t a, std::int64_t b) { return a < 0 || a == b; });
        if (!fits) return fmt::format("the shape rule derives {} instead of {}", shapeText(derived), shapeText(actual));
    }
    return {};
}

/// numpy has no bfloat16: such elements are stored as the integers of their bits.
void takeStatedTypes(const Graph& graph, const std::vector<ValueIndex>& values, std::vector<Tensor>& tensors)
{
    for (std::size_t i = 0; i < values.size() && i < tensors.size(); ++i)
        if (graph.value(values[i]).type == ElementType::Bfloat16 && tensors[i].type() == ElementType::Uint16)
            tensors[i] = Tensor(ElementType::Bfloat16, tensors[i].shape(), tensors[i].sharedBytes());
}

/// The rows of one sample.
Tensor sampleOf(const Tensor& tensor, std::int64_t sample)
{
    Shape shape = tensor.shape();
    const std::size_t bytes = shape[0] == 0 ? 0 : tensor.bytes().size() / static_cast<std::size_t>(shape[0]);
    shape[0] = 1;
    const SharedBytes whole = tensor.sharedBytes();
    return {tensor.type(), shape, SharedBytes(whole, whole.get() + static_cast<std::size_t>(sample) * bytes)};
}

/// Where the batch rules allow stacking, every sample must get what it gets alone.
std::string checkStacking(const Model& model, const std::vector<Tensor>& inputs)
{
    const bool is_batch = !inputs.empty() && std::all_of(inputs.begin(), inputs.end(), [&](const Tensor& input) {
        return !input.shape().empty() && input.shape()[0] > 1 && input.shape()[0] == inputs[0].shape()[0];
    });
    if (!is_batch) return {};
    Model single = model;
    assumeSingleSample(single.graph);
    const Result<RunPlan> plain = planRun(single, false);
    if (!plain) return {};
    const std::optional<RunPlan> stacked = planStackedRun(single, *plain);
    if (!stacked) return {};
    const std::int64_t samples = inputs[0].shape()[0];
    const Result<RunValues> together = runPlan(*stacked, inputs, samples, {});
    if (!together) return "stacked: " + together.error().rendered();
    for (std::int64_t s = 0; s < samples; ++s) {
        std::vector<Tensor> own;
        for (const Tensor& input : inputs) own.push_back(sampleOf(input, s));
        const Result<RunValues> alone = runPlan(*plain, own, 0, {});
        if (!alone) return "a sample alone: " + alone.error().rendered();
        for (const ValueIndex output : model.graph.outputs) {
            const auto slot = static_cast<std::size_t>(output);
            const Tensor& all = (*together)[slot];
            if (all.shape().empty() || all.shape()[0] != samples) return "stacked samples do not give one row each";
            if (const std::string problem = difference(sampleOf(all, s), (*alone)[slot]); !problem.empty())
                return fmt::format("sample {} in a stack: {}", s, problem);
        }
    }
    return {};
}

std::string checkDataSet(const Model& stated, const fs::path& folder)
{
    std::optional<std::vector<Tensor>> inputs = readTensors(folder.string(), "input");
    std::optional<std::vector<Tensor>> expected = readTensors(folder.string(), "output");
    if (!inputs || !expected) return "the stored data are no numeric tensors";
    if (expected->empty()) return "there are no stored outputs";
    takeStatedTypes(stated.graph, stated.graph.inputs, *inputs);
    takeStatedTypes(stated.graph, stated.graph.outputs, *expected);
    // Some cases state wrong input shapes; ONNX's runner does not look at them.
    Model model = stated;
    for (std::size_t i = 0; i < inputs->size() && i < model.graph.inputs.size(); ++i)
        model.graph.values[static_cast<std::size_t>(model.graph.inputs[i])].shape = (*inputs)[i].shape();
    const Result<ReferenceRun> run = runReference(model, *inputs, {.threads = 1});
    if (!run) return run.error().rendered();
    if (run->outputs.size() != expected->size())
        return fmt::format("{} outputs instead of {}", run->outputs.size(), expected->size());
    for (std::size_t i = 0; i < expected->size(); ++i)
        if (const std::string problem = difference(run->outputs[i], (*expected)[i]); !problem.empty())
            return fmt::format("output {}: {}", i, problem);
    if (const std::string problem = checkShapes(model, *expected); !problem.empty()) return problem;
    return checkStacking(model, *inputs);
}

std::string checkCase(const fs::path& folder)
{
    const Result<std::shared_ptr<const Model>> model = importModel((folder / "model.onnx").string());
    if (!model) return model.error().rendered();
    int sets = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_directory()) continue;
        ++sets;
        if (const std::string problem = checkDataSet(**model, entry.path()); !problem.empty()) return problem;
    }
    return sets == 0 ? "there are no data sets" : "";
}

bool containsOperator(const fs::path& model_path, const std::string& op_type)
{
    const Result<std::shared_ptr<const Model>> model = importModel(model_path.string());
    return model && std::any_of((*model)->graph.nodes.begin(), (*model)->graph.nodes.end(),
                                [&](const Node& node) { return node.op_type == op_type; });
}

} // namespace

std::optional<std::vector<Tensor>> readTensors(const std::string& folder, const std::string& prefix)
{
    std::vector<Tensor> tensors;
    for (;;) {
        const fs::path path = fs::path(folder) / fmt::format("{}_{}.pb", prefix, tensors.size());
        if (!fs::exists(path)) return tensors;
        std::ifstream file(path, std::ios::binary);
        onnx::TensorProto proto;
        if (!proto.ParseFromIstream(&file)) return std::nullopt;
        OnnxImport import(path.string());
        ImportedTensor imported = importTensor(import, proto, prefix);
        if (!imported.tensor || imported.type == ElementType::String) return std::nullopt;
        tensors.push_back(*std::move(imported.tensor));
    }
}

std::vector<std::string> caseNames(const std::string& folder, const std::string& filter)
{
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path model = entry.path() / "model.onnx";
        if (!fs::exists(model)) continue;
        const std::string name = entry.path().filename().string();
        const bool is_wanted = filter.starts_with("op:") ? containsOperator(model, filter.substr(3))
                                                         : name.find(filter) != std::string::npos;
        if (is_wanted) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<CaseOutcome> runCases(const std::string& folder, const std::vector<std::string>& names)
{
    std::vector<CaseOutcome> outcomes(names.size());
#pragma omp parallel for schedule(dynamic)
    for (std::size_t i = 0; i < names.size(); ++i)
        outcomes[i] = {names[i], checkCase(fs::path(folder) / names[i])};
    return outcomes;
}

} // namespace bitwright::test
