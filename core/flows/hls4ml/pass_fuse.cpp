// SPDX-License-Identifier: GPL-3.0-or-later
// Scalings merge with scalings and with dense layers, linear activations with whatever is before them
// (section 3.3, items 4 and 5). Whether they may depends on which results are left to inference.
#include "flows/hls4ml/pass.h"

#include <algorithm>

namespace bitwright::hls4ml {

namespace {

bool isLeftToInference(const LayerNode& node)
{
    return !node.types.at(slots::kResult).format;
}

void absorb(LayerNode& host, const LayerNode& guest)
{
    if (guest.origin.layer != host.origin.layer)
        host.absorbed.push_back(guest.origin.layer);
    host.absorbed.insert(host.absorbed.end(), guest.absorbed.begin(), guest.absorbed.end());
    for (const std::string& name : guest.model_nodes) {
        if (std::find(host.model_nodes.begin(), host.model_nodes.end(), name) == host.model_nodes.end())
            host.model_nodes.push_back(name);
    }
}

using Optional = std::optional<Quantiser>;

/// Of two scalings in a row: two quantisers cannot become one, unless one factor is 1 (or one bias 0).
bool areCompatible(const WeightVariable& first, const WeightVariable& second, bool is_bias)
{
    const auto isNeutral = [&](const Array& array) { return is_bias ? array->is_all_zeros : array->is_all_ones; };
    return !first.quantiser || !second.quantiser || isNeutral(first.unquantised) || isNeutral(second.unquantised);
}

/// hls4ml looks for ones in both cases, biases included; the types that come out depend on it.
Optional survivingQuantiser(const WeightVariable& first, const WeightVariable& second)
{
    if (first.unquantised->is_all_ones)
        return second.quantiser;
    if (second.unquantised->is_all_ones)
        return first.quantiser;
    return std::nullopt;
}

bool isFixedOrAuto(const LayerNode& node, const char* slot)
{
    const auto& format = node.types.at(slot).format;
    return !format || std::holds_alternative<FixedFormat>(*format);
}

/// Whether a factor (or bias) of a scaling can go into one of a dense layer.
bool canFuse(const WeightVariable& dense, const WeightVariable& scaling, bool is_bias)
{
    const auto isNeutral = [&](const WeightVariable& weight) {
        return !weight.quantiser
            && (is_bias ? weight.unquantised->is_all_zeros : weight.unquantised->is_all_ones);
    };
    return (!dense.quantiser && !scaling.quantiser) || isNeutral(dense) || isNeutral(scaling);
}

/// Parameters of a scaling behind a dense layer, one per output channel; nothing where positions differ too.
std::optional<Array> perChannel(const Array& array, std::int64_t channels)
{
    const auto count = static_cast<std::size_t>(channels);
    if (array->values.size() == count)
        return reshaped(array, {channels});
    for (std::size_t i = count; i < array->values.size(); ++i) {
        if (array->values[i] != array->values[i % count])
            return std::nullopt;
    }
    auto row = std::make_shared<ArrayData>(*array);
    row->shape = {channels};
    row->values.resize(count);
    row->id = ContentHasher().text("per channel").add(array->id).value();
    return row;
}

} // namespace

bool fuseConsecutiveBatchNormalisation(PassContext& context, LayerNode& node)
{
    auto* second = node.as<AffinePayload>();
    LayerNode* before = second ? context.graph.inputNode(node) : nullptr;
    const auto* first = before ? before->as<AffinePayload>() : nullptr;
    if (!first || !isLeftToInference(*before) || context.graph.useCount(before->output) > 1)
        return false;
    if (!areCompatible(first->scale, second->scale, false) || !areCompatible(first->bias, second->bias, true))
        return false;
    const auto scale = context.constants.combined(ArrayOperation::Multiply, first->scale.unquantised,
                                                  second->scale.unquantised);
    const auto carried = context.constants.combined(ArrayOperation::Multiply, second->scale.unquantised,
                                                    first->bias.unquantised);
    const auto bias = carried ? context.constants.combined(ArrayOperation::Add, *carried, second->bias.unquantised)
                              : std::nullopt;
    if (!scale || !bias)
        return false;
    const Optional scale_quantiser = survivingQuantiser(first->scale, second->scale);
    const Optional bias_quantiser = survivingQuantiser(first->bias, second->bias);
    second->scale = {*scale, scale_quantiser, std::nullopt};
    second->bias = {*bias, bias_quantiser, std::nullopt};
    context.types->assignWeight(node, slots::kScale, second->scale);
    context.types->assignWeight(node, slots::kBias, second->bias);
    absorb(node, *before);
    context.graph.remove(*before);
    return true;
}

bool fuseBatchNormalisation(PassContext& context, LayerNode& node)
{
    const auto* scaling = node.as<AffinePayload>();
    LayerNode* before = scaling ? context.graph.inputNode(node) : nullptr;
    auto* dense = before ? before->as<DensePayload>() : nullptr;
    if (!dense || !isLeftToInference(*before) || context.graph.useCount(before->output) > 1)
        return false;
    if (!canFuse(dense->weight, scaling->scale, false) || !canFuse(dense->bias, scaling->bias, true))
        return false;
    if (!isFixedOrAuto(*before, slots::kWeight) || !isFixedOrAuto(*before, slots::kBias)
        || !isFixedOrAuto(node, slots::kScale) || !isFixedOrAuto(node, slots::kBias))
        return false;
    const auto scale = perChannel(context.constants.quantised(scaling->scale), dense->n_out);
    const auto shift = perChannel(context.constants.quantised(scaling->bias), dense->n_out);
    if (!scale || !shift)
        return false;
    ConstantCache& constants = context.constants;
    const auto weight = constants.combined(ArrayOperation::Multiply, *scale, constants.quantised(dense->weight));
    const auto scaled = constants.combined(ArrayOperation::Multiply, *scale, constants.quantised(dense->bias));
    const auto bias = scaled ? constants.combined(ArrayOperation::Add, *scaled, *shift) : std::nullopt;
    if (!weight || !bias)
        return false;
    dense->weight = {*weight, scaling->scale.quantiser ? scaling->scale.quantiser : dense->weight.quantiser,
                     std::nullopt};
    dense->bias = {*bias, scaling->bias.quantiser ? scaling->bias.quantiser : dense->bias.quantiser, std::nullopt};
    context.types->assignWeight(*before, slots::kWeight, dense->weight);
    context.types->assignWeight(*before, slots::kBias, dense->bias);
    absorb(*before, node);
    context.graph.remove(node);
    return true;
}

bool removeBatchNormalisationWithoutEffect(PassContext& context, LayerNode& node)
{
    const auto* scaling = node.as<AffinePayload>();
    if (!scaling || !scaling->scale.unquantised->is_all_ones || !scaling->bias.unquantised->is_all_zeros)
        return false;
    if (LayerNode* before = context.graph.inputNode(node))
        absorb(*before, node);
    context.graph.remove(node);
    return true;
}

bool eliminateLinear(PassContext& context, LayerNode& node)
{
    LayerNode* before = node.isLinear() ? context.graph.inputNode(node) : nullptr;
    if (!before)
        return false;
    const auto& in = before->types.at(slots::kResult).format;
    const auto& out = node.types.at(slots::kResult).format;
    if (!in || !out || *in != *out)
        return false;
    absorb(*before, node);
    context.graph.remove(node);
    return true;
}

bool mergeLinear(PassContext& context, LayerNode& node)
{
    LayerNode* before = node.isLinear() ? context.graph.inputNode(node) : nullptr;
    if (!before || !isLeftToInference(*before))
        return false;
    const bool is_safe = before->as<DensePayload>() || before->as<AffinePayload>() || before->as<ActivationPayload>()
        || before->as<SoftmaxPayload>();
    if (!is_safe)
        return false;
    before->types.at(slots::kResult) = {node.as<ActivationPayload>()->quantiser->format, SettingSource::Inferred};
    absorb(*before, node);
    context.graph.remove(node);
    return true;
}

bool removeTransposeWithoutEffect(PassContext& context, LayerNode& node)
{
    const auto* transpose = node.as<TransposePayload>();
    if (!transpose || transpose->permutation.size() != 1)
        return false;
    context.graph.remove(node);
    return true;
}

} // namespace bitwright::hls4ml
