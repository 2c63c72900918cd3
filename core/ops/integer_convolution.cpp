// SPDX-License-Identifier: GPL-3.0-or-later
// Convolution of codes: ConvInteger, QLinearConv (reference qonnx_finn.md section 3.3).
#include <array>

#include <fmt/format.h>

#include "ops/convolve.h"
#include "ops/families.h"
#include "ops/requantise.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

Result<std::vector<TensorFacts>> shapeOf(const ShapeContext& context, std::size_t weight, ElementType type)
{
    const Shape* x = context.shape(0);
    const Shape* w = context.shape(weight);
    if (!x || !w) return oneOutput(type, std::nullopt);
    if (!elementCount(*w)) return oneOutput(type, Shape(x->size(), -1));
    const Result<Convolution> conv = convolutionOf(context.node, *x, *w);
    if (!conv) return conv.error();
    return oneOutput(type, conv->out);
}

/// One parameter per filter lies along dimension 0 of the weight.
Tensor perFilter(const Tensor& parameter, std::size_t rank)
{
    if (parameter.size() == 1) return parameter;
    Shape shape(rank, 1);
    shape[0] = parameter.size();
    return parameter.reshaped(shape);
}

/// int32 sums of codes without their zero points; the padding stands for the value 0.
Result<Tensor> integerConvolution(const RunContext& context, const Tensor& x, const Tensor* x_zero, const Tensor& w, const Tensor* w_zero)
{
    const Result<Convolution> conv = convolutionOf(context.node, x.shape(), w.shape());
    if (!conv) return conv.error();
    if (Result<void> size = checkConvolutionSize(context.node, *conv, w.shape()); !size) return size.error();
    const Result<Tensor> left = withoutZeroPoint(context.node, x, x_zero);
    if (!left) return left.error();
    const Tensor points = w_zero ? perFilter(*w_zero, w.shape().size()) : Tensor();
    const Result<Tensor> right = withoutZeroPoint(context.node, w, w_zero ? &points : nullptr);
    if (!right) return right.error();
    return filledTensor<std::uint32_t>(ElementType::Int32, conv->out, [&](std::span<std::uint32_t> y) {
        convolveAll(*conv, x.shape()[0], w.shape()[1], left->as<std::uint32_t>().data(), right->as<std::uint32_t>().data(), y.data());
    });
}

// ---- ConvInteger: x, w, zero point of x, zero point of w

Result<std::vector<TensorFacts>> convIntegerShape(const ShapeContext& context)
{
    return shapeOf(context, 1, ElementType::Int32);
}

Result<std::vector<Tensor>> runConvInteger(const RunContext& context)
{
    Result<Tensor> sums = integerConvolution(context, context[0], context.find(2), context[1], context.find(3));
    if (!sums) return sums.error();
    return std::vector<Tensor>{*std::move(sums)};
}

// ---- QLinearConv: x, scale, zero point, w, scale, zero point, scale and zero point of the result, bias

Result<std::vector<TensorFacts>> qLinearConvShape(const ShapeContext& context)
{
    return shapeOf(context, 3, context.type(7));
}

Result<std::vector<Tensor>> runQLinearConv(const RunContext& context)
{
    const Node& node = context.node;
    const Result<Tensor> sums = integerConvolution(context, context[0], context.find(2), context[3], context.find(5));
    if (!sums) return sums.error();
    const Result<LinearScale> out = linearScale(context, 6, 7, ElementType::Uint8);
    if (!out) return out.error();
    const std::int64_t filters = sums->shape()[1];
    const std::vector<float> scale = asFloats(context[4]);
    const std::vector<std::int64_t> bias = context.find(8) ? asIntegers(context[8]) : std::vector<std::int64_t>(static_cast<std::size_t>(filters), 0);
    const auto count = static_cast<std::size_t>(filters);
    if (context[1].size() != 1 || (scale.size() != 1 && scale.size() != count) || bias.size() != count)
        return shapeProblem(node, fmt::format("its scales or its bias do not fit {} filters", filters));
    const float in = asFloats(context[1]).front();
    const std::span<const std::uint32_t> acc = sums->as<std::uint32_t>();
    const Tensor codes = filledTensor<float>(ElementType::Float32, sums->shape(), [&](std::span<float> y) {
        const std::size_t area = y.empty() ? 1 : y.size() / static_cast<std::size_t>(sums->shape()[0] * filters);
        for (std::size_t i = 0; i < y.size(); ++i) {
            const std::size_t filter = i / area % count;
            const auto sum = static_cast<std::int32_t>(acc[i] + static_cast<std::uint32_t>(bias[filter]));
            y[i] = out->code(static_cast<float>(sum) * (in * scale[scale.size() == 1 ? 0 : filter] / out->scale));
        }
    });
    return std::vector<Tensor>{convertTo(codes, context[7].type())};
}

constexpr std::array kOps{
    OpDescriptor{"", "ConvInteger", 10, 2, convIntegerShape, runConvInteger, batchFirstInput},
    OpDescriptor{"", "QLinearConv", 10, 8, qLinearConvShape, runQLinearConv, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> integerConvolutionOps()
{
    return kOps;
}

} // namespace bitwright
