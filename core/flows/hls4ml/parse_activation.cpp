// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for functions of one element, and softmax.
#include "flows/hls4ml/rules.h"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

Refusal needsData(const ParseContext& context, const Node& node)
{
    return context.isData(node, 0) ? Refusal{} : "Its input is a constant that could not be folded away.";
}

LayerNode& addActivation(ParseContext& context, const Node& node, ActivationPayload activation)
{
    const LinkId input = context.link(node, 0);
    return context.add(node, std::move(activation), {input});
}

std::int64_t product(const Shape& shape, std::size_t begin, std::size_t end)
{
    return std::accumulate(shape.begin() + static_cast<std::ptrdiff_t>(begin),
                           shape.begin() + static_cast<std::ptrdiff_t>(end), std::int64_t{1}, std::multiplies<>());
}

} // namespace

Refusal parseActivation(ParseContext& context, const Node& node)
{
    if (Refusal reason = needsData(context, node); !reason.empty())
        return reason;
    if (node.op_type == "Selu") {
        const double alpha = attributeFloat(node, "alpha", 1.6732632423543772);
        const double gamma = attributeFloat(node, "gamma", 1.0507009873554805);
        if (std::abs(alpha - 1.6732632423543772) > 1e-6 || std::abs(gamma - 1.0507009873554805) > 1e-6)
            return "The hls4ml flow's table of SELU has the standard alpha and gamma only.";
    }
    ActivationPayload activation;
    activation.function = node.op_type;
    addActivation(context, node, std::move(activation));
    return {};
}

Refusal parseParametrizedActivation(ParseContext& context, const Node& node)
{
    if (Refusal reason = needsData(context, node); !reason.empty())
        return reason;
    ActivationPayload activation;
    activation.function = node.op_type;
    activation.class_name = "ParametrizedActivation";
    // hls4ml takes 0.01 where the file leaves alpha out, whatever the operator's own default is.
    activation.parameter = attributeFloat(node, "alpha", 0.01);
    if (!std::isfinite(activation.parameter))
        return "Its alpha is not a finite number.";
    addActivation(context, node, std::move(activation));
    return {};
}

/// The bounds of the rectifiers that the hardware has; the upper one of others is a saturating result format.
Refusal parseClip(ParseContext& context, const Node& node)
{
    if (Refusal reason = needsData(context, node); !reason.empty())
        return reason;
    const auto bound = [&](std::size_t input, const char* name, double fallback) {
        const Tensor* constant = context.constant(node, input);
        return constant && constant->size() == 1 ? elementAsDouble(*constant, 0) : attributeFloat(node, name, fallback);
    };
    const bool is_given = (context.inputCount(node) < 2 || !context.isData(node, 1)) && (context.inputCount(node) < 3 || !context.isData(node, 2));
    const double low = bound(1, "min", -HUGE_VAL);
    const double high = bound(2, "max", HUGE_VAL);
    ActivationPayload activation;
    activation.function = high == 6 ? "Relu6" : high == 1 ? "Relu1" : "Relu";
    if (!is_given || low != 0 || (activation.function == "Relu" && high < 3e38))
        return "The hls4ml flow clips from 0 to 1, to 6 or without an upper bound: use a saturating result format for others.";
    addActivation(context, node, std::move(activation));
    return {};
}

Refusal parsePrelu(ParseContext& context, const Node& node)
{
    if (Refusal reason = needsData(context, node); !reason.empty())
        return reason;
    const Tensor* slopes = context.staticSource(node, 1);
    const Shape shape = context.inputShape(node);
    if (!slopes)
        return "Its slopes have to be constants.";
    Array array = arrayFromTensor(*slopes);
    if (array->shape.size() == shape.size() + 1 && array->shape.front() == 1)
        array = reshaped(array, Shape(array->shape.begin() + 1, array->shape.end()));
    const auto fitted = broadcastTo(array, shape);
    if (!fitted)
        return fmt::format("Its slopes of shape {} do not fit data of shape {}.", shapeText(array->shape),
                           shapeText(shape));
    ActivationPayload activation;
    activation.function = "PRelu";
    activation.class_name = "PReLU";
    activation.slopes = *fitted;
    addActivation(context, node, std::move(activation));
    return {};
}

Refusal parseHardSigmoid(ParseContext& context, const Node& node)
{
    if (Refusal reason = needsData(context, node); !reason.empty())
        return reason;
    ActivationPayload activation;
    activation.function = "HardSigmoid";
    activation.class_name = "HardActivation";
    activation.parameter = attributeFloat(node, "alpha", 0.2);
    activation.shift = attributeFloat(node, "beta", 0.5);
    if (!std::isfinite(activation.parameter) || !std::isfinite(activation.shift))
        return "Its slope or shift is not a finite number.";
    addActivation(context, node, std::move(activation));
    return {};
}

Refusal parseSoftmax(ParseContext& context, const Node& node)
{
    if (Refusal reason = needsData(context, node); !reason.empty())
        return reason;
    const Shape shape = context.inputShape(node);
    const auto rank = static_cast<std::int64_t>(shape.size()) + 1;
    const bool flattens = context.opset() < 13; // all axes from the named one on count as one
    std::int64_t axis = attributeInt(node, "axis", flattens ? 1 : -1);
    if (axis < 0)
        axis += rank;
    if (axis < 1 || axis >= rank)
        return "The hls4ml flow cannot normalise along the batch dimension.";
    const auto along = static_cast<std::size_t>(axis - 1);
    SoftmaxPayload softmax;
    softmax.outer = product(shape, 0, along);
    softmax.n = flattens ? product(shape, along, shape.size()) : shape[along];
    softmax.inner = flattens ? 1 : product(shape, along + 1, shape.size());
    const LinkId input = context.link(node, 0);
    context.add(node, softmax, {input});
    return {};
}

} // namespace bitwright::hls4ml
