// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/convolve.h"
#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// The window of the convolution whose transpose this is: `input` is the result's extents, `output` is x's.
struct Transposed {
    Window window;
    std::int64_t groups = 1;
    Shape out;
};

/// Extents and padding at the beginning from the attributes (onnx: docs/Operators.md, ConvTranspose).
Result<void> placeOutputs(const Node& node, Window& window, const std::vector<std::int64_t>& pads,
                          const std::vector<std::int64_t>& output_padding)
{
    const std::size_t rank = window.output.size();
    const std::string mode = attributeString(node, "auto_pad", "NOTSET");
    const bool is_same = mode == "SAME_UPPER" || mode == "SAME_LOWER";
    std::vector<std::int64_t> stated = attributeInts(node, "output_shape");
    if (stated.size() == rank + 2) stated.erase(stated.begin(), stated.begin() + 2); // some writers give all dimensions
    if (!stated.empty() && stated.size() != rank)
        return attributeProblem(node, "output_shape", fmt::format("it needs {} numbers", rank));
    for (std::size_t axis = 0; axis < rank; ++axis) {
        if (window.output[axis] < 0) continue;
        const std::int64_t full = (window.output[axis] - 1) * window.stride[axis] + output_padding[axis] +
                                  (window.kernel[axis] - 1) * window.dilation[axis] + 1;
        if (stated.empty() && !is_same) {
            const bool is_explicit = mode == "NOTSET" || mode.empty();
            window.pad_begin[axis] = is_explicit ? pads[axis] : 0;
            window.pad_end[axis] = is_explicit ? pads[rank + axis] : 0;
            window.input[axis] = full - window.pad_begin[axis] - window.pad_end[axis];
        } else {
            window.input[axis] = stated.empty() ? window.output[axis] * window.stride[axis] : stated[axis];
            const std::int64_t total = std::max<std::int64_t>(full - window.input[axis], 0);
            window.pad_begin[axis] = mode == "SAME_UPPER" ? total / 2 : total - total / 2;
            window.pad_end[axis] = total - window.pad_begin[axis];
        }
        if (window.input[axis] < 1)
            return shapeProblem(node, fmt::format("dimension {} of its result would have {} elements", axis + 2, window.input[axis]));
    }
    return {};
}

Result<Transposed> transposedOf(const Node& node, const Shape& x, const Shape& w)
{
    if (x.size() < 3 || w.size() != x.size() || !elementCount(w))
        return shapeProblem(node, fmt::format("a weight of shape {} does not fit an input of shape {}", shapeText(w), shapeText(x)));
    Transposed result;
    result.groups = attributeInt(node, "group", 1);
    if (result.groups < 1 || w[0] % result.groups != 0 || (x[1] >= 0 && x[1] != w[0]))
        return shapeProblem(node, fmt::format("{} input channels in {} groups do not fit a weight of shape {}", x[1], result.groups, shapeText(w)));
    const std::size_t rank = x.size() - 2;
    if (std::any_of(x.begin() + 2, x.end(), [](std::int64_t extent) { return extent > (std::int64_t{1} << 24); }))
        return shapeProblem(node, fmt::format("its input {} is too large", shapeText(x)));
    Result<std::vector<std::int64_t>> strides = perDimension(node, "strides", rank, 1, 1);
    if (!strides) return strides.error();
    Result<std::vector<std::int64_t>> dilations = perDimension(node, "dilations", rank, 1, 1);
    if (!dilations) return dilations.error();
    Result<std::vector<std::int64_t>> pads = perDimension(node, "pads", 2 * rank, 0, 0);
    if (!pads) return pads.error();
    Result<std::vector<std::int64_t>> output_padding = perDimension(node, "output_padding", rank, 0, 0);
    if (!output_padding) return output_padding.error();
    result.window = globalWindow(std::vector<std::int64_t>(rank, -1));
    result.window.output.assign(x.begin() + 2, x.end());
    result.window.kernel.assign(w.begin() + 2, w.end());
    result.window.stride = *std::move(strides);
    result.window.dilation = *std::move(dilations);
    if (Result<void> placed = placeOutputs(node, result.window, *pads, *output_padding); !placed) return placed.error();
    result.out = {x[0], w[1] * result.groups};
    result.out.insert(result.out.end(), result.window.input.begin(), result.window.input.end());
    return result;
}

Result<std::vector<TensorFacts>> transposedShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* w = context.shape(1);
    if (!x || !w) return oneOutput(context.type(0), std::nullopt);
    if (!elementCount(*w)) return oneOutput(context.type(0), Shape(x->size(), -1));
    const Result<Transposed> conv = transposedOf(context.node, *x, *w);
    if (!conv) return conv.error();
    return oneOutput(context.type(0), conv->out);
}

/// One group of one sample: every input place adds its kernel to the result.
template <class T>
void spreadGroup(const Transposed& conv, const std::vector<std::int64_t>& places, const T* x, const T* w, T* y,
                 std::int64_t channels, std::int64_t filters)
{
    const std::int64_t taps = elementCount(conv.window.kernel).value_or(0);
    const std::int64_t area = elementCount(conv.window.output).value_or(0);
    const std::int64_t outputs = elementCount(conv.window.input).value_or(0);
    const std::int64_t rows = filters * taps;
    const std::int64_t tile = std::clamp<std::int64_t>(kPatchElements / std::max<std::int64_t>(rows, 1), 1, std::max<std::int64_t>(area, 1));
    RowMatrix<T> columns(rows, std::min(tile, area));
    for (std::int64_t first = 0; first < area; first += tile) {
        const std::int64_t count = std::min(tile, area - first);
        using Strided = Eigen::Map<const RowMatrix<T>, 0, Eigen::OuterStride<>>;
        columns.leftCols(count).noalias() = Eigen::Map<const RowMatrix<T>>(w, channels, rows).transpose() *
                                            Strided(x + first, channels, count, Eigen::OuterStride<>(area));
        for (std::int64_t f = 0; f < filters; ++f)
            for (std::int64_t t = 0; t < taps; ++t)
                for (std::int64_t i = 0; i < count; ++i) {
                    const std::int64_t at = places[static_cast<std::size_t>((first + i) * taps + t)];
                    if (at >= 0) y[f * outputs + at] += columns(f * taps + t, i);
                }
    }
}

template <class T>
Tensor spread(const Transposed& conv, const Tensor& x, const Tensor& w, const Tensor* bias)
{
    const std::vector<std::int64_t> places = coveredPlaces(conv.window);
    const std::int64_t area = elementCount(conv.window.output).value_or(0);
    const std::int64_t outputs = elementCount(conv.window.input).value_or(0);
    const std::int64_t channels = w.shape()[0] / conv.groups;
    const std::int64_t filters = w.shape()[1];
    const std::int64_t kernel = w.shape()[0] == 0 ? 0 : w.size() / w.shape()[0];
    return filledTensor<T>(elementTypeOf<T>(), conv.out, [&](std::span<T> y) {
        std::fill(y.begin(), y.end(), T{});
        for (std::int64_t n = 0; n < conv.out[0]; ++n)
            for (std::int64_t g = 0; g < conv.groups; ++g)
                spreadGroup(conv, places, x.as<T>().data() + (n * conv.groups + g) * channels * area,
                            w.as<T>().data() + g * channels * kernel, y.data() + (n * conv.groups + g) * filters * outputs,
                            channels, filters);
        if (!bias) return;
        const std::span<const T> b = bias->as<T>();
        for (std::size_t i = 0; i < y.size(); ++i) y[i] += b[i / static_cast<std::size_t>(outputs) % b.size()];
    });
}

Result<std::vector<Tensor>> runTransposed(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    if (context[1].type() != type) return typeProblem(context.node, context[1].type());
    const ElementType work = workingType(type);
    const Tensor x = convertTo(context[0], work);
    const Tensor w = convertTo(context[1], work);
    const Result<Transposed> conv = transposedOf(context.node, x.shape(), w.shape());
    if (!conv) return conv.error();
    const std::int64_t rows = w.shape()[0] == 0 ? 0 : w.size() / w.shape()[0];
    if (elementCount(conv->out).value_or(kMaximumElements + 1) > kMaximumElements || rows > kMaximumElements || !isTabulable(conv->window))
        return sizeProblem(context.node, conv->out);
    Tensor bias;
    if (context.find(2)) {
        bias = convertTo(context[2], work);
        if (bias.size() != conv->out[1])
            return shapeProblem(context.node, fmt::format("a bias of shape {} does not fit {} channels", shapeText(bias.shape()), conv->out[1]));
    }
    const Tensor* added = context.find(2) ? &bias : nullptr;
    const Tensor y = work == ElementType::Float64 ? spread<double>(*conv, x, w, added) : spread<float>(*conv, x, w, added);
    return std::vector<Tensor>{convertTo(y, type)};
}

constexpr std::array kOps{
    OpDescriptor{"", "ConvTranspose", 1, 2, transposedShape, runTransposed, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> transposedConvolutionOps()
{
    return kOps;
}

} // namespace bitwright
