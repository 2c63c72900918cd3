// SPDX-License-Identifier: GPL-3.0-or-later
// QONNX quantisers become types: of constants, of linear activations, or integers between two scalings (section 3.3).
#include "flows/hls4ml/pass.h"
#include "support/diagnostic_codes.h"

#include <cmath>

namespace bitwright::hls4ml {

namespace {

void warnOfZeroPoint(PassContext& context, const LayerNode& node, const QuantPayload& quant)
{
    if (quant.zero_point && !quant.zero_point->is_all_zeros)
        context.findings.push_back({DiagnosticCode::ZeroPointIgnored, {node.name}, LayerLocation{node.origin.layer, {}},
                                    "Store the model with a zero point of 0."});
}

Quantiser quantiserOf(const QuantPayload& quant, int integer_bits)
{
    if (quant.is_bipolar)
        return {Quantiser::Kind::Binary, BipolarFormat{}};
    FixedFormat format = fixedFormat(quant.width_bits, integer_bits, quant.is_signed);
    format.rounding = quant.rounding;
    format.overflow = quant.is_narrow ? Overflow::SatSym : Overflow::Sat;
    return {Quantiser::Kind::Uniform, format};
}

/// The layer that quantises data: a linear activation, or a sign.
LayerNode activationOf(const LayerNode& node, const Quantiser& quantiser)
{
    ActivationPayload activation;
    activation.function = quantiser.kind == Quantiser::Kind::Binary ? "binary_tanh" : "linear";
    activation.quantiser = quantiser;
    LayerNode act;
    act.name = node.name + "_act";
    act.inputs = node.inputs;
    act.shape = node.shape;
    act.payload = std::move(activation);
    act.origin = {node.origin.layer, node.className()};
    act.fixed_result = quantiser.format;
    act.model_nodes = node.model_nodes;
    return act;
}

LayerNode scalingOf(const LayerNode& node, const char* suffix, Array scale, Array bias, LinkId input)
{
    AffinePayload affine;
    affine.is_apply_alpha = true;
    affine.scale.unquantised = std::move(scale);
    affine.bias.unquantised = std::move(bias);
    LayerNode scaling;
    scaling.name = node.name + suffix;
    scaling.inputs = {input};
    scaling.shape = node.shape;
    scaling.shape_is_static = node.shape_is_static;
    scaling.payload = std::move(affine);
    scaling.origin = {node.origin.layer, node.className()};
    scaling.model_nodes = node.model_nodes;
    return scaling;
}

/// scale and -zero_point * scale, for every element.
void rescaling(const QuantPayload& quant, const Shape& shape, Array& scale, Array& bias)
{
    scale = *broadcastTo(quant.scale, shape);
    if (quant.is_bipolar) {
        bias = filledArray(shape, 0, ArrayType::Float64);
        return;
    }
    const auto offset = combine(ArrayOperation::Multiply, negated(quant.zero_point), quant.scale);
    bias = *broadcastTo(*offset, shape);
}

ConstantPayload* constantInput(PassContext& context, LayerNode& node)
{
    LayerNode* input = context.graph.inputNode(node);
    return input ? input->as<ConstantPayload>() : nullptr;
}

bool fuseQuantWithConstant(PassContext& context, LayerNode& node)
{
    const auto* quant = node.as<QuantPayload>();
    ConstantPayload* constant = quant ? constantInput(context, node) : nullptr;
    const auto scale = constant ? impliedScale(*quant) : std::nullopt;
    if (!scale)
        return false;
    constant->quantiser = quantiserOf(*quant, quant->is_bipolar ? 1 : quant->width_bits + exponentOf(*scale));
    warnOfZeroPoint(context, node, *quant);
    context.graph.inputNode(node)->model_nodes = node.model_nodes;
    context.graph.remove(node);
    return true;
}

bool quantToActivation(PassContext& context, LayerNode& node)
{
    const auto* quant = node.as<QuantPayload>();
    const auto scale = quant && !constantInput(context, node) ? impliedScale(*quant) : std::nullopt;
    if (!scale)
        return false;
    const int integer_bits = quant->is_bipolar ? 1 : quant->width_bits + exponentOf(*scale);
    warnOfZeroPoint(context, node, *quant);
    context.graph.replace(node, activationOf(node, quantiserOf(*quant, integer_bits)));
    return true;
}

bool constQuantToConstAlpha(PassContext& context, LayerNode& node)
{
    const auto* quant = node.as<QuantPayload>();
    ConstantPayload* constant = quant ? constantInput(context, node) : nullptr;
    if (!constant)
        return false;
    if (!quant->is_bipolar) { // a positive scale does not change a sign
        const auto divided = combine(ArrayOperation::Divide, constant->value, quant->scale);
        constant->value = *combine(ArrayOperation::Add, *divided, quant->zero_point);
    }
    constant->quantiser = quantiserOf(*quant, quant->width_bits);
    Array scale, bias;
    rescaling(*quant, node.shape, scale, bias);
    context.graph.replace(node, scalingOf(node, "_rescale", scale, bias, node.inputs.front()));
    return true;
}

bool quantToAlphaActivationAlpha(PassContext& context, LayerNode& node)
{
    const auto* quant = node.as<QuantPayload>();
    if (!quant || constantInput(context, node))
        return false;
    const QuantPayload parameters = *quant;
    const LayerNode original = node;
    LayerNode& act = context.graph.replace(node, activationOf(node, quantiserOf(parameters, parameters.width_bits)));
    const LinkId quantised = act.output;
    if (!parameters.is_bipolar) {
        const Array scale = *broadcastTo(reciprocal(parameters.scale), original.shape);
        const Array offset = *broadcastTo(parameters.zero_point, original.shape);
        context.graph.insertAfterInput(scalingOf(original, "_scale", scale, offset, original.inputs.front()));
    }
    Array scale, bias;
    rescaling(parameters, original.shape, scale, bias);
    context.graph.insertAfterInput(scalingOf(original, "_rescale", scale, bias, quantised));
    return true;
}

// Uniform and bipolar quantisers take the same passes; the two never meet in one node, so the order among them is free.
constexpr GraphPass kParsePasses[] = {
    {"fuse quantisers with constants", fuseQuantWithConstant},
    {"turn quantisers into activations", quantToActivation},
    {"split quantisers of constants", constQuantToConstAlpha},
    {"split quantisers of data", quantToAlphaActivationAlpha},
    {"move scales below additions", moveScaleBelowAdd},
    {"move scales below products", moveScaleBelowMatMul},
    {"move scales below convolutions", moveScaleBelowConvolution},
    {"merge constants into scalings", mergeConstantToApplyAlpha},
    {"turn divisions into scalings", divideByConstantToApplyAlpha},
    {"make dense layers", matMulToDense},
    {"make convolutions", makeConvolution},
    {"fold scaled constants", foldScaledConstant},
};

} // namespace

/// hls4ml means to ask for a zero point of 0 as well, but overwrites the answer.
std::optional<double> impliedScale(const QuantPayload& quant)
{
    const auto scale = uniformValue(quant.scale);
    if (!scale)
        return std::nullopt;
    const bool is_implied = quant.is_bipolar ? *scale == 1 : isPowerOfTwo(*scale);
    return is_implied ? scale : std::nullopt;
}

std::span<const GraphPass> parsePasses() { return kParsePasses; }

} // namespace bitwright::hls4ml
