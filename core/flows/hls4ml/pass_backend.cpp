// SPDX-License-Identifier: GPL-3.0-or-later
// What hls4ml's Vivado and Vitis back ends change last: streams, binary networks, softmax (sections 2.6 and 2.12).
#include "flows/hls4ml/pass.h"
#include "support/diagnostic_codes.h"

#include <algorithm>
#include <cmath>

namespace bitwright::hls4ml {

namespace {

bool isOutput(const LayerGraph& graph, const LayerNode& node)
{
    return std::find(graph.outputs.begin(), graph.outputs.end(), node.output) != graph.outputs.end();
}

/// A stream has to be packed anew for another last dimension.
bool repackStream(PassContext& context, LayerNode& node)
{
    auto* reshape = node.as<ReshapePayload>();
    if (!reshape || reshape->is_repack || context.types->ioType() != IoType::Stream)
        return false;
    if (node.shape.size() <= 1 && !isOutput(context.graph, node))
        return false;
    reshape->is_repack = true;
    node.name = "repack_" + node.name;
    return true;
}

/// In parallel io the order of the wires is the same before and after.
bool removeFinalReshape(PassContext& context, LayerNode& node)
{
    if (!node.as<ReshapePayload>() || context.types->ioType() != IoType::Parallel
        || context.graph.useCount(node.output) > 0)
        return false;
    context.graph.remove(node);
    return true;
}

/// x * scale + bias >= 0 becomes x >= threshold.
bool mergeBatchNormAndSign(PassContext& context, LayerNode& node)
{
    const auto* activation = node.as<ActivationPayload>();
    LayerNode* scaling = activation && activation->function == "binary_tanh" ? context.graph.inputNode(node) : nullptr;
    const auto* affine = scaling ? scaling->as<AffinePayload>() : nullptr;
    LayerNode* source = affine ? context.graph.inputNode(*scaling) : nullptr;
    if (!source)
        return false;
    const NumberFormat& input_format = *source->types.at(slots::kResult).format;
    const auto* fixed = std::get_if<FixedFormat>(&input_format);
    const auto ratio = context.constants.combined(ArrayOperation::Divide,
                                                  negated(context.constants.quantised(affine->bias)),
                                                  context.constants.quantised(affine->scale));
    if (!ratio)
        return false;
    LayerNode merged;
    merged.name = "bnbt_" + scaling->name;
    merged.inputs = scaling->inputs;
    merged.shape = node.shape;
    merged.payload = ThresholdPayload{floored(*ratio, fixed ? fixed->fractionBits() : 0), input_format};
    merged.origin = scaling->origin;
    merged.model_nodes = scaling->model_nodes;
    merged.model_nodes.insert(merged.model_nodes.end(), node.model_nodes.begin(), node.model_nodes.end());
    merged.absorbed = scaling->absorbed;
    merged.absorbed.insert(merged.absorbed.end(), node.absorbed.begin(), node.absorbed.end());
    merged.absorbed.push_back(node.origin.layer);
    merged.types[slots::kResult] = {BipolarFormat{}, SettingSource::Inferred};
    merged.numbers[tunables::kReuseFactor] = 1; // made after the reuse factors were given out
    context.graph.remove(*scaling);
    context.graph.replace(node, std::move(merged));
    return true;
}

/// Between merged thresholds hls4ml dictates the accumulator, and quantises the weights a second time: the values 0
/// and 1 that stand for -1 and +1 are all at least 0, so that every weight becomes 1.
bool accumulateBinary(PassContext& context, LayerNode& node)
{
    auto* dense = node.as<DensePayload>();
    if (!dense || dense->convolution || dense->is_binary_accumulated || !dense->weight.quantiser
        || dense->weight.quantiser->kind != Quantiser::Kind::Binary)
        return false;
    const LayerNode* before = context.graph.inputNode(node);
    if (!before || !before->as<ThresholdPayload>())
        return false;
    const int width = static_cast<int>(std::ceil(std::log2(static_cast<double>(dense->n_in)))) + 2;
    const FixedFormat type = integerFormat(width, true);
    node.types[slots::kAccumulator] = {type, SettingSource::Inferred};
    node.types[slots::kResult] = {type, SettingSource::Inferred};
    dense->weight.unquantised = filledArray(dense->weight.unquantised->shape, 1, ArrayType::Int64);
    dense->bias = {filledArray({dense->n_out}, 0, ArrayType::Float64), std::nullopt, integerFormat(1, false)};
    node.types[slots::kBias] = {*dense->bias.format, SettingSource::Inferred}; // one bit that means 0 and 1
    context.findings.push_back({DiagnosticCode::BinaryWeightsLost, {node.name}, LayerLocation{node.origin.layer, {}},
                                "Keep a scale or a bias between the sign and the product."});
    dense->is_binary_accumulated = true;
    for (LayerNode* reader : context.graph.consumers(node.output)) {
        if (auto* threshold = reader->as<ThresholdPayload>()) {
            threshold->threshold = floored(threshold->threshold, 0);
            threshold->format = type;
        }
    }
    return true;
}

bool skipSoftmax(PassContext& context, LayerNode& node)
{
    if (!node.as<SoftmaxPayload>())
        return false;
    const auto skip = context.types->attribute(node, tunables::kSkip);
    const bool* is_skipped = skip ? std::get_if<bool>(&*skip) : nullptr;
    if (!is_skipped || !*is_skipped)
        return false;
    context.graph.remove(node);
    return true;
}

constexpr GraphPass kStreamPasses[] = {{"repack streams", repackStream}, {"pad streams", padStream}};
constexpr GraphPass kQuantisationPasses[] = {
    {"merge batch normalisation and sign", mergeBatchNormAndSign},
    {"accumulate binary products", accumulateBinary},
    {"fuse consecutive batch normalisations", fuseConsecutiveBatchNormalisation},
    {"pool signs", poolSigns},
};
constexpr GraphPass kBackendPasses[] = {
    {"remove final reshapes", removeFinalReshape},
    {"mark pointwise convolutions", markPointwise},
    {"skip softmax", skipSoftmax},
    {"infer types", inferTypes},
};

} // namespace

std::span<const GraphPass> streamPasses() { return kStreamPasses; }
std::span<const GraphPass> quantisationPasses() { return kQuantisationPasses; }
std::span<const GraphPass> backendPasses() { return kBackendPasses; }

} // namespace bitwright::hls4ml
