// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#define EIGEN_DONT_PARALLELIZE // blocks of samples run in parallel already
#include <Eigen/Core>
#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/spatial.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Convolution {
    Window window;
    std::int64_t groups = 1;
    Shape out; ///< channels first
};

/// @p x and @p w channels first: [N, C, spatial...] and [M, C / groups, spatial...].
Result<Convolution> convolutionOf(const Node& node, const Shape& x, const Shape& w)
{
    if (x.size() < 3 || w.size() != x.size())
        return shapeProblem(node, fmt::format("a weight of shape {} does not fit an input of shape {}", shapeText(w), shapeText(x)));
    Convolution result;
    result.groups = attributeInt(node, "group", 1);
    if (result.groups < 1 || (w[0] >= 0 && w[0] % result.groups != 0))
        return attributeProblem(node, "group", fmt::format("{} groups do not divide {} output channels", result.groups, w[0]));
    if (x[1] >= 0 && w[1] >= 0 && (x[1] % result.groups != 0 || x[1] / result.groups != w[1]))
        return shapeProblem(node, fmt::format("{} input channels in {} groups do not fit a weight of shape {}", x[1], result.groups, shapeText(w)));
    Result<Window> window = windowOf(node, Shape(x.begin() + 2, x.end()), Shape(w.begin() + 2, w.end()), false);
    if (!window) return window.error();
    result.window = *std::move(window);
    result.out = {x[0], w[0]};
    result.out.insert(result.out.end(), result.window.output.begin(), result.window.output.end());
    return result;
}

template <bool IsChannelsLast>
Result<std::vector<TensorFacts>> convolutionShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* w = context.shape(1);
    if (!x || !w) return oneOutput(context.type(0), std::nullopt);
    const Result<Convolution> conv = IsChannelsLast ? convolutionOf(context.node, channelsFirst(*x), channelsFirst(*w))
                                                    : convolutionOf(context.node, *x, *w);
    if (!conv) return conv.error();
    return oneOutput(context.type(0), IsChannelsLast ? channelsLast(conv->out) : conv->out);
}

/// One group of one sample: patches as a matrix, times the weights.
void convolveGroup(const Convolution& conv, const std::vector<std::int64_t>& places, const float* x, const float* w,
                   float* y, std::int64_t channels, std::int64_t filters)
{
    const std::int64_t taps = elementCount(conv.window.kernel).value_or(0);
    const std::int64_t area = elementCount(conv.window.input).value_or(0);
    const std::int64_t outputs = elementCount(conv.window.output).value_or(0);
    Matrix patches(channels * taps, outputs);
    for (std::int64_t c = 0; c < channels; ++c)
        for (std::int64_t t = 0; t < taps; ++t)
            for (std::int64_t o = 0; o < outputs; ++o) {
                const std::int64_t at = places[static_cast<std::size_t>(o * taps + t)];
                patches(c * taps + t, o) = at < 0 ? 0.0F : x[c * area + at];
            }
    Eigen::Map<Matrix>(y, filters, outputs).noalias() = Eigen::Map<const Matrix>(w, filters, channels * taps) * patches;
}

Result<Tensor> convolve(const RunContext& context, const Tensor& x, const Tensor& w)
{
    const Result<Convolution> conv = convolutionOf(context.node, x.shape(), w.shape());
    if (!conv) return conv.error();
    const std::int64_t taps = elementCount(conv->window.kernel).value_or(0);
    const std::int64_t outputs = elementCount(conv->window.output).value_or(kMaximumElements);
    if (elementCount(conv->out).value_or(kMaximumElements + 1) > kMaximumElements || outputs > kMaximumElements / std::max<std::int64_t>(taps * w.shape()[1], 1))
        return sizeProblem(context.node, conv->out);
    const Tensor* bias = context.find(2);
    if (bias && (bias->type() != x.type() || bias->size() != w.shape()[0]))
        return shapeProblem(context.node, fmt::format("a bias of shape {} does not fit {} channels", shapeText(bias->shape()), w.shape()[0]));
    const std::vector<std::int64_t> places = coveredPlaces(conv->window);
    const std::int64_t area = elementCount(conv->window.input).value_or(0);
    const std::int64_t channels = w.shape()[1];
    const std::int64_t filters = w.shape()[0] / conv->groups;
    return filledTensor<float>(ElementType::Float32, conv->out, [&](std::span<float> y) {
        for (std::int64_t n = 0; n < x.shape()[0]; ++n)
            for (std::int64_t g = 0; g < conv->groups; ++g)
                convolveGroup(*conv, places, x.as<float>().data() + (n * conv->groups + g) * channels * area,
                              w.as<float>().data() + g * filters * channels * taps,
                              y.data() + (n * conv->groups + g) * filters * outputs, channels, filters);
        if (!bias) return;
        const std::span<const float> b = bias->as<float>();
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] += b[i / static_cast<std::size_t>(outputs) % b.size()];
    });
}

template <bool IsChannelsLast>
Result<std::vector<Tensor>> runConvolution(const RunContext& context)
{
    if (context[0].type() != ElementType::Float32) return typeProblem(context.node, context[0].type());
    if (context[1].type() != ElementType::Float32) return typeProblem(context.node, context[1].type());
    if constexpr (!IsChannelsLast) {
        Result<Tensor> result = convolve(context, context[0], context[1]);
        if (!result) return result.error();
        return std::vector<Tensor>{*std::move(result)};
    }
    Result<Tensor> result = convolve(context, toChannelsFirst(context[0]), toChannelsFirst(context[1]));
    if (!result) return result.error();
    return std::vector<Tensor>{toChannelsLast(*result)};
}

constexpr std::array kOps{
    OpDescriptor{"", "Conv", 1, 2, convolutionShape<false>, runConvolution<false>, batchFirstInput},
    OpDescriptor{kChannelsLastDomain, "Conv", 1, 2, convolutionShape<true>, runConvolution<true>, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> convolutionOps()
{
    return kOps;
}

} // namespace bitwright
