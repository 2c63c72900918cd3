// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for convolutions and pools. The normal form has put their channels last.
#include "flows/hls4ml/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "ops/op_descriptor.h"
#include "ops/spatial.h"
#include "support/diagnostic.h"

namespace bitwright::hls4ml {

namespace {

/// A window over data of shape [(height,) width, channels], and what lies behind its last pixels.
struct Geometry {
    ImageWindow window;
    std::int64_t pad_bottom = 0;
    std::int64_t pad_right = 0;
    int dimensions = 2;
};

/// The padding at the end of one axis: what the file says, or what automatic padding leaves.
std::int64_t padEnd(const Node& node, const Window& window, std::size_t axis)
{
    const std::string mode = attributeString(node, "auto_pad", "NOTSET");
    const std::vector<std::int64_t> pads = attributeInts(node, "pads");
    const std::size_t rank = window.input.size();
    if ((mode == "NOTSET" || mode.empty()) && pads.size() == 2 * rank)
        return pads[rank + axis];
    const std::int64_t covered =
        (window.output[axis] - 1) * window.stride[axis] + (window.kernel[axis] - 1) * window.dilation[axis] + 1;
    return std::max<std::int64_t>(0, covered - window.input[axis] - window.pad_begin[axis]);
}

Result<Geometry> geometryOf(const Node& node, const Shape& data, std::vector<std::int64_t> kernel, bool has_ceil_mode)
{
    Result<Window> made = windowOf(node, Shape(data.begin(), data.end() - 1), std::move(kernel), has_ceil_mode);
    if (!made)
        return made.error();
    const Window& from = *made;
    Geometry geometry;
    geometry.dimensions = static_cast<int>(from.input.size());
    const std::size_t x = from.input.size() - 1;
    ImageWindow& window = geometry.window;
    window.channels = data.back();
    window.in_width = from.input[x];
    window.kernel_width = from.kernel[x];
    window.stride_width = from.stride[x];
    window.dilation_width = from.dilation[x];
    window.pad_left = from.pad_begin[x];
    window.out_width = from.output[x];
    geometry.pad_right = padEnd(node, from, x);
    if (x == 0)
        return geometry;
    window.in_height = from.input[0];
    window.kernel_height = from.kernel[0];
    window.stride_height = from.stride[0];
    window.dilation_height = from.dilation[0];
    window.pad_top = from.pad_begin[0];
    window.out_height = from.output[0];
    geometry.pad_bottom = padEnd(node, from, 0);
    return geometry;
}

Shape outputOf(const Geometry& geometry, std::int64_t channels)
{
    const ImageWindow& window = geometry.window;
    return geometry.dimensions == 1 ? Shape{window.out_width, channels}
                                    : Shape{window.out_height, window.out_width, channels};
}

/// Data of one or two spatial dimensions, channels last.
Refusal checkImage(const ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    const std::size_t rank = context.inputShape(node).size();
    if (node.domain != kChannelsLastDomain || (rank != 2 && rank != 3))
        return fmt::format("The hls4ml flow has images of one or two dimensions, and its data has the shape {}.",
                           shapeText(context.inputShape(node)));
    return {};
}

/// The kernel's extents that MaxPool and AveragePool name; a window that sees nothing but padding has no value.
Refusal checkPadding(const ImageWindow& window)
{
    for (std::int64_t pixel = 0; pixel < window.outputPixels(); ++pixel) {
        bool is_on_image = false;
        for (std::int64_t tap = 0; tap < window.taps() && !is_on_image; ++tap)
            is_on_image = window.inputPixel(pixel, tap) >= 0;
        if (!is_on_image)
            return "One of its windows lies on the padding alone.";
    }
    return {};
}

} // namespace

Refusal parseConvolution(ParseContext& context, const Node& node)
{
    if (Refusal reason = checkImage(context, node); !reason.empty())
        return reason;
    const Tensor* weights = context.staticSource(node, 1);
    const Shape data = context.inputShape(node);
    const bool has_bias = context.inputCount(node) > 2 && node.inputs[2] != kNone;
    if (!weights || (has_bias && !context.staticSource(node, 2)))
        return "The hls4ml flow convolves with constant weights and biases only: make them constants.";
    const Shape filters = context.inputShape(node, 1);
    if (filters.size() != data.size() + 1 || weights->shape() != filters)
        return "Its weights could not be folded into one constant.";
    ConvolutionPayload convolution;
    convolution.groups = attributeInt(node, "group", 1);
    convolution.filters = filters.front();
    const bool fits = convolution.groups >= 1 && data.back() % convolution.groups == 0
        && filters.front() % convolution.groups == 0 && filters.back() == data.back() / convolution.groups;
    if (!fits)
        return fmt::format("Weights of shape {} in {} groups do not fit data of shape {}.", shapeText(filters),
                           convolution.groups, shapeText(data));
    const auto geometry = geometryOf(node, data, Shape(filters.begin() + 1, filters.end() - 1), false);
    if (!geometry)
        return geometry.error().message();
    convolution.window = geometry->window;
    convolution.pad_bottom = geometry->pad_bottom;
    convolution.pad_right = geometry->pad_right;
    convolution.dimensions = geometry->dimensions;
    if (outputOf(*geometry, convolution.filters) != context.outputShape(node))
        return "Its window does not fit the shape of its result.";
    if (has_bias && elementCount(context.inputShape(node, 2)) != convolution.filters)
        return "Its bias does not fit its filters.";
    std::vector<LinkId> inputs{context.link(node, 0), context.link(node, 1)};
    if (has_bias)
        inputs.push_back(context.link(node, 2));
    context.add(node, std::move(convolution), std::move(inputs));
    return {};
}

Refusal parsePool(ParseContext& context, const Node& node)
{
    if (Refusal reason = checkImage(context, node); !reason.empty())
        return reason;
    const Shape data = context.inputShape(node);
    const auto geometry = geometryOf(node, data, attributeInts(node, "kernel_shape"), true);
    if (!geometry)
        return geometry.error().message();
    if (outputOf(*geometry, data.back()) != context.outputShape(node))
        return "Its window does not fit the shape of its result.";
    if (attributeInt(node, "count_include_pad", 0) != 0 && geometry->window.reachesPadding())
        return "The hls4ml flow averages the pixels of the image only, and this pool counts its padding as well.";
    if (Refusal reason = checkPadding(geometry->window); !reason.empty())
        return reason;
    PoolingPayload pool;
    pool.is_maximum = node.op_type == "MaxPool";
    pool.window = geometry->window;
    pool.dimensions = geometry->dimensions;
    const LinkId input = context.link(node, 0);
    context.add(node, pool, {input});
    return {};
}

/// hls4ml's front end takes channels-first extents and its hardware reads the elements as if the channels were last.
Refusal parseGlobalPool(ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    const Shape data = context.inputShape(node);
    if (data.size() != 2 && data.size() != 3)
        return fmt::format("The hls4ml flow has images of one or two dimensions, and its data has the shape {}.",
                           shapeText(data));
    PoolingPayload pool;
    pool.is_maximum = node.op_type == "GlobalMaxPool";
    pool.is_global = true;
    pool.dimensions = static_cast<int>(data.size()) - 1;
    ImageWindow& window = pool.window;
    window.channels = data.front();
    window.in_height = window.kernel_height = data.size() == 3 ? data[1] : 1;
    window.in_width = window.kernel_width = data.back();
    const LinkId input = context.link(node, 0);
    LayerNode& added = context.add(node, pool, {input});
    added.shape = {window.channels};
    return {};
}

} // namespace bitwright::hls4ml
