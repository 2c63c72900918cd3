// SPDX-License-Identifier: GPL-3.0-or-later
// The operators of QONNX that are no quantisers (qonnx: custom_op/general; reference qonnx_finn.md section 1.7).
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/matrix_product.h"
#include "ops/pool_window.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- Im2Col: images [N, H, W, C] as rows of patches [N, rows, columns, kernel * C]

struct Patches {
    Window window;
    Shape out;
};

/// Attribute with one number per side of an image.
std::vector<std::int64_t> sides(const Node& node, std::string_view name, std::size_t count, std::int64_t fallback)
{
    std::vector<std::int64_t> values = attributeInts(node, name);
    if (values.empty()) values.assign(count, fallback);
    return values;
}

Result<Patches> patchesOf(const Node& node, const Shape& x)
{
    if (x.size() != 4) return shapeProblem(node, fmt::format("{} is no image with its channels last", shapeText(x)));
    const std::vector<std::int64_t> kernel = sides(node, "kernel_size", 2, 0);
    const std::vector<std::int64_t> stride = sides(node, "stride", 2, 1);
    const std::vector<std::int64_t> dilation = sides(node, "dilations", 2, 1);
    const std::vector<std::int64_t> pads = sides(node, "pad_amount", 4, 0);
    Node plain; // the same window in the words of ONNX
    plain.name = node.name;
    plain.op_type = node.op_type;
    plain.attributes = {{"strides", stride}, {"dilations", dilation}, {"pads", pads}};
    Result<Window> window = windowOf(plain, {x[1], x[2]}, kernel, false);
    if (!window) return window.error();
    const bool is_known = x[3] >= 0;
    Patches patches{*std::move(window), {}};
    patches.out = {x[0], patches.window.output[0], patches.window.output[1], is_known ? kernel[0] * kernel[1] * x[3] : -1};
    return patches;
}

Result<std::vector<TensorFacts>> im2ColShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    if (!x) return oneOutput(context.type(0), std::nullopt);
    Result<Patches> patches = patchesOf(context.node, *x);
    if (!patches) return patches.error();
    return oneOutput(context.type(0), patches->out);
}

Result<std::vector<Tensor>> runIm2Col(const RunContext& context)
{
    const Result<Patches> patches = patchesOf(context.node, context[0].shape());
    if (!patches) return patches.error();
    if (Result<void> size = checkPoolSize(context.node, patches->window, patches->out); !size) return size.error();
    const Tensor in = convertTo(context[0], ElementType::Float32);
    const std::span<const float> x = in.as<float>();
    const std::vector<std::int64_t> places = coveredPlaces(patches->window);
    const std::int64_t channels = in.shape()[3];
    const std::int64_t image = in.shape()[1] * in.shape()[2];
    const auto padding = static_cast<float>(attributeInt(context.node, "pad_value", 0));
    const Tensor y = filledTensor<float>(ElementType::Float32, patches->out, [&](std::span<float> out) {
        auto to = out.begin();
        for (std::int64_t n = 0; n < in.shape()[0]; ++n)
            for (const std::int64_t place : places)
                to = place < 0 ? std::fill_n(to, channels, padding) : std::copy_n(x.begin() + (n * image + place) * channels, channels, to);
    });
    return std::vector<Tensor>{convertTo(y, context[0].type())};
}

// ---- QuantAvgPool2d: sums of a window, shifted right so that they fit the output's bits

bool isChannelsLast(const Node& node)
{
    return attributeString(node, "data_layout", "NCHW") == "NHWC";
}

Result<Window> sumWindow(const Node& node, const Shape& x)
{
    if (x.size() != 4) return shapeProblem(node, fmt::format("{} is no image", shapeText(x)));
    const std::int64_t stride = attributeInt(node, "stride", 1);
    const std::int64_t kernel = attributeInt(node, "kernel", 1);
    Node plain;
    plain.name = node.name;
    plain.op_type = node.op_type;
    plain.attributes = {{"strides", std::vector<std::int64_t>{stride, stride}}};
    return windowOf(plain, {x[2], x[3]}, {kernel, kernel}, false);
}

Result<std::vector<TensorFacts>> sumPoolShape(const ShapeContext& context)
{
    const Shape* given = context.shape(0);
    if (!given || given->size() != 4) return oneOutput(context.type(0), std::nullopt);
    const Shape x = isChannelsLast(context.node) ? channelsFirst(*given) : *given;
    const Result<Window> window = sumWindow(context.node, x);
    if (!window) return window.error();
    const Shape out = poolOutput(x, *window);
    return oneOutput(context.type(0), isChannelsLast(context.node) ? channelsLast(out) : out);
}

Result<std::vector<Tensor>> runSumPool(const RunContext& context)
{
    const Node& node = context.node;
    const bool is_last = isChannelsLast(node);
    const Tensor x = convertTo(is_last ? toChannelsFirst(context[0]) : context[0], ElementType::Float32);
    const Result<Window> window = sumWindow(node, x.shape());
    if (!window) return window.error();
    const Shape out = poolOutput(x.shape(), *window);
    if (Result<void> size = checkPoolSize(node, *window, out); !size) return size.error();
    const std::int64_t bits_in = attributeInt(node, "ibits", 1);
    const std::int64_t bits_out = attributeInt(node, "obits", 1);
    if (bits_in < 1 || bits_in > 32 || bits_out < 1 || bits_out > 32) return attributeProblem(node, "ibits", fmt::format("{} and {} bits are not between 1 and 32", bits_in, bits_out));
    const std::vector<std::int64_t> places = coveredPlaces(*window);
    const std::int64_t taps = window->kernel[0] * window->kernel[1];
    if (taps > (1 << 20)) return attributeProblem(node, "kernel", fmt::format("{} is too large", window->kernel[0]));
    const auto largest = static_cast<std::uint64_t>(((std::int64_t{1} << bits_in) - 1) * taps);
    const std::int64_t shift = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::bit_width(largest)) - bits_out);
    const std::int64_t outputs = window->output[0] * window->output[1];
    const std::int64_t area = window->input[0] * window->input[1];
    const float unit = std::ldexp(1.0F, -static_cast<int>(shift));
    const Tensor y = filledTensor<float>(ElementType::Float32, out, [&](std::span<float> values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float* plane = x.as<float>().data() + static_cast<std::int64_t>(i) / outputs * area;
            const std::int64_t* covered = places.data() + static_cast<std::int64_t>(i) % outputs * taps;
            double sum = 0;
            for (std::int64_t t = 0; t < taps; ++t) sum += static_cast<double>(plane[covered[t]]);
            values[i] = std::floor(static_cast<float>(sum) * unit); // an arithmetic shift of negative sums rounds down, too
        }
    });
    return std::vector<Tensor>{convertTo(is_last ? toChannelsLast(y) : y, context[0].type())};
}

// ---- XnorPopcountMatMul: how many bits of a row and a column agree

Result<std::vector<TensorFacts>> xnorShape(const ShapeContext& context)
{
    const Shape* a = context.shape(0);
    const Shape* b = context.shape(1);
    if (!a || !b) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = matrixProductShape(context.node, *a, *b);
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

/// Bits as -1 and +1.
Tensor bipolar(const Tensor& bits)
{
    std::vector<float> values = asFloats(bits);
    for (float& value : values) value = 2 * value - 1;
    return Tensor::of<float>(bits.shape(), values);
}

Result<std::vector<Tensor>> runXnor(const RunContext& context)
{
    if (context[0].shape().empty()) return shapeProblem(context.node, "its left side is a scalar");
    const Result<Tensor> product = matrixProduct(context.node, bipolar(context[0]), bipolar(context[1]));
    if (!product) return product.error();
    const auto length = static_cast<float>(context[0].shape().back());
    std::vector<float> counts = asFloats(*product);
    for (float& count : counts) count = (count + length) / 2;
    return std::vector<Tensor>{convertTo(Tensor::of<float>(product->shape(), counts), context[0].type())};
}

bool batchXnor(const BatchContext& context)
{
    return batchMatrixProduct(context, 0, 1);
}

// ---- DebugMarker

Result<std::vector<Tensor>> runMarker(const RunContext& context)
{
    return std::vector<Tensor>{context[0]};
}

constexpr std::array kOps{
    OpDescriptor{kQonnxDomain, "Im2Col", 1, 1, im2ColShape, runIm2Col, batchFirstInput},
    OpDescriptor{kQonnxDomain, "QuantAvgPool2d", 1, 1, sumPoolShape, runSumPool, batchFirstInput},
    OpDescriptor{kQonnxDomain, "XnorPopcountMatMul", 1, 2, xnorShape, runXnor, batchXnor},
    OpDescriptor{kQonnxDomain, "DebugMarker", 1, 1, sameAsInput, runMarker, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> qonnxLayers()
{
    return kOps;
}

} // namespace bitwright
