// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/labels.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

Diagnostic malformed(const std::string& name, std::string reason)
{
    return Diagnostic{DiagnosticCode::LabelsMalformed, {name, std::move(reason)}, {},
                      "Give one class number per sample, or one-hot rows."};
}

constexpr double kLargestClass = 1e9; // far beyond any classifier, far below the integers that a double loses

Result<std::vector<std::int64_t>> fromNumbers(const Tensor& array, const std::string& name)
{
    std::vector<std::int64_t> labels(static_cast<std::size_t>(array.size()));
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double value = elementAsDouble(array, static_cast<std::int64_t>(i));
        if (!(value >= 0 && value <= kLargestClass) || value != std::floor(value))
            return malformed(name, fmt::format("{} of sample {} is no class number", value, i));
        labels[i] = static_cast<std::int64_t>(value);
    }
    return labels;
}

Result<std::vector<std::int64_t>> fromOneHot(const Tensor& array, std::int64_t samples, const std::string& name)
{
    const std::int64_t classes = array.size() / samples;
    std::vector<std::int64_t> labels(static_cast<std::size_t>(samples));
    for (std::int64_t sample = 0; sample < samples; ++sample) {
        std::int64_t hot = -1;
        for (std::int64_t i = 0; i < classes; ++i) {
            const double value = elementAsDouble(array, sample * classes + i);
            if (value == 0) continue;
            if (value != 1 || hot >= 0) return malformed(name, fmt::format("row {} is not one-hot", sample));
            hot = i;
        }
        if (hot < 0) return malformed(name, fmt::format("row {} is not one-hot", sample));
        labels[static_cast<std::size_t>(sample)] = hot;
    }
    return labels;
}

} // namespace

Result<std::vector<std::int64_t>> classLabels(const Tensor& array, const std::string& name)
{
    if (array.type() == ElementType::String || array.type() == ElementType::Complex64 ||
        array.type() == ElementType::Complex128)
        return Diagnostic{DiagnosticCode::ArrayType,
                          {name, std::string(elementTypeName(array.type())), "class numbers"}};
    if (array.shape().empty()) return malformed(name, "it is a single number");
    const std::int64_t samples = array.shape()[0];
    if (array.size() == samples) return fromNumbers(array, name);
    if (samples == 0) return std::vector<std::int64_t>{};
    return fromOneHot(array, samples, name);
}

Result<void> checkLabels(const std::vector<std::int64_t>& labels, const Model& model, const std::string& name)
{
    if (model.graph.outputs.empty()) return {};
    const std::optional<Shape>& shape = model.graph.value(model.graph.outputs.front()).shape;
    if (!shape || shape->empty()) return {};
    std::int64_t classes = 1;
    for (std::size_t axis = 1; axis < shape->size(); ++axis) {
        if ((*shape)[axis] < 0 || ((*shape)[axis] > 1 && classes > 1)) return {};
        classes *= (*shape)[axis];
    }
    classes = std::max<std::int64_t>(classes, 2);
    for (std::size_t sample = 0; sample < labels.size(); ++sample) {
        if (labels[sample] < classes) continue;
        return Diagnostic{DiagnosticCode::LabelOutOfRange,
                          {name, fmt::format("{}", labels[sample]), fmt::format("{}", sample), fmt::format("{}", classes)},
                          {},
                          "Count classes from 0."};
    }
    return {};
}

} // namespace bitwright
