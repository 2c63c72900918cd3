// SPDX-License-Identifier: GPL-3.0-or-later
// Normalisation by statistics of the sample itself: InstanceNormalization, GroupNormalization, LayerNormalization,
// RMSNormalization, MeanVarianceNormalization, LpNormalization, LRN (onnx: docs/Operators.md). Statistics are sums in
// float64, so that they do not depend on the order; the rest is float32, or float64 where the input is.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/broadcast_loop.h"
#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

struct Moments {
    double mean = 0;
    double variance = 0;
};

template <class T>
Moments momentsOf(std::span<const T> row)
{
    Moments moments;
    const auto count = static_cast<double>(row.size());
    for (const T x : row) moments.mean += static_cast<double>(x);
    moments.mean /= count;
    for (const T x : row) moments.variance += (static_cast<double>(x) - moments.mean) * (static_cast<double>(x) - moments.mean);
    moments.variance /= count;
    return moments;
}

/// Calls @p use with float or double, whichever the input is computed in. @error typeProblem
template <class Use>
Result<std::vector<Tensor>> inFloats(const RunContext& context, Use use)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    Result<std::vector<Tensor>> outputs = type == ElementType::Float64 ? use(double{}) : use(float{});
    if (outputs) outputs->front() = convertTo(outputs->front(), type);
    return outputs;
}

// ---- InstanceNormalization, GroupNormalization: rows of one or several channels

/// Each group of channels has mean 0 and variance 1, then scale and offset per channel or per group.
Result<std::vector<Tensor>> runGroups(const RunContext& context, std::int64_t groups)
{
    const Shape& shape = context[0].shape();
    if (shape.size() < 2) return shapeProblem(context.node, fmt::format("{} has no channels", shapeText(shape)));
    const std::int64_t channels = shape[1];
    if (groups < 1 || channels % groups != 0) return shapeProblem(context.node, fmt::format("{} channels do not form {} groups", channels, groups));
    const std::int64_t parameters = context[1].size();
    if ((parameters != channels && parameters != groups) || context[2].size() != parameters)
        return shapeProblem(context.node, fmt::format("{} parameters do not fit {}", parameters, shapeText(shape)));
    return inFloats(context, [&](auto zero) -> Result<std::vector<Tensor>> {
        using T = decltype(zero);
        const Tensor input = convertTo(context[0], elementTypeOf<T>());
        const std::vector<double> scale = asDoubles(context[1]);
        const std::vector<double> bias = asDoubles(context[2]);
        const double epsilon = attributeFloat(context.node, "epsilon", 1e-5);
        const std::int64_t rows = shape[0] * groups;
        const auto length = static_cast<std::size_t>(rows == 0 ? 0 : input.size() / rows);
        const std::size_t channel_length = length / static_cast<std::size_t>(channels / groups);
        return std::vector<Tensor>{filledTensor<T>(input.type(), shape, [&](std::span<T> y) {
            for (std::size_t r = 0; r < static_cast<std::size_t>(rows) && length > 0; ++r) {
                const std::span<const T> x = input.as<T>().subspan(r * length, length);
                const Moments moments = momentsOf(x);
                const double factor = 1 / std::sqrt(moments.variance + epsilon);
                const std::size_t group = r % static_cast<std::size_t>(groups);
                for (std::size_t i = 0; i < length; ++i) {
                    const std::size_t channel = group * static_cast<std::size_t>(channels / groups) + i / channel_length;
                    const std::size_t p = parameters == channels ? channel : group;
                    y[r * length + i] = static_cast<T>((static_cast<double>(x[i]) - moments.mean) * factor * scale[p] + bias[p]);
                }
            }
        })};
    });
}

Result<std::vector<Tensor>> runInstance(const RunContext& context)
{
    return runGroups(context, context[0].shape().size() < 2 ? 1 : context[0].shape()[1]);
}

Result<std::vector<Tensor>> runGroup(const RunContext& context)
{
    return runGroups(context, attributeInt(context.node, "num_groups", 0));
}

// ---- LayerNormalization, RMSNormalization: rows are the dimensions from `axis` on

template <class T>
Tensor stretched(const Tensor& parameter, const Shape& shape)
{
    return copyStrided(convertTo(parameter, elementTypeOf<T>()), shape, broadcastSteps(parameter.shape(), shape));
}

/// Shape of the statistics: 1 from the axis on.
Shape statisticsShape(Shape shape, std::size_t axis)
{
    std::fill(shape.begin() + static_cast<std::ptrdiff_t>(axis), shape.end(), 1);
    return shape;
}

Result<std::vector<Tensor>> runLayer(const RunContext& context, bool centres)
{
    const Shape& shape = context[0].shape();
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", -1), shape);
    if (!axis) return axis.error();
    const Shape row_shape(shape.begin() + static_cast<std::ptrdiff_t>(*axis), shape.end());
    for (std::size_t i = 1; i < 3; ++i)
        if (const Tensor* parameter = context.find(i))
            if (broadcastShape(parameter->shape(), row_shape) != row_shape)
                return shapeProblem(context.node, fmt::format("parameters of shape {} do not fit {}", shapeText(parameter->shape()), shapeText(row_shape)));
    return inFloats(context, [&](auto zero) -> Result<std::vector<Tensor>> {
        using T = decltype(zero);
        const Tensor input = convertTo(context[0], elementTypeOf<T>());
        const Tensor scale = stretched<T>(context[1], row_shape);
        const Tensor bias = context.find(2) ? stretched<T>(context[2], row_shape) : Tensor::zeros(elementTypeOf<T>(), row_shape);
        const double epsilon = attributeFloat(context.node, "epsilon", 1e-5);
        const auto length = static_cast<std::size_t>(scale.size());
        const std::size_t rows = length == 0 ? 0 : static_cast<std::size_t>(input.size()) / length;
        std::vector<float> means;
        std::vector<float> factors;
        const Tensor out = filledTensor<T>(input.type(), shape, [&](std::span<T> y) {
            for (std::size_t r = 0; r < rows; ++r) {
                const std::span<const T> x = input.as<T>().subspan(r * length, length);
                Moments moments = momentsOf(x);
                if (!centres) moments = {0, moments.variance + moments.mean * moments.mean};
                const double factor = 1 / std::sqrt(moments.variance + epsilon);
                means.push_back(static_cast<float>(moments.mean));
                factors.push_back(static_cast<float>(factor));
                for (std::size_t i = 0; i < length; ++i)
                    y[r * length + i] = static_cast<T>((static_cast<double>(x[i]) - moments.mean) * factor) * scale.as<T>()[i] + bias.as<T>()[i];
            }
        });
        std::vector<Tensor> outputs{out};
        if (!centres || length == 0) return outputs;
        const Shape statistics = statisticsShape(shape, *axis);
        outputs.push_back(Tensor::of<float>(statistics, means));
        outputs.push_back(Tensor::of<float>(statistics, factors));
        return outputs;
    });
}

Result<std::vector<Tensor>> runLayerNormalisation(const RunContext& context) { return runLayer(context, true); }
Result<std::vector<Tensor>> runRmsNormalisation(const RunContext& context) { return runLayer(context, false); }

Result<std::vector<TensorFacts>> layerShape(const ShapeContext& context)
{
    TensorFacts statistics{ElementType::Float32, std::nullopt, {}};
    if (const Shape* shape = context.shape(0)) {
        Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", -1), *shape);
        if (!axis) return axis.error();
        statistics.shape = statisticsShape(*shape, *axis);
    }
    return std::vector<TensorFacts>{{context.type(0), context.inputs[0].shape, {}}, statistics, statistics};
}

bool batchLayer(const BatchContext& context)
{
    return batchFirstInput(context) && normalAxis(attributeInt(context.node, "axis", -1), context.rank(0)).value_or(0) != 0;
}

// ---- MeanVarianceNormalization: over the axes 0, 2, 3 unless said otherwise

std::vector<std::int64_t> statisticsAxes(const Node& node)
{
    return hasAttribute(node, "axes") ? attributeInts(node, "axes") : std::vector<std::int64_t>{0, 2, 3};
}

Result<std::vector<Tensor>> runMeanVariance(const RunContext& context)
{
    constexpr double kEpsilon = 1e-9; // of the operator's definition
    const Shape& shape = context[0].shape();
    Result<std::vector<std::size_t>> axes = normalAxes(context.node, statisticsAxes(context.node), shape.size());
    if (!axes) return axes.error();
    return inFloats(context, [&](auto zero) -> Result<std::vector<Tensor>> {
        using T = decltype(zero);
        const std::vector<T> x = [&] {
            const Tensor input = convertTo(context[0], elementTypeOf<T>());
            return std::vector<T>(input.as<T>().begin(), input.as<T>().end());
        }();
        const std::vector<std::int64_t> places = rowSteps(shape);
        Shape kept = shape; // one entry per group of elements with common statistics
        for (const std::size_t axis : *axes) kept[axis] = 1;
        const std::vector<std::int64_t> steps = broadcastSteps(kept, shape);
        std::vector<std::vector<T>> groups(static_cast<std::size_t>(elementCount(kept).value_or(0)));
        std::vector<std::size_t> group_of(x.size(), 0);
        for (std::size_t i = 0; i < x.size(); ++i) {
            for (std::size_t axis = 0; axis < shape.size(); ++axis)
                group_of[i] += static_cast<std::size_t>(static_cast<std::int64_t>(i) / places[axis] % shape[axis] * steps[axis]);
            groups[group_of[i]].push_back(x[i]);
        }
        std::vector<Moments> moments;
        for (const std::vector<T>& group : groups) moments.push_back(momentsOf(std::span<const T>(group)));
        return std::vector<Tensor>{filledTensor<T>(elementTypeOf<T>(), shape, [&](std::span<T> y) {
            for (std::size_t i = 0; i < y.size(); ++i) {
                const Moments& m = moments[group_of[i]];
                y[i] = static_cast<T>((static_cast<double>(x[i]) - m.mean) / (std::sqrt(m.variance) + kEpsilon));
            }
        })};
    });
}

bool batchMeanVariance(const BatchContext& context)
{
    const std::vector<std::int64_t> axes = statisticsAxes(context.node);
    return !axes.empty() && std::all_of(axes.begin(), axes.end(), [&](std::int64_t axis) {
        return normalAxis(axis, context.rank(0)).value_or(0) != 0;
    });
}

// ---- LpNormalization: a row of norm 0 stays 0

Result<std::vector<Tensor>> runLp(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", -1), shape);
    if (!axis) return axis.error();
    const std::int64_t p = attributeInt(context.node, "p", 2);
    if (p != 1 && p != 2) return attributeProblem(context.node, "p", fmt::format("{} is neither 1 nor 2", p));
    const AxisRows rows = rowsAlong(shape, *axis);
    return inFloats(context, [&](auto zero) -> Result<std::vector<Tensor>> {
        using T = decltype(zero);
        const Tensor input = convertTo(context[0], elementTypeOf<T>());
        return std::vector<Tensor>{filledTensor<T>(input.type(), shape, [&](std::span<T> y) {
            for (std::int64_t r = 0; r < rows.outer * rows.inner; ++r) {
                const std::int64_t first = r / rows.inner * rows.length * rows.inner + r % rows.inner;
                double norm = 0;
                for (std::int64_t k = 0; k < rows.length; ++k) {
                    const auto x = static_cast<double>(input.as<T>()[static_cast<std::size_t>(first + k * rows.inner)]);
                    norm += p == 1 ? std::fabs(x) : x * x;
                }
                if (p == 2) norm = std::sqrt(norm);
                for (std::int64_t k = 0; k < rows.length; ++k) {
                    const auto at = static_cast<std::size_t>(first + k * rows.inner);
                    y[at] = norm == 0 ? T{0} : static_cast<T>(static_cast<double>(input.as<T>()[at]) / norm);
                }
            }
        })};
    });
}

// ---- LRN: over neighbouring channels

Result<std::vector<Tensor>> runLrn(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    const std::int64_t size = attributeInt(context.node, "size", 0);
    if (shape.size() < 2) return shapeProblem(context.node, fmt::format("{} has no channels", shapeText(shape)));
    if (size < 1 || size > kMaximumElements) return attributeProblem(context.node, "size", fmt::format("{} is impossible", size));
    const double alpha = attributeFloat(context.node, "alpha", 1e-4);
    const double beta = attributeFloat(context.node, "beta", 0.75);
    const double bias = attributeFloat(context.node, "bias", 1);
    const AxisRows rows = rowsAlong(shape, 1);
    return inFloats(context, [&](auto zero) -> Result<std::vector<Tensor>> {
        using T = decltype(zero);
        const Tensor input = convertTo(context[0], elementTypeOf<T>());
        const std::span<const T> x = input.as<T>();
        return std::vector<Tensor>{filledTensor<T>(input.type(), shape, [&](std::span<T> y) {
            for (std::size_t at = 0; at < y.size(); ++at) {
                const auto i = static_cast<std::int64_t>(at);
                const std::int64_t c = i / rows.inner % rows.length;
                const std::int64_t last = std::min(rows.length - 1, c + size / 2);
                double sum = 0;
                for (std::int64_t k = std::max<std::int64_t>(0, c - (size - 1) / 2); k <= last; ++k) {
                    const auto value = static_cast<double>(x[static_cast<std::size_t>(i + (k - c) * rows.inner)]);
                    sum += value * value;
                }
                y[at] = static_cast<T>(static_cast<double>(x[at]) / std::pow(bias + alpha / static_cast<double>(size) * sum, beta));
            }
        })};
    });
}

constexpr std::array kOps{
    OpDescriptor{"", "InstanceNormalization", 1, 3, sameAsInput, runInstance, batchFirstInput},
    OpDescriptor{"", "GroupNormalization", 18, 3, sameAsInput, runGroup, batchFirstInput},
    OpDescriptor{"", "LayerNormalization", 17, 2, layerShape, runLayerNormalisation, batchLayer},
    OpDescriptor{"", "RMSNormalization", 23, 2, sameAsInput, runRmsNormalisation, batchLayer},
    OpDescriptor{"", "MeanVarianceNormalization", 9, 1, sameAsInput, runMeanVariance, batchMeanVariance},
    OpDescriptor{"", "LpNormalization", 1, 1, sameAsInput, runLp, batchLayer},
    OpDescriptor{"", "LRN", 1, 1, sameAsInput, runLrn, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> momentOps()
{
    return kOps;
}

} // namespace bitwright
