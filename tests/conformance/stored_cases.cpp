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
#include "ops/shape_inference.h"

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;

/// The tensors `<prefix>_0.pb`, `<prefix>_1.pb`, ... of one data set; nothing where one is no tensor.
std::optional<std::vector<Tensor>> readTensors(const fs::path& folder, const std::string& prefix)
{
    std::vector<Tensor> tensors;
    for (;;) {
        const fs::path path = folder / fmt::format("{}_{}.pb", prefix, tensors.size());
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

std::string checkDataSet(const Model& stated, const fs::path& folder)
{
    std::optional<std::vector<Tensor>> inputs = readTensors(folder, "input");
    std::optional<std::vector<Tensor>> expected = readTensors(folder, "output");
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
    return checkShapes(model, *expected);
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
