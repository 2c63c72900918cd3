// SPDX-License-Identifier: GPL-3.0-or-later
// Convolutions take their constants in, let scales through, and are padded where they are streams (sections 2.2 and 3.3).
#include "flows/hls4ml/pass.h"

#include <algorithm>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

bool hasNoOffset(const LayerNode* scaling)
{
    return !scaling || scaling->as<AffinePayload>()->bias.unquantised->is_all_zeros;
}

/// A scale that is the same for all elements, as a number; nothing where it is not.
std::optional<Array> scalarScale(const LayerNode& scaling)
{
    const Array& scale = scaling.as<AffinePayload>()->scale.unquantised;
    const auto value = uniformValue(scale);
    return value ? std::optional(arrayOf(*value, scale->type)) : std::nullopt;
}

/// The scale of weights as one number, or one per filter where each filter has one.
std::optional<Array> filterScale(const LayerNode& scaling)
{
    if (auto scalar = scalarScale(scaling))
        return scalar;
    const Array& scale = scaling.as<AffinePayload>()->scale.unquantised;
    const auto filters = static_cast<std::size_t>(scale->shape.front());
    const std::size_t each = scale->values.size() / filters;
    auto row = std::make_shared<ArrayData>(*scale);
    row->shape = {scale->shape.front()};
    row->values.clear();
    for (std::size_t i = 0; i < scale->values.size(); ++i) {
        if (i % each == 0)
            row->values.push_back(scale->values[i]);
        else if (scale->values[i] != row->values.back())
            return std::nullopt;
    }
    row->id = ContentHasher().text("per filter").add(scale->id).value();
    return row;
}

struct ScaledInputs {
    LayerNode* data = nullptr;    ///< scalings, where there are some
    LayerNode* weights = nullptr;
    LayerNode* bias = nullptr;
    const LayerNode* bias_source = nullptr; ///< the constant itself
};

ScaledInputs scaledInputs(PassContext& context, LayerNode& node)
{
    const auto scaling = [&](std::size_t which) {
        LayerNode* input = which < node.inputs.size() ? context.graph.inputNode(node, which) : nullptr;
        return isMovableScale(input) ? input : nullptr;
    };
    return {scaling(0), scaling(1), scaling(2), node.inputs.size() > 2 ? context.graph.inputNode(node, 2) : nullptr};
}

/// What has to be added to scale * (convolution + bias), so that the bias is not scaled; nothing where that is unknown.
std::optional<Array> offsetOfResult(const ScaledInputs& inputs, const Array& scale, const Shape& shape)
{
    if (inputs.bias) {
        const auto of_bias = scalarScale(*inputs.bias);
        if (!of_bias || !scale->shape.empty() || (*of_bias)->values != scale->values)
            return std::nullopt;
        return broadcastTo(inputs.bias->as<AffinePayload>()->bias.unquantised, shape);
    }
    const auto* constant = inputs.bias_source ? inputs.bias_source->as<ConstantPayload>() : nullptr;
    if (!inputs.bias_source || (constant && constant->value->is_all_zeros))
        return filledArray(shape, 0, ArrayType::Float64);
    if (!constant)
        return std::nullopt;
    const auto rest = combine(ArrayOperation::Subtract, arrayOf(1, scale->type), scale);
    const auto offset = rest ? combine(ArrayOperation::Multiply, constant->value, *rest) : std::nullopt;
    return offset ? broadcastTo(*offset, shape) : std::nullopt;
}

std::optional<Array> scaleOfResult(const ScaledInputs& inputs)
{
    const auto of_data = inputs.data ? scalarScale(*inputs.data) : std::optional<Array>();
    const auto of_weights = inputs.weights ? filterScale(*inputs.weights) : std::optional<Array>();
    if ((inputs.data && !of_data) || (inputs.weights && !of_weights))
        return std::nullopt;
    if (of_data && of_weights)
        return combine(ArrayOperation::Multiply, *of_data, *of_weights);
    if (of_data || of_weights)
        return of_data ? of_data : of_weights;
    return arrayOf(1, ArrayType::Float32); // the bias alone is scaled
}

std::shared_ptr<const std::vector<std::int64_t>> paddedElements(const ConvolutionPayload& image, std::int64_t height,
                                                                std::int64_t width)
{
    const ImageWindow& window = image.window;
    auto elements = std::make_shared<std::vector<std::int64_t>>();
    elements->reserve(static_cast<std::size_t>(height * width * window.channels));
    for (std::int64_t pixel = 0; pixel < height * width; ++pixel) {
        const std::int64_t y = pixel / width - window.pad_top;
        const std::int64_t x = pixel % width - window.pad_left;
        const bool is_inside = y >= 0 && y < window.in_height && x >= 0 && x < window.in_width;
        for (std::int64_t c = 0; c < window.channels; ++c)
            elements->push_back(is_inside ? (y * window.in_width + x) * window.channels + c : -1);
    }
    return elements;
}

} // namespace

bool moveScaleBelowConvolution(PassContext& context, LayerNode& node)
{
    if (!node.as<ConvolutionPayload>())
        return false;
    const ScaledInputs inputs = scaledInputs(context, node);
    if ((!inputs.data && !inputs.weights && !inputs.bias) || !hasNoOffset(inputs.data) || !hasNoOffset(inputs.weights))
        return false;
    const auto scale = scaleOfResult(inputs);
    const auto all = scale ? broadcastTo(*scale, node.shape) : std::nullopt;
    const auto offset = scale ? offsetOfResult(inputs, *scale, node.shape) : std::nullopt;
    if (!all || !offset)
        return false;
    LayerNode* named = inputs.weights ? inputs.weights : inputs.data ? inputs.data : inputs.bias;
    if (inputs.data)
        warnWhereShared(context, *inputs.data, node);
    const LayerNode moved = scalingBehind(*named, node, *all, *offset);
    for (LayerNode* scaling : {inputs.data, inputs.weights, inputs.bias}) {
        if (scaling)
            context.graph.remove(*scaling);
    }
    context.graph.insertAfterInput(moved);
    return true;
}

bool makeConvolution(PassContext& context, LayerNode& node)
{
    const auto* convolution = node.as<ConvolutionPayload>();
    if (!convolution)
        return false;
    LayerNode* constants[2] = {context.graph.inputNode(node, 1), context.graph.inputNode(node, 2)};
    const bool has_bias = node.inputs.size() > 2;
    if (!constants[0] || !constants[0]->as<ConstantPayload>() || (has_bias && !constants[1]->as<ConstantPayload>()))
        return false;
    const ConstantPayload& weights = *constants[0]->as<ConstantPayload>();
    DensePayload product;
    product.convolution = *convolution;
    product.weight = {firstAxisLast(weights.value), weights.quantiser, std::nullopt};
    product.bias.unquantised = filledArray({convolution->filters}, 0, ArrayType::Float64);
    if (has_bias) {
        const ConstantPayload& bias = *constants[1]->as<ConstantPayload>();
        product.bias = {reshaped(bias.value, {convolution->filters}), bias.quantiser, std::nullopt};
    }
    product.n_in = convolution->window.taps() * convolution->window.channels / convolution->groups;
    product.n_out = convolution->filters;
    product.rows = convolution->window.outputPixels();
    LayerNode layer;
    layer.inputs = {node.inputs.front()};
    layer.shape = node.shape;
    layer.payload = std::move(product);
    layer.name = layer.className() + "_" + node.name;
    layer.origin = {node.origin.layer, node.className()};
    layer.model_nodes = node.model_nodes;
    for (const LayerNode* constant : constants) {
        if (constant)
            layer.model_nodes.insert(layer.model_nodes.end(), constant->model_nodes.begin(), constant->model_nodes.end());
    }
    context.graph.replace(node, std::move(layer));
    context.graph.drop(*constants[0]);
    if (has_bias)
        context.graph.drop(*constants[1]);
    return true;
}

/// A stream has no edge that a window could reach over: the zeros have to pass as pixels.
bool padStream(PassContext& context, LayerNode& node)
{
    auto* dense = node.as<DensePayload>();
    if (!dense || !dense->convolution || context.types->ioType() != IoType::Stream)
        return false;
    ConvolutionPayload& image = *dense->convolution;
    ImageWindow& window = image.window;
    if (window.pad_top == 0 && window.pad_left == 0 && image.pad_bottom == 0 && image.pad_right == 0)
        return false;
    const std::int64_t height = window.in_height + window.pad_top + image.pad_bottom;
    const std::int64_t width = window.in_width + window.pad_left + image.pad_right;
    LayerNode padding;
    padding.name = fmt::format("zp{}d_{}", image.dimensions, node.name);
    padding.payload = RearrangePayload{fmt::format("ZeroPadding{}D", image.dimensions), "pad",
                                       paddedElements(image, height, width)};
    padding.shape = image.dimensions == 1 ? Shape{width, window.channels} : Shape{height, width, window.channels};
    padding.origin = node.origin;
    padding.model_nodes = node.model_nodes;
    padding.is_inserted = true;
    padding.types[slots::kResult] = {*context.graph.inputNode(node)->types.at(slots::kResult).format,
                                     SettingSource::Inferred};
    window.in_height = height;
    window.in_width = width;
    window.pad_top = window.pad_left = image.pad_bottom = image.pad_right = 0;
    context.graph.insertBefore(node, 0, std::move(padding));
    return true;
}

bool markPointwise(PassContext&, LayerNode& node)
{
    auto* dense = node.as<DensePayload>();
    ConvolutionPayload* image = dense && dense->convolution ? &*dense->convolution : nullptr;
    if (!image || image->is_pointwise || image->window.taps() != 1 || image->isDepthwise())
        return false;
    image->is_pointwise = true;
    return true;
}

/// The maximum of signs is a sign.
bool poolSigns(PassContext& context, LayerNode& node)
{
    const auto* pool = node.as<PoolingPayload>();
    if (!pool || !pool->is_maximum)
        return false;
    const auto& input = context.graph.inputNode(node)->types.at(slots::kResult).format;
    TypeVariable& result = node.types.at(slots::kResult);
    if (!input || !std::holds_alternative<BipolarFormat>(*input) || result.format == input)
        return false;
    result = {*input, SettingSource::Inferred};
    return true;
}

} // namespace bitwright::hls4ml
