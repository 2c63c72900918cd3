// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- BatchNormalization

/// Factor and offset per channel, in float32 in the order of ONNX Runtime.
struct Affine {
    std::vector<float> factor;
    std::vector<float> offset;
};

Affine affineOf(const RunContext& context)
{
    const std::vector<float> scale = asFloats(context[1]);
    const std::vector<float> bias = asFloats(context[2]);
    const std::vector<float> mean = asFloats(context[3]);
    const std::vector<float> variance = asFloats(context[4]);
    const auto epsilon = static_cast<float>(attributeFloat(context.node, "epsilon", 1e-5));
    Affine affine;
    for (std::size_t c = 0; c < scale.size(); ++c) {
        const float deviation = std::sqrt(variance[c] + epsilon);
        affine.factor.push_back(scale[c] / deviation);
        affine.offset.push_back(bias[c] - mean[c] * affine.factor[c]);
    }
    return affine;
}

Result<std::vector<Tensor>> runNormalisation(const RunContext& context, bool channels_last)
{
    const Shape& shape = context[0].shape();
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    if (attributeInt(context.node, "training_mode", 0) != 0)
        return attributeProblem(context.node, "training_mode", "the model was exported for training");
    if (shape.empty()) return shapeProblem(context.node, "a scalar has no channels");
    for (std::size_t i = 2; i < 5; ++i)
        if (context[i].size() != context[1].size()) return shapeProblem(context.node, "its parameters have different sizes");
    // Vectors, and the versions with spatial = 0, have parameters for every element of a sample.
    const std::int64_t sample = shape[0] == 0 ? 0 : elementCount(shape).value_or(0) / shape[0];
    const std::int64_t parameters = context[1].size();
    std::int64_t behind = 1;
    if (!channels_last && shape.size() > 1 && parameters == shape[1]) behind = shape[1] == 0 ? 0 : sample / shape[1];
    else if (parameters != sample && parameters != shape.back())
        return shapeProblem(context.node, fmt::format("{} parameters do not fit {}", parameters, shapeText(shape)));
    const Affine affine = affineOf(context);
    const Tensor in = convertTo(context[0], ElementType::Float32);
    const std::span<const float> x = in.as<float>();
    const Tensor out = filledTensor<float>(ElementType::Float32, shape, [&](std::span<float> y) {
        for (std::size_t i = 0; i < y.size(); ++i) {
            const std::size_t c = i / static_cast<std::size_t>(behind) % static_cast<std::size_t>(parameters);
            y[i] = x[i] * affine.factor[c] + affine.offset[c];
        }
    });
    return std::vector<Tensor>{convertTo(out, context[0].type())};
}

Result<std::vector<Tensor>> runBatchNormalisation(const RunContext& context)
{
    return runNormalisation(context, false);
}

Result<std::vector<Tensor>> runChannelsLastNormalisation(const RunContext& context)
{
    return runNormalisation(context, true);
}

bool batchNormalisation(const BatchContext& context)
{
    return batchFirstInput(context) && context.rank(0) >= 2;
}

// ---- Softmax family: over the flattened rest up to opset 12, over one axis from 13 on

struct Rows {
    std::int64_t outer = 0;
    std::int64_t length = 0;
    std::int64_t inner = 0;
};

std::optional<Rows> softmaxRows(const Node& node, std::int64_t opset, const Shape& shape)
{
    const bool is_flat = opset < 13;
    const std::optional<std::size_t> axis =
        normalAxis(attributeInt(node, "axis", is_flat ? 1 : -1), shape.size());
    if (!axis) return std::nullopt;
    const auto middle = shape.begin() + static_cast<std::ptrdiff_t>(*axis);
    Rows rows;
    rows.outer = elementCount(Shape(shape.begin(), middle)).value_or(0);
    rows.length = is_flat ? elementCount(Shape(middle, shape.end())).value_or(0) : *middle;
    rows.inner = is_flat ? 1 : elementCount(Shape(middle + 1, shape.end())).value_or(0);
    return rows;
}

void softmaxRow(const float* x, float* y, std::int64_t length, std::int64_t step)
{
    float largest = -std::numeric_limits<float>::infinity();
    for (std::int64_t i = 0; i < length; ++i) largest = std::max(largest, x[i * step]);
    float sum = 0;
    for (std::int64_t i = 0; i < length; ++i) sum += y[i * step] = std::exp(x[i * step] - largest);
    for (std::int64_t i = 0; i < length; ++i) y[i * step] /= sum;
}

void logSoftmaxRow(const float* x, float* y, std::int64_t length, std::int64_t step)
{
    float largest = -std::numeric_limits<float>::infinity();
    for (std::int64_t i = 0; i < length; ++i) largest = std::max(largest, x[i * step]);
    float sum = 0;
    for (std::int64_t i = 0; i < length; ++i) sum += std::exp(x[i * step] - largest);
    const float shift = largest + std::log(sum);
    for (std::int64_t i = 0; i < length; ++i) y[i * step] = x[i * step] - shift;
}

void hardmaxRow(const float* x, float* y, std::int64_t length, std::int64_t step)
{
    std::int64_t best = 0;
    for (std::int64_t i = 1; i < length; ++i)
        if (x[i * step] > x[best * step]) best = i;
    for (std::int64_t i = 0; i < length; ++i) y[i * step] = i == best ? 1.0F : 0.0F;
}

template <void (*row)(const float*, float*, std::int64_t, std::int64_t)>
Result<std::vector<Tensor>> runRows(const RunContext& context)
{
    const Tensor& input = context[0];
    if (!isFloatType(input.type())) return typeProblem(context.node, input.type());
    const std::optional<Rows> rows = softmaxRows(context.node, context.opset, input.shape());
    if (!rows) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(input.shape())));
    const Tensor in = convertTo(input, ElementType::Float32);
    const float* x = in.as<float>().data();
    const Tensor out = filledTensor<float>(ElementType::Float32, input.shape(), [&](std::span<float> y) {
        for (std::int64_t o = 0; o < rows->outer; ++o)
            for (std::int64_t i = 0; i < rows->inner; ++i) {
                const std::int64_t at = o * rows->length * rows->inner + i;
                row(x + at, y.data() + at, rows->length, rows->inner);
            }
    });
    return std::vector<Tensor>{convertTo(out, input.type())};
}

bool batchRows(const BatchContext& context)
{
    const std::int64_t fallback = context.opset < 13 ? 1 : -1;
    const std::optional<std::size_t> axis = normalAxis(attributeInt(context.node, "axis", fallback), context.rank(0));
    return axis && *axis != 0;
}

constexpr std::array kOps{
    OpDescriptor{"", "BatchNormalization", 1, 5, sameAsInput, runBatchNormalisation, batchNormalisation},
    OpDescriptor{kChannelsLastDomain, "BatchNormalization", 1, 5, sameAsInput, runChannelsLastNormalisation, batchNormalisation},
    OpDescriptor{"", "Softmax", 1, 1, sameAsInput, runRows<softmaxRow>, batchRows},
    OpDescriptor{"", "LogSoftmax", 1, 1, sameAsInput, runRows<logSoftmaxRow>, batchRows},
    OpDescriptor{"", "Hardmax", 1, 1, sameAsInput, runRows<hardmaxRow>, batchRows},
};

} // namespace

std::span<const OpDescriptor> normalisationOps()
{
    return kOps;
}

} // namespace bitwright
