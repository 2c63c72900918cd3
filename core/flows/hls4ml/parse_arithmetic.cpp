// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for products, batch normalisation and combinations of two values.
#include "flows/hls4ml/rules.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

struct MergeWord {
    std::string_view op_type;
    std::string_view operation; ///< as hls4ml says it
};
constexpr MergeWord kMergeWords[] = {
    {"Add", "add"},     {"Sum", "add"},     {"Sub", "subtract"}, {"Mul", "multiply"},
    {"Div", "divide"},  {"Mean", "average"}, {"Max", "maximum"},  {"Min", "minimum"},
};

std::string_view mergeWord(const std::string& op_type)
{
    return std::find_if(std::begin(kMergeWords), std::end(kMergeWords),
                        [&](const MergeWord& word) { return word.op_type == op_type; })
        ->operation;
}

/// Whether hls4ml turns the operation with a constant into an ApplyAlpha.
bool takesConstant(std::string_view operation, std::size_t constant_input)
{
    if (operation == "divide")
        return constant_input == 1;
    return operation == "add" || operation == "subtract" || operation == "multiply";
}

/// Whether a constant, possibly with a batch dimension of 1, can be repeated to the shape of the data.
bool fitsData(const Tensor& constant, const Shape& shape)
{
    Shape own = constant.shape();
    while (own.size() > shape.size() && own.front() == 1)
        own.erase(own.begin());
    return broadcastTo(filledArray(own, 0, ArrayType::Int64), shape).has_value();
}

/// The shape of per-channel parameters next to data of @p shape (channels first, without the batch dimension).
Shape channelShape(const Shape& shape, bool is_channels_last)
{
    Shape channels(shape.size(), 1);
    if (is_channels_last)
        channels.back() = shape.back();
    else
        channels.front() = shape.front();
    return channels;
}

} // namespace

Refusal parseMatMul(ParseContext& context, const Node& node)
{
    if (context.inputCount(node) != 2)
        return "A MatMul needs two inputs.";
    if (!context.isData(node, 0) || context.isData(node, 1))
        return "The hls4ml flow multiplies data with a constant matrix on the right: make the second input a constant.";
    const Shape data = context.inputShape(node, 0);
    const Shape matrix = context.inputShape(node, 1);
    if (matrix.size() != 2 || data.empty() || data.back() != matrix.front())
        return fmt::format("The shapes {} and {} do not make a dense layer: a matrix of rank 2 is needed on the right.",
                           shapeText(data), shapeText(matrix));
    const Tensor* source = context.staticSource(node, 1);
    if (!source || source->shape() != matrix)
        return "The matrix on the right could not be folded into one constant.";
    const LinkId left = context.link(node, 0);
    const LinkId right = context.link(node, 1);
    context.add(node, MatMulPayload{}, {left, right});
    return {};
}

Refusal parseBatchNormalization(ParseContext& context, const Node& node)
{
    if (context.inputCount(node) != 5 || !context.isData(node, 0))
        return "A BatchNormalization needs data and four constants.";
    Array parameters[4];
    const Shape shape = context.inputShape(node);
    const bool is_channels_last = node.domain == "qonnx.custom_op.channels_last";
    for (std::size_t i = 0; i < 4; ++i) {
        const Tensor* tensor = context.staticSource(node, i + 1);
        if (!tensor)
            return "The parameters of a BatchNormalization have to be constants.";
        parameters[i] = arrayFromTensor(*tensor);
        if (shape.size() > 1)
            parameters[i] = reshaped(parameters[i], channelShape(shape, is_channels_last));
    }
    const auto& [gamma, beta, mean, variance] = parameters;
    const auto scale = batchNormScale(gamma, variance, attributeFloat(node, "epsilon", 1e-5));
    const auto product = scale ? combine(ArrayOperation::Multiply, *scale, mean) : std::nullopt;
    const auto bias = product ? combine(ArrayOperation::Subtract, beta, *product) : std::nullopt;
    if (!bias || !broadcastTo(*scale, shape) || !broadcastTo(*bias, shape))
        return fmt::format("Its parameters do not fit data of shape {}.", shapeText(shape));
    AffinePayload affine;
    affine.scale.unquantised = *broadcastTo(*scale, shape);
    affine.bias.unquantised = *broadcastTo(*bias, shape);
    const LinkId input = context.link(node, 0);
    context.add(node, std::move(affine), {input});
    return {};
}

Refusal parseMerge(ParseContext& context, const Node& node)
{
    const std::size_t count = context.inputCount(node);
    if (count == 1 && context.isData(node, 0))
        return parsePassThrough(context, node); // Sum, Mean, Max and Min of one value
    if (count != 2)
        return fmt::format("The hls4ml flow combines two values at a time, and this {} has {}: chain several of them.",
                           node.op_type, count);
    const std::string_view operation = mergeWord(node.op_type);
    if (!context.isData(node, 0) && !context.isData(node, 1))
        return "Both of its inputs are constants that could not be folded into one.";
    for (std::size_t i = 0; i < 2; ++i) {
        if (context.isData(node, i))
            continue;
        if (!takesConstant(operation, i))
            return fmt::format("The hls4ml flow has no rule for {} with a constant as input {}.", node.op_type, i + 1);
        if (context.inputShape(node, 1 - i) != context.outputShape(node))
            return "Its constant is larger than the data, so that the data would have to be repeated.";
        const Tensor* source = context.staticSource(node, i);
        if (!source || !fitsData(*source, context.outputShape(node)))
            return "Its constant does not fit the data.";
    }
    const LinkId left = context.link(node, 0);
    const LinkId right = context.link(node, 1);
    context.add(node, MergePayload{std::string(operation)}, {left, right});
    return {};
}

Refusal parseConcat(ParseContext& context, const Node& node)
{
    const Shape shape = context.outputShape(node);
    const auto rank = static_cast<std::int64_t>(shape.size()) + 1;
    std::int64_t axis = attributeInt(node, "axis", 1);
    if (axis < 0)
        axis += rank;
    if (axis < 1 || axis >= rank)
        return "The hls4ml flow cannot concatenate along the batch dimension.";
    std::vector<LinkId> inputs;
    std::int64_t extent = 0;
    for (std::size_t i = 0; i < context.inputCount(node); ++i) {
        if (!context.isData(node, i))
            return "The hls4ml flow concatenates data only: one input is a constant.";
        Shape part = context.inputShape(node, i);
        if (part.size() != shape.size())
            return "Its inputs have different ranks.";
        const auto along = static_cast<std::size_t>(axis - 1);
        extent += part[along];
        part[along] = shape[along];
        if (part != shape)
            return "The shapes of its inputs do not fit each other.";
        inputs.push_back(context.link(node, i));
    }
    if (extent != shape[static_cast<std::size_t>(axis - 1)])
        return "The shapes of its inputs do not add up to the shape of its result.";
    context.add(node, ConcatenatePayload{axis - 1}, std::move(inputs));
    return {};
}

} // namespace bitwright::hls4ml
