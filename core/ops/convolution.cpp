// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#define EIGEN_DONT_PARALLELIZE // blocks of samples run in parallel already
#include <fmt/format.h>

#include "ops/convolve.h"
#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {

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

Result<void> checkConvolutionSize(const Node& node, const Convolution& convolution, const Shape& w)
{
    const std::optional<std::int64_t> count = elementCount(convolution.out);
    const std::optional<std::int64_t> row = elementCount(Shape(w.begin() + 1, w.end()));
    const bool fits = count && *count <= kMaximumElements && row && *row <= kMaximumElements && isTabulable(convolution.window);
    if (!fits) return sizeProblem(node, convolution.out);
    return {};
}

namespace {

template <bool IsChannelsLast>
Result<std::vector<TensorFacts>> convolutionShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* w = context.shape(1);
    if (!x || !w) return oneOutput(context.type(0), std::nullopt);
    if (!elementCount(*w)) return oneOutput(context.type(0), Shape(x->size(), -1)); // the kernel is not known yet
    const Result<Convolution> conv = IsChannelsLast ? convolutionOf(context.node, channelsFirst(*x), channelsFirst(*w))
                                                    : convolutionOf(context.node, *x, *w);
    if (!conv) return conv.error();
    return oneOutput(context.type(0), IsChannelsLast ? channelsLast(conv->out) : conv->out);
}

template <class T>
Tensor convolveAs(const Convolution& conv, const Tensor& x, const Tensor& w, const Tensor* bias)
{
    return filledTensor<T>(elementTypeOf<T>(), conv.out, [&](std::span<T> y) {
        convolveAll(conv, x.shape()[0], w.shape()[1], x.as<T>().data(), w.as<T>().data(), y.data());
        if (!bias || y.empty()) return;
        const std::span<const T> b = bias->as<T>();
        const std::size_t area = y.size() / static_cast<std::size_t>(conv.out[0] * conv.out[1]);
        for (std::size_t i = 0; i < y.size(); ++i) y[i] += b[i / area % b.size()];
    });
}

Result<Tensor> convolve(const RunContext& context, const Tensor& x, const Tensor& w)
{
    const Result<Convolution> conv = convolutionOf(context.node, x.shape(), w.shape());
    if (!conv) return conv.error();
    if (Result<void> size = checkConvolutionSize(context.node, *conv, w.shape()); !size) return size.error();
    const Tensor* bias = context.find(2);
    if (bias && bias->size() != w.shape()[0])
        return shapeProblem(context.node, fmt::format("a bias of shape {} does not fit {} channels", shapeText(bias->shape()), w.shape()[0]));
    const Tensor added = bias ? convertTo(*bias, x.type()) : Tensor();
    return x.type() == ElementType::Float64 ? convolveAs<double>(*conv, x, w, bias ? &added : nullptr)
                                            : convolveAs<float>(*conv, x, w, bias ? &added : nullptr);
}

template <bool IsChannelsLast>
Result<std::vector<Tensor>> runConvolution(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    if (context[1].type() != type) return typeProblem(context.node, context[1].type());
    const ElementType work = workingType(type);
    Tensor x = convertTo(context[0], work);
    Tensor w = convertTo(context[1], work);
    if constexpr (IsChannelsLast) {
        x = toChannelsFirst(x);
        w = toChannelsFirst(w);
    }
    Result<Tensor> result = convolve(context, x, w);
    if (!result) return result.error();
    return std::vector<Tensor>{convertTo(IsChannelsLast ? toChannelsLast(*result) : *result, type)};
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
