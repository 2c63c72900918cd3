// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that put blocks or maxima back into a plane: MaxUnpool, Col2Im (onnx: docs/Operators.md).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/spatial.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- MaxUnpool

/// The shape that the pool's input had, as far as the attributes tell.
Result<Shape> unpooledShape(const Node& node, const Shape& x)
{
    if (x.size() < 3) return shapeProblem(node, fmt::format("{} has no spatial dimensions", shapeText(x)));
    const std::size_t rank = x.size() - 2;
    const Result<std::vector<std::int64_t>> kernel = perDimension(node, "kernel_shape", rank, 0, 1);
    if (!kernel) return kernel.error();
    const Result<std::vector<std::int64_t>> strides = perDimension(node, "strides", rank, 1, 1);
    if (!strides) return strides.error();
    const Result<std::vector<std::int64_t>> pads = perDimension(node, "pads", 2 * rank, 0, 0);
    if (!pads) return pads.error();
    Shape out{x[0], x[1]};
    for (std::size_t axis = 0; axis < rank; ++axis) {
        const std::int64_t extent = x[axis + 2];
        const std::int64_t placed = extent < 0 || extent > (std::int64_t{1} << 31)
                                        ? -1
                                        : (extent - 1) * (*strides)[axis] + (*kernel)[axis] - (*pads)[axis] - (*pads)[rank + axis];
        if (extent >= 0 && placed < 1) return shapeProblem(node, fmt::format("dimension {} of its result would have {} elements", axis + 2, placed));
        out.push_back(placed);
    }
    return out;
}

Result<std::vector<TensorFacts>> unpoolShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    if (!x) return oneOutput(context.type(0), std::nullopt);
    if (context.has(2)) {
        if (const Tensor* stated = context.constant(2)) return oneOutput(context.type(0), asIntegers(*stated));
        return oneOutput(context.type(0), Shape(x->size(), -1));
    }
    Result<Shape> out = unpooledShape(context.node, *x);
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

Result<std::vector<Tensor>> runUnpool(const RunContext& context)
{
    const Tensor& x = context[0];
    const Result<Shape> pooled = unpooledShape(context.node, x.shape());
    if (!pooled) return pooled.error();
    const Shape out = context.find(2) ? asIntegers(context[2]) : *pooled;
    if (out.size() != pooled->size()) return shapeProblem(context.node, fmt::format("a result of shape {} does not fit {}", shapeText(out), shapeText(x.shape())));
    const std::optional<std::int64_t> count = elementCount(out);
    const std::optional<std::int64_t> inner = elementCount(*pooled);
    if (!count || *count > kMaximumElements || !inner) return sizeProblem(context.node, out);
    if (context[1].size() != x.size()) return shapeProblem(context.node, "its places do not match its maxima");
    const std::vector<std::int64_t> indices = asIntegers(context[1]);
    const std::vector<std::int64_t> from = rowSteps(*pooled);
    const std::vector<std::int64_t> to = rowSteps(out);
    const std::size_t bytes = elementBytes(x.type());
    const std::shared_ptr<std::byte[]> data(new std::byte[static_cast<std::size_t>(*count) * bytes]());
    for (std::size_t i = 0; i < indices.size(); ++i) {
        std::int64_t at = indices[i] < 0 || indices[i] >= *inner ? -1 : 0;
        for (std::size_t axis = 0; axis < out.size() && at >= 0; ++axis) {
            const std::int64_t place = indices[i] / from[axis] % (*pooled)[axis];
            at = place < out[axis] ? at + place * to[axis] : -1;
        }
        if (at < 0) return valueProblem(context.node, fmt::format("the place {} lies outside its result", indices[i]));
        std::copy_n(x.bytes().data() + i * bytes, bytes, data.get() + static_cast<std::size_t>(at) * bytes);
    }
    return std::vector<Tensor>{Tensor(x.type(), out, data)};
}

// ---- Col2Im: columns of blocks, added where blocks overlap

struct Blocks {
    Window window; ///< `input` is the image, `output` the block positions
    Shape out;
};

Result<Blocks> blocksOf(const Node& node, const Shape& x, const std::vector<std::int64_t>& image, const std::vector<std::int64_t>& block)
{
    Result<Window> window = windowOf(node, image, block, false);
    if (!window) return window.error();
    const std::optional<std::int64_t> taps = elementCount(block);
    const std::optional<std::int64_t> places = elementCount(window->output);
    if (x.size() != 3 || !taps || *taps < 1 || (x[1] >= 0 && x[1] % *taps != 0) || !places || (x[2] >= 0 && x[2] != *places))
        return shapeProblem(node, fmt::format("blocks of shape {} in an image of shape {} do not fit {}", shapeText(block), shapeText(image), shapeText(x)));
    Blocks blocks{*std::move(window), {x[0], x[1] < 0 ? -1 : x[1] / *taps}};
    blocks.out.insert(blocks.out.end(), image.begin(), image.end());
    return blocks;
}

Result<std::vector<TensorFacts>> columnsShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Tensor* image = context.constant(1);
    const Tensor* block = context.constant(2);
    if (!x || !image || !block) return oneOutput(context.type(0), std::nullopt);
    const Result<Blocks> blocks = blocksOf(context.node, *x, asIntegers(*image), asIntegers(*block));
    if (!blocks) return blocks.error();
    return oneOutput(context.type(0), blocks->out);
}

template <class T>
Tensor addBlocks(const Blocks& blocks, const Tensor& x)
{
    const std::vector<std::int64_t> places = coveredPlaces(blocks.window);
    const std::int64_t taps = elementCount(blocks.window.kernel).value_or(0);
    const std::int64_t positions = elementCount(blocks.window.output).value_or(0);
    const std::int64_t area = elementCount(blocks.window.input).value_or(0);
    return filledTensor<T>(elementTypeOf<T>(), blocks.out, [&](std::span<T> y) {
        std::fill(y.begin(), y.end(), T{});
        const T* from = x.as<T>().data();
        for (std::int64_t plane = 0; plane < blocks.out[0] * blocks.out[1]; ++plane)
            for (std::int64_t t = 0; t < taps; ++t)
                for (std::int64_t p = 0; p < positions; ++p, ++from) {
                    const std::int64_t at = places[static_cast<std::size_t>(p * taps + t)];
                    if (at >= 0) y[static_cast<std::size_t>(plane * area + at)] = static_cast<T>(y[static_cast<std::size_t>(plane * area + at)] + *from);
                }
    });
}

Result<std::vector<Tensor>> runColumns(const RunContext& context)
{
    const ElementType type = context[0].type();
    const Result<Blocks> blocks = blocksOf(context.node, context[0].shape(), asIntegers(context[1]), asIntegers(context[2]));
    if (!blocks) return blocks.error();
    if (elementCount(blocks->out).value_or(kMaximumElements + 1) > kMaximumElements || !isTabulable(blocks->window))
        return sizeProblem(context.node, blocks->out);
    const Tensor x = isSmallFloat(type) ? convertTo(context[0], ElementType::Float32) : context[0];
    if (x.type() == ElementType::Float64) return std::vector<Tensor>{addBlocks<double>(*blocks, x)};
    if (x.type() != ElementType::Float32) return typeProblem(context.node, type);
    return std::vector<Tensor>{convertTo(addBlocks<float>(*blocks, x), type)};
}

constexpr NotSupported kPlacesCountThrough{"The places of the maxima count through all samples."};

constexpr std::array kOps{
    OpDescriptor{"", "MaxUnpool", 9, 2, unpoolShape, runUnpool, kPlacesCountThrough},
    OpDescriptor{"", "Col2Im", 18, 3, columnsShape, runColumns, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> unpoolingOps()
{
    return kOps;
}

} // namespace bitwright
