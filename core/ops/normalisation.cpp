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

/// x times a factor per channel plus an offset, in the order of ONNX Runtime. @p behind elements share a channel.
template <class T>
Tensor normalised(const RunContext& context, std::int64_t behind)
{
    const auto parameter = [&](std::size_t input) { return convertTo(context[input], elementTypeOf<T>()); };
    const Tensor x = parameter(0);
    const Tensor scale = parameter(1);
    const Tensor bias = parameter(2);
    const Tensor mean = parameter(3);
    const Tensor variance = parameter(4);
    const auto epsilon = static_cast<T>(attributeFloat(context.node, "epsilon", 1e-5));
    std::vector<T> factor;
    std::vector<T> offset;
    for (std::size_t c = 0; c < static_cast<std::size_t>(scale.size()); ++c) {
        const T deviation = std::sqrt(variance.as<T>()[c] + epsilon);
        factor.push_back(scale.as<T>()[c] / deviation);
        offset.push_back(bias.as<T>()[c] - mean.as<T>()[c] * factor[c]);
    }
    return filledTensor<T>(x.type(), x.shape(), [&](std::span<T> y) {
        for (std::size_t i = 0; i < y.size(); ++i) {
            const std::size_t c = i / static_cast<std::size_t>(behind) % factor.size();
            y[i] = x.as<T>()[i] * factor[c] + offset[c];
        }
    });
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
    const bool is_double = context[0].type() == ElementType::Float64;
    const Tensor out = is_double ? normalised<double>(context, behind) : normalised<float>(context, behind);
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

std::optional<AxisRows> softmaxRows(const Node& node, std::int64_t opset, const Shape& shape)
{
    const bool is_flat = opset < 13;
    const std::optional<std::size_t> axis =
        normalAxis(attributeInt(node, "axis", is_flat ? 1 : -1), shape.size());
    if (!axis) return std::nullopt;
    const auto middle = shape.begin() + static_cast<std::ptrdiff_t>(*axis);
    AxisRows rows;
    rows.outer = elementCount(Shape(shape.begin(), middle)).value_or(0);
    rows.length = is_flat ? elementCount(Shape(middle, shape.end())).value_or(0) : *middle;
    rows.inner = is_flat ? 1 : elementCount(Shape(middle + 1, shape.end())).value_or(0);
    return rows;
}

template <class T>
T largestOf(const T* x, std::int64_t length, std::int64_t step)
{
    T largest = -std::numeric_limits<T>::infinity();
    for (std::int64_t i = 0; i < length; ++i) largest = std::max(largest, x[i * step]);
    return largest;
}

struct SoftmaxRow
{
    template <class T>
    void operator()(const T* x, T* y, std::int64_t length, std::int64_t step) const
    {
        const T largest = largestOf(x, length, step);
        T sum = 0;
        for (std::int64_t i = 0; i < length; ++i) sum += y[i * step] = std::exp(x[i * step] - largest);
        for (std::int64_t i = 0; i < length; ++i) y[i * step] /= sum;
    }
};

struct LogSoftmaxRow
{
    template <class T>
    void operator()(const T* x, T* y, std::int64_t length, std::int64_t step) const
    {
        const T largest = largestOf(x, length, step);
        T sum = 0;
        for (std::int64_t i = 0; i < length; ++i) sum += std::exp(x[i * step] - largest);
        const T shift = largest + std::log(sum);
        for (std::int64_t i = 0; i < length; ++i) y[i * step] = x[i * step] - shift;
    }
};

struct HardmaxRow
{
    template <class T>
    void operator()(const T* x, T* y, std::int64_t length, std::int64_t step) const
    {
        std::int64_t best = 0;
        for (std::int64_t i = 1; i < length; ++i)
            if (x[i * step] > x[best * step]) best = i;
        for (std::int64_t i = 0; i < length; ++i) y[i * step] = i == best ? T{1} : T{0};
    }
};

template <class T, class Row>
Tensor mappedRows(const Tensor& in, const AxisRows& rows, const Row& row)
{
    const T* x = in.as<T>().data();
    return filledTensor<T>(in.type(), in.shape(), [&](std::span<T> y) {
        for (std::int64_t o = 0; o < rows.outer; ++o)
            for (std::int64_t i = 0; i < rows.inner; ++i) {
                const std::int64_t at = o * rows.length * rows.inner + i;
                row(x + at, y.data() + at, rows.length, rows.inner);
            }
    });
}

template <class Row>
Result<std::vector<Tensor>> runRows(const RunContext& context)
{
    const Tensor& input = context[0];
    if (!isFloatType(input.type())) return typeProblem(context.node, input.type());
    const std::optional<AxisRows> rows = softmaxRows(context.node, context.opset, input.shape());
    if (!rows) return attributeProblem(context.node, "axis", fmt::format("{} has no such dimension", shapeText(input.shape())));
    if (input.type() == ElementType::Float64) return std::vector<Tensor>{mappedRows<double>(input, *rows, Row())};
    return std::vector<Tensor>{convertTo(mappedRows<float>(widened(input), *rows, Row()), input.type())};
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
    OpDescriptor{"", "Softmax", 1, 1, sameAsInput, runRows<SoftmaxRow>, batchRows},
    OpDescriptor{"", "LogSoftmax", 1, 1, sameAsInput, runRows<LogSoftmaxRow>, batchRows},
    OpDescriptor{"", "Hardmax", 1, 1, sameAsInput, runRows<HardmaxRow>, batchRows},
};

} // namespace

std::span<const OpDescriptor> normalisationOps()
{
    return kOps;
}

} // namespace bitwright
