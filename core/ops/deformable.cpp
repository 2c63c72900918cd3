// SPDX-License-Identifier: GPL-3.0-or-later
// DeformConv: convolution whose kernel places are moved by an input (onnx: docs/Operators.md, DeformConv).
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/convolve.h"
#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

Result<std::vector<TensorFacts>> deformableShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* w = context.shape(1);
    if (!x || !w) return oneOutput(context.type(0), std::nullopt);
    if (!elementCount(*w)) return oneOutput(context.type(0), Shape(x->size(), -1));
    const Result<Convolution> conv = convolutionOf(context.node, *x, *w);
    if (!conv) return conv.error();
    return oneOutput(context.type(0), conv->out);
}

/// Bilinear value at a point of a plane; 0 outside.
float valueAt(const float* plane, std::int64_t height, std::int64_t width, float y, float x)
{
    if (!(y > -1 && y < static_cast<float>(height) && x > -1 && x < static_cast<float>(width))) return 0;
    const auto top = static_cast<std::int64_t>(std::floor(y));
    const auto left = static_cast<std::int64_t>(std::floor(x));
    const float fy = y - static_cast<float>(top);
    const float fx = x - static_cast<float>(left);
    const auto at = [&](std::int64_t row, std::int64_t column) {
        return row < 0 || row >= height || column < 0 || column >= width ? 0.0F : plane[row * width + column];
    };
    return (1 - fy) * ((1 - fx) * at(top, left) + fx * at(top, left + 1)) + fy * ((1 - fx) * at(top + 1, left) + fx * at(top + 1, left + 1));
}

struct Deformed {
    const Convolution& conv;
    std::int64_t offset_groups;
    std::int64_t taps;
    std::int64_t outputs;
    std::span<const float> offset;
    std::span<const float> mask; ///< empty where there is none
};

/// Patches of one sample: [channels * taps, outputs].
void fillPatches(const Deformed& deformed, std::int64_t sample, const Shape& x_shape, const float* x, RowMatrix<float>& patches)
{
    const Window& window = deformed.conv.window;
    const std::int64_t area = x_shape[2] * x_shape[3];
    for (std::int64_t row = 0; row < x_shape[1] * deformed.taps; ++row) {
        const std::int64_t channel = row / deformed.taps;
        const std::int64_t tap = row % deformed.taps;
        const std::int64_t group = channel / (x_shape[1] / deformed.offset_groups);
        const std::int64_t map = (sample * deformed.offset_groups + group) * deformed.taps + tap;
        for (std::int64_t o = 0; o < deformed.outputs; ++o) {
            const float dy = deformed.offset[static_cast<std::size_t>(2 * map * deformed.outputs + o)];
            const float dx = deformed.offset[static_cast<std::size_t>((2 * map + 1) * deformed.outputs + o)];
            const std::int64_t y0 = o / window.output[1] * window.stride[0] - window.pad_begin[0] + tap / window.kernel[1] * window.dilation[0];
            const std::int64_t x0 = o % window.output[1] * window.stride[1] - window.pad_begin[1] + tap % window.kernel[1] * window.dilation[1];
            const float value = valueAt(x + channel * area, x_shape[2], x_shape[3], static_cast<float>(y0) + dy, static_cast<float>(x0) + dx);
            patches(row, o) = deformed.mask.empty() ? value : value * deformed.mask[static_cast<std::size_t>(map * deformed.outputs + o)];
        }
    }
}

Result<void> checkMaps(const RunContext& context, const Convolution& conv, std::int64_t groups)
{
    const Shape& x = context[0].shape();
    const std::int64_t maps = groups * conv.window.kernel[0] * conv.window.kernel[1];
    const Shape offset{x[0], 2 * maps, conv.window.output[0], conv.window.output[1]};
    if (groups < 1 || x[1] % groups != 0 || context[2].shape() != offset)
        return shapeProblem(context.node, fmt::format("offsets of shape {} do not fit; {} is needed", shapeText(context[2].shape()), shapeText(offset)));
    const Shape mask{x[0], maps, conv.window.output[0], conv.window.output[1]};
    if (context.find(4) && context[4].shape() != mask)
        return shapeProblem(context.node, fmt::format("a mask of shape {} does not fit; {} is needed", shapeText(context[4].shape()), shapeText(mask)));
    if (context.find(3) && context[3].size() != conv.out[1])
        return shapeProblem(context.node, fmt::format("a bias of shape {} does not fit {} channels", shapeText(context[3].shape()), conv.out[1]));
    return {};
}

Result<std::vector<Tensor>> runDeformable(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Tensor x = convertTo(context[0], ElementType::Float32);
    const Tensor w = convertTo(context[1], ElementType::Float32);
    if (x.shape().size() != 4) return shapeProblem(context.node, fmt::format("only images can be deformed, and {} is none", shapeText(x.shape())));
    const Result<Convolution> conv = convolutionOf(context.node, x.shape(), w.shape());
    if (!conv) return conv.error();
    if (Result<void> size = checkConvolutionSize(context.node, *conv, w.shape()); !size) return size.error();
    const std::int64_t groups = attributeInt(context.node, "offset_group", 1);
    if (Result<void> maps = checkMaps(context, *conv, groups); !maps) return maps.error();
    const std::vector<float> offset = asFloats(context[2]);
    const std::vector<float> mask = context.find(4) ? asFloats(context[4]) : std::vector<float>();
    const std::vector<float> bias = context.find(3) ? asFloats(context[3]) : std::vector<float>();
    const std::int64_t taps = conv->window.kernel[0] * conv->window.kernel[1];
    const std::int64_t outputs = conv->window.output[0] * conv->window.output[1];
    if (outputs > kMaximumElements / std::max<std::int64_t>(x.shape()[1] * taps, 1)) return sizeProblem(context.node, {x.shape()[1], taps, outputs});
    const Deformed deformed{*conv, groups, taps, outputs, offset, mask};
    const std::int64_t rows = w.shape()[1] * taps;
    const std::int64_t filters = conv->out[1] / conv->groups;
    const Tensor y = filledTensor<float>(ElementType::Float32, conv->out, [&](std::span<float> values) {
        RowMatrix<float> patches(x.shape()[1] * taps, outputs);
        for (std::int64_t n = 0; n < x.shape()[0]; ++n) {
            fillPatches(deformed, n, x.shape(), x.as<float>().data() + n * x.shape()[1] * x.shape()[2] * x.shape()[3], patches);
            for (std::int64_t g = 0; g < conv->groups; ++g)
                Eigen::Map<RowMatrix<float>>(values.data() + (n * conv->groups + g) * filters * outputs, filters, outputs).noalias() =
                    Eigen::Map<const RowMatrix<float>>(w.as<float>().data() + g * filters * rows, filters, rows) * patches.middleRows(g * rows, rows);
        }
        for (std::size_t i = 0; i < values.size() && !bias.empty(); ++i) values[i] += bias[i / static_cast<std::size_t>(outputs) % bias.size()];
    });
    return std::vector<Tensor>{convertTo(y, type)};
}

bool batchDeformable(const BatchContext& context)
{
    return context.batched(0) && !context.batched(1) && context.batched(2) && !context.batched(3) && (context.inputs.size() < 5 || context.batched(4));
}

constexpr std::array kOps{
    OpDescriptor{"", "DeformConv", 19, 3, deformableShape, runDeformable, batchDeformable},
};

} // namespace

std::span<const OpDescriptor> deformableOps()
{
    return kOps;
}

} // namespace bitwright
