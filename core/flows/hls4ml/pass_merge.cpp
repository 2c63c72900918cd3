// SPDX-License-Identifier: GPL-3.0-or-later
// Constants next to data: scalings with a bias, and dense layers.
#include "flows/hls4ml/pass.h"

#include <algorithm>
#include <numeric>

namespace bitwright::hls4ml {

namespace {

/// hls4ml's C++ does not broadcast, so the constants take the shape of the data.
Array fitted(const Array& array, const Shape& shape)
{
    Shape own = array->shape;
    while (own.size() > shape.size() && own.front() == 1)
        own.erase(own.begin());
    const Array trimmed = reshaped(array, own);
    const auto broadcast = broadcastTo(trimmed, shape);
    return broadcast ? *broadcast : trimmed;
}

LayerNode* inputIfConstant(PassContext& context, LayerNode& node, std::size_t which)
{
    LayerNode* input = context.graph.inputNode(node, which);
    return input && input->as<ConstantPayload>() ? input : nullptr;
}

bool replaceByApplyAlpha(PassContext& context, LayerNode& node, LayerNode& constant, std::size_t data_input,
                         AffinePayload affine)
{
    affine.is_apply_alpha = true;
    affine.scale.unquantised = fitted(affine.scale.unquantised, node.shape);
    affine.bias.unquantised = fitted(affine.bias.unquantised, node.shape);
    LayerNode scaling;
    scaling.name = "bn_" + node.name;
    scaling.inputs = {node.inputs[data_input]};
    scaling.shape = node.shape;
    scaling.payload = std::move(affine);
    scaling.origin = {node.origin.layer, node.className()};
    scaling.model_nodes = node.model_nodes;
    scaling.model_nodes.insert(scaling.model_nodes.end(), constant.model_nodes.begin(), constant.model_nodes.end());
    context.graph.replace(node, std::move(scaling));
    context.graph.drop(constant);
    return true;
}

/// The negated values of an unsigned quantiser need a sign.
std::optional<Quantiser> withSign(std::optional<Quantiser> quantiser)
{
    if (!quantiser || !quantiser->fixed() || quantiser->fixed()->is_signed)
        return quantiser;
    FixedFormat format = *quantiser->fixed();
    ++format.width_bits;
    ++format.integer_bits;
    format.is_signed = true;
    quantiser->format = format;
    return quantiser;
}

/// The inverse of a number that a quantiser holds, in hls4ml's estimate of its width.
std::optional<Quantiser> ofInverse(std::optional<Quantiser> quantiser)
{
    if (!quantiser || !quantiser->fixed())
        return quantiser;
    FixedFormat format = *quantiser->fixed();
    const int sign = format.is_signed ? 1 : 0;
    const int fraction = format.fractionBits();
    format.integer_bits = 1 + sign + fraction;
    format.width_bits = 1 + sign + std::max(fraction, 0);
    quantiser->format = format;
    return quantiser;
}

} // namespace

bool mergeConstantToApplyAlpha(PassContext& context, LayerNode& node)
{
    const auto* merge = node.as<MergePayload>();
    if (!merge || (merge->operation != "add" && merge->operation != "subtract" && merge->operation != "multiply"))
        return false;
    LayerNode* second = inputIfConstant(context, node, 1);
    LayerNode* constant = second ? second : inputIfConstant(context, node, 0);
    if (!constant)
        return false;
    const ConstantPayload& payload = *constant->as<ConstantPayload>();
    AffinePayload affine;
    if (merge->operation == "multiply") {
        affine.scale = {payload.value, payload.quantiser, std::nullopt};
        affine.bias = {arrayOf(0, ArrayType::Int64), std::nullopt, integerFormat(1, false)};
    } else {
        const bool is_negated = merge->operation == "subtract" && second;
        const bool is_reversed = merge->operation == "subtract" && !second;
        affine.scale = {arrayOf(is_reversed ? -1 : 1, ArrayType::Int64), std::nullopt,
                        is_reversed ? integerFormat(2, true) : integerFormat(1, false)};
        affine.bias = {is_negated ? negated(payload.value) : payload.value,
                       is_negated ? withSign(payload.quantiser) : payload.quantiser, std::nullopt};
    }
    return replaceByApplyAlpha(context, node, *constant, second ? 0 : 1, std::move(affine));
}

bool divideByConstantToApplyAlpha(PassContext& context, LayerNode& node)
{
    const auto* merge = node.as<MergePayload>();
    LayerNode* constant = merge && merge->operation == "divide" ? inputIfConstant(context, node, 1) : nullptr;
    if (!constant)
        return false;
    const ConstantPayload& payload = *constant->as<ConstantPayload>();
    AffinePayload affine;
    affine.scale = {reciprocal(payload.value), ofInverse(payload.quantiser), std::nullopt};
    affine.bias = {arrayOf(0, ArrayType::Int64), std::nullopt, integerFormat(1, false)};
    return replaceByApplyAlpha(context, node, *constant, 0, std::move(affine));
}

bool matMulToDense(PassContext& context, LayerNode& node)
{
    LayerNode* constant = node.as<MatMulPayload>() ? inputIfConstant(context, node, 1) : nullptr;
    if (!constant)
        return false;
    const ConstantPayload& payload = *constant->as<ConstantPayload>();
    DensePayload dense;
    dense.weight = {payload.value, payload.quantiser, std::nullopt};
    dense.bias.unquantised = filledArray({node.shape.back()}, 0, ArrayType::Float64);
    dense.n_in = payload.value->shape.front();
    dense.n_out = payload.value->shape.back();
    dense.rows = std::accumulate(node.shape.begin(), node.shape.end() - 1, std::int64_t{1}, std::multiplies<>());
    LayerNode layer;
    layer.name = "Dense_" + node.name;
    layer.inputs = {node.inputs.front()};
    layer.shape = node.shape;
    layer.payload = std::move(dense);
    layer.origin = {node.origin.layer, node.className()};
    layer.model_nodes = node.model_nodes;
    layer.model_nodes.insert(layer.model_nodes.end(), constant->model_nodes.begin(), constant->model_nodes.end());
    context.graph.replace(node, std::move(layer));
    context.graph.drop(*constant);
    return true;
}

} // namespace bitwright::hls4ml
