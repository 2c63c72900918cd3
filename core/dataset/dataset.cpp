// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/dataset.h"

#include "dataset/labels.h"
#include "dataset/number_conversion.h"
#include "dataset/sample_arrays.h"
#include "model/npz.h"
#include "support/diagnostic_codes.h"

#include <cmath>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bitwright {
namespace {

std::vector<std::string> inputNames(const Model& model)
{
    std::vector<std::string> names;
    for (const ValueIndex index : model.graph.inputs) {
        const Value& value = model.graph.value(index);
        names.push_back(value.original_name.empty() ? value.name : value.original_name);
    }
    return names;
}

/// Position of the graph input that @p name means, or the number of inputs.
std::size_t findInput(const Model& model, const std::string& name)
{
    const std::vector<ValueIndex>& inputs = model.graph.inputs;
    if (name.empty() && inputs.size() == 1) return 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Value& value = model.graph.value(inputs[i]);
        if (!name.empty() && (value.name == name || value.original_name == name)) return i;
    }
    return inputs.size();
}

void updateHash(Dataset& data)
{
    ContentHasher hasher;
    for (const Tensor& input : data.inputs)
        hasher.add(input.type()).array(std::span<const std::int64_t>(input.shape())).bytes(input.bytes());
    hasher.array(std::span<const std::int64_t>(data.labels));
    data.content_hash = hasher.value();
}

std::int64_t notFiniteCount(const Tensor& tensor)
{
    if (tensor.type() != ElementType::Float32 && tensor.type() != ElementType::Float64) return 0;
    std::int64_t count = 0;
    for (const double value : asDoubles(tensor))
        count += std::isfinite(value) ? 0 : 1;
    return count;
}

std::string fileName(const std::string& path)
{
    return std::filesystem::path(path).filename().string();
}

} // namespace

Dataset Dataset::head(std::int64_t count) const
{
    Dataset part = *this;
    part.samples = count;
    part.leading = {count};
    for (Tensor& input : part.inputs) {
        Shape shape = input.shape();
        shape[0] = count;
        input = Tensor(input.type(), std::move(shape), input.sharedBytes());
    }
    if (!part.labels.empty()) part.labels.resize(static_cast<std::size_t>(count));
    updateHash(part);
    return part;
}

Result<Dataset> makeDataset(const Model& model, const std::vector<Tensor>& arrays,
                            const std::vector<std::string>& names)
{
    Dataset data;
    for (std::size_t i = 0; i < model.graph.inputs.size(); ++i) {
        const Value& input = model.graph.value(model.graph.inputs[i]);
        if (i >= arrays.size() || arrays[i].isEmpty())
            return Diagnostic{DiagnosticCode::InputMissing, {inputNames(model)[i]}, {},
                              fmt::format("Give an array for each of {}.", fmt::join(inputNames(model), ", "))};
        Result<SampleArray> fitted = fitSamples(arrays[i], input, names[i]);
        if (!fitted) return fitted.error();
        const std::int64_t samples = fitted->samples.shape()[0];
        if (i == 0) {
            data.samples = samples;
            data.leading = fitted->leading;
        } else if (samples != data.samples) {
            return Diagnostic{DiagnosticCode::SampleCountsDiffer,
                              {names[i], fmt::format("{}", samples), names[0], fmt::format("{}", data.samples)}};
        }
        if (const std::int64_t count = notFiniteCount(fitted->samples); count > 0)
            data.findings.push_back({DiagnosticCode::InputNotFinite, {names[i], fmt::format("{}", count)}});
        data.inputs.push_back(std::move(fitted->samples));
    }
    data.description = fmt::format("{}, {} samples", names.empty() ? "" : fileName(names[0]), data.samples);
    updateHash(data);
    return data;
}

Result<Dataset> withLabels(Dataset data, const Tensor& labels, const std::string& name)
{
    Result<std::vector<std::int64_t>> classes = classLabels(labels, name);
    if (!classes) return classes.error();
    if (static_cast<std::int64_t>(classes->size()) != data.samples)
        return Diagnostic{DiagnosticCode::SampleCountsDiffer,
                          {name, fmt::format("{}", classes->size()), data.description, fmt::format("{}", data.samples)}};
    data.labels = std::move(*classes);
    updateHash(data);
    return data;
}

Result<std::shared_ptr<const Dataset>> loadDataset(const Model& model, const DatasetPaths& paths)
{
    const std::vector<std::string> known = inputNames(model);
    std::vector<Tensor> arrays(known.size());
    std::vector<std::string> names(known.size());
    for (const auto& [name, path] : paths.inputs) {
        const std::size_t position = findInput(model, name);
        if (position == known.size())
            return Diagnostic{DiagnosticCode::InputUnknown, {name, fmt::format("{}", fmt::join(known, ", "))}, {},
                              name.empty() ? "Write NAME=file for each input." : ""};
        const Value& input = model.graph.value(model.graph.inputs[position]);
        Result<Tensor> array = readArray(path, {known[position], input.name});
        if (!array) return array.error();
        arrays[position] = std::move(*array);
        names[position] = path;
    }
    Result<Dataset> data = makeDataset(model, arrays, names);
    if (!data) return data.error();
    if (!paths.labels.empty()) {
        const Result<Tensor> labels = readArray(paths.labels, {"labels", "y"});
        if (!labels) return labels.error();
        data = withLabels(std::move(*data), *labels, paths.labels);
        if (!data) return data.error();
        if (const Result<void> checked = checkLabels(data->labels, model, paths.labels); !checked) return checked.error();
    }
    // What the model cannot take is said at once, not when it runs.
    if (const Result<std::vector<Tensor>> converted = referenceInputs(model, *data); !converted)
        return converted.error();
    return std::make_shared<const Dataset>(std::move(*data));
}

Result<std::vector<Tensor>> referenceInputs(const Model& model, const Dataset& data)
{
    std::vector<Tensor> inputs;
    for (std::size_t i = 0; i < data.inputs.size(); ++i) {
        const Value& input = model.graph.value(model.graph.inputs[i]);
        Result<Tensor> converted = convertNumbers(data.inputs[i], input.type, input.name);
        if (!converted) return converted.error();
        inputs.push_back(std::move(*converted));
    }
    return inputs;
}

std::vector<Tensor> emulatorInputs(const Dataset& data)
{
    std::vector<Tensor> inputs;
    for (const Tensor& input : data.inputs)
        inputs.push_back(asFloatingPoint(input));
    return inputs;
}

Tensor withLeadingForm(const Tensor& output, const Dataset& data)
{
    Shape shape = data.leading;
    if (output.shape().empty() || output.shape()[0] != data.samples) return output;
    shape.insert(shape.end(), output.shape().begin() + 1, output.shape().end());
    return output.reshaped(std::move(shape));
}

} // namespace bitwright
