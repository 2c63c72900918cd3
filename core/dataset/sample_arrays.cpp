// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/sample_arrays.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

using Extents = std::span<const std::int64_t>;

bool fits(Extents array, Extents wanted)
{
    return std::equal(array.begin(), array.end(), wanted.begin(), wanted.end(),
                      [](std::int64_t extent, std::int64_t want) { return want < 0 || extent == want; });
}

SampleArray counted(const Tensor& array, Shape leading, Extents one_sample)
{
    Shape shape{*elementCount(leading)};
    shape.insert(shape.end(), one_sample.begin(), one_sample.end());
    return {array.reshaped(std::move(shape)), std::move(leading)};
}

bool isNumber(ElementType type)
{
    return type != ElementType::Undefined && type != ElementType::String && type != ElementType::Complex64 &&
           type != ElementType::Complex128;
}

} // namespace

Result<SampleArray> fitSamples(const Tensor& array, const Value& input, const std::string& name)
{
    if (!isNumber(array.type()))
        return Diagnostic{DiagnosticCode::ArrayType,
                          {name, std::string(elementTypeName(array.type())), "real numbers"}};
    const Extents have = array.shape();
    if (!input.shape && !have.empty()) return counted(array, {have[0]}, have.subspan(1));
    const Shape model_shape = input.shape.value_or(Shape{});
    const Extents full = model_shape;
    const Extents one = full.empty() ? full : full.subspan(1);

    // The order decides where an array fits several forms: the batch is dimension 0 first of all.
    if (!have.empty() && fits(have.subspan(1), one)) return counted(array, {have[0]}, have.subspan(1));
    if (have.size() == full.size() + 1 && have.size() >= 2 && fits(have.subspan(2), one))
        return counted(array, {have[0], have[1]}, have.subspan(2));
    const std::optional<std::int64_t> elements = elementCount(Shape(one.begin(), one.end()));
    const std::optional<std::int64_t> held = elementCount(Shape(have.begin(), have.end()));
    if (!have.empty() && elements && held && have[0] > 0 && *held / have[0] == *elements)
        return counted(array, {have[0]}, one);

    std::string wanted = fmt::format("the input '{}' of shape {}", input.name, shapeText(model_shape));
    return Diagnostic{DiagnosticCode::ArrayShape, {name, shapeText(array.shape()), std::move(wanted)}, {},
                      elements ? fmt::format("Give an array [N, ...] with {} elements per sample.", *elements) : ""};
}

} // namespace bitwright
