// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for QONNX quantisers: their parameters are known once and for all when the graph is made.
#include "flows/hls4ml/rules.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

struct RoundingWord {
    std::string_view name;
    Rounding rounding;
};
/// hls4ml takes ROUND and FLOOR only; the others have an `ap_fixed` mode of the same meaning.
constexpr RoundingWord kRoundingWords[] = {
    {"ROUND", Rounding::RndConv},     {"HALF_EVEN", Rounding::RndConv}, {"FLOOR", Rounding::Trn},
    {"ROUND_TO_ZERO", Rounding::TrnZero}, {"DOWN", Rounding::TrnZero},  {"HALF_UP", Rounding::RndInf},
    {"HALF_DOWN", Rounding::RndZero},
};

std::optional<Rounding> roundingOf(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto found = std::find_if(std::begin(kRoundingWords), std::end(kRoundingWords),
                                    [&](const RoundingWord& word) { return word.name == name; });
    return found == std::end(kRoundingWords) ? std::nullopt : std::optional(found->rounding);
}

/// A constant parameter; a lone number becomes an array of one, as hls4ml makes it.
Array parameter(const ParseContext& context, const Node& node, std::size_t input)
{
    const Tensor* tensor = context.constant(node, input);
    if (!tensor)
        return nullptr;
    Array array = arrayFromTensor(*tensor);
    return array->shape.empty() ? reshaped(array, {1}) : array;
}

/// Parameters of data carry the batch dimension; the data do not.
Array withoutBatch(const Array& array, const Shape& data_shape)
{
    if (array->shape.size() != data_shape.size() + 1 || array->shape.front() != 1)
        return array;
    return reshaped(array, Shape(array->shape.begin() + 1, array->shape.end()));
}

Refusal checkScale(const Array& scale, const Shape& shape)
{
    const bool is_usable = std::all_of(scale->values.begin(), scale->values.end(),
                                       [](double value) { return std::isfinite(value) && value != 0; });
    if (!is_usable)
        return "Its scale is zero or not a finite number.";
    if (!broadcastTo(scale, shape))
        return fmt::format("Its scale of shape {} does not fit data of shape {}.", shapeText(scale->shape),
                           shapeText(shape));
    return {};
}

/// The stored shape of a constant is what counts later on.
Refusal checkConstantShape(const ParseContext& context, const Node& node, const Shape& shape)
{
    const Tensor* tensor = context.constant(node, 0);
    const bool is_number = tensor && tensor->shape().empty() && shape == Shape{1};
    return tensor && !is_number && tensor->shape() != shape ? Refusal("Its result does not have the shape of its input.") : Refusal();
}

LayerNode& addQuant(ParseContext& context, const Node& node, QuantPayload quant)
{
    const LinkId input = context.link(node, 0);
    return context.add(node, std::move(quant), {input});
}

} // namespace

Refusal parseQuant(ParseContext& context, const Node& node)
{
    QuantPayload quant;
    quant.scale = parameter(context, node, 1);
    quant.zero_point = parameter(context, node, 2);
    const Array width = parameter(context, node, 3);
    if (!quant.scale || !quant.zero_point || !width)
        return "Its scale, zero point and bit width have to be constants.";
    if (width->values.size() != 1 || !(width->values[0] >= 1 && width->values[0] <= kMaximumWidthBits))
        return fmt::format("Its bit width has to be one number from 1 to {}.", kMaximumWidthBits);
    quant.width_bits = static_cast<int>(std::ceil(width->values[0]));
    quant.is_signed = attributeInt(node, "signed", 1) != 0;
    quant.is_narrow = attributeInt(node, "narrow", 0) != 0;
    const std::string rounding = attributeString(node, "rounding_mode", "ROUND");
    const auto known = roundingOf(rounding);
    if (!known)
        return fmt::format("No fixed-point type rounds as '{}' does: use ROUND or FLOOR.", rounding);
    quant.rounding = *known;
    if (quant.is_narrow && !quant.is_signed)
        return "No fixed-point type has a narrow range without a sign: use a signed or a full range.";
    const Shape shape = context.outputShape(node);
    quant.scale = withoutBatch(quant.scale, shape);
    quant.zero_point = withoutBatch(quant.zero_point, shape);
    if (Refusal reason = checkScale(quant.scale, shape); !reason.empty())
        return reason;
    if (!broadcastTo(quant.zero_point, shape))
        return "Its zero point does not fit the data.";
    if (Refusal reason = checkConstantShape(context, node, shape); !reason.empty())
        return reason;
    addQuant(context, node, std::move(quant));
    return {};
}

Refusal parseBipolarQuant(ParseContext& context, const Node& node)
{
    QuantPayload quant;
    quant.is_bipolar = true;
    quant.scale = parameter(context, node, 1);
    if (!quant.scale)
        return "Its scale has to be a constant.";
    const Shape shape = context.outputShape(node);
    quant.scale = withoutBatch(quant.scale, shape);
    if (Refusal reason = checkScale(quant.scale, shape); !reason.empty())
        return reason;
    if (Refusal reason = checkConstantShape(context, node, shape); !reason.empty())
        return reason;
    addQuant(context, node, std::move(quant));
    return {};
}

} // namespace bitwright::hls4ml
