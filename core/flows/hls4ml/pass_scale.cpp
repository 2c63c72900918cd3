// SPDX-License-Identifier: GPL-3.0-or-later
// Scales of quantisers move behind products and sums, so that those work on integers (section 3.3, item 4).
#include "flows/hls4ml/pass.h"
#include "support/diagnostic_codes.h"

#include <algorithm>

namespace bitwright::hls4ml {

namespace {

Array scalarWhereUniform(const Array& array)
{
    const auto value = uniformValue(array);
    return value ? arrayOf(*value, array->type) : array;
}

/// The scale of each output channel, where the rows of a matrix [n_in, n_out] agree.
std::optional<Array> perOutput(const Array& scale)
{
    if (scale->shape.size() != 2)
        return std::nullopt;
    const auto columns = static_cast<std::size_t>(scale->shape[1]);
    for (std::size_t i = columns; i < scale->values.size(); ++i) {
        if (scale->values[i] != scale->values[i % columns])
            return std::nullopt;
    }
    auto row = std::make_shared<ArrayData>(*scale);
    row->shape = {scale->shape[1]};
    row->values.resize(columns);
    row->id = ContentHasher().text("per output").add(scale->id).value();
    return row;
}

/// The scale as it has to be applied to the product's result, or nothing where it cannot be.
std::optional<Array> scaleOfResult(const AffinePayload& affine, bool is_of_weights, const Shape& shape)
{
    const Array scale = scalarWhereUniform(affine.scale.unquantised);
    if (!affine.bias.unquantised->is_all_zeros)
        return std::nullopt;
    if (scale->shape.empty())
        return broadcastTo(scale, shape);
    // hls4ml stops here; the scales of output channels can be moved all the same.
    const auto row = is_of_weights ? perOutput(scale) : std::nullopt;
    return row ? broadcastTo(*row, shape) : std::nullopt;
}

} // namespace

bool isMovableScale(const LayerNode* node)
{
    if (!node || !node->isApplyAlpha())
        return false;
    const auto* affine = node->as<AffinePayload>();
    return !affine->scale.format && !affine->bias.format;
}

void warnWhereShared(PassContext& context, const LayerNode& scaling, const LayerNode& product)
{
    if (context.graph.useCount(scaling.output) > 1)
        context.findings.push_back({DiagnosticCode::ScaleMovedFromOthers, {scaling.name, product.name},
                                    LayerLocation{scaling.origin.layer, {}},
                                    "Choose a power of two as the scale of the quantiser."});
}

LayerNode scalingBehind(const LayerNode& scaling, const LayerNode& product, Array scale, Array bias)
{
    LayerNode moved = scaling;
    auto* affine = moved.as<AffinePayload>();
    affine->scale.unquantised = std::move(scale);
    affine->bias.unquantised = std::move(bias);
    moved.inputs = {product.output};
    moved.output = kNoLink;
    moved.shape = product.shape;
    moved.shape_is_static = false;
    return moved;
}

bool moveScaleBelowMatMul(PassContext& context, LayerNode& node)
{
    if (!node.as<MatMulPayload>())
        return false;
    LayerNode* inputs[] = {context.graph.inputNode(node, 0), context.graph.inputNode(node, 1)};
    const bool has_scaled_weights = inputs[1] && inputs[1]->isApplyAlpha();
    LayerNode* scaling = has_scaled_weights ? inputs[1] : inputs[0]; // scales of constants go first
    if (!isMovableScale(scaling))
        return false;
    const auto scale = scaleOfResult(*scaling->as<AffinePayload>(), has_scaled_weights, node.shape);
    if (!scale)
        return false;
    warnWhereShared(context, *scaling, node);
    const LayerNode moved = scalingBehind(*scaling, node, *scale, filledArray(node.shape, 0, ArrayType::Float64));
    context.graph.remove(*scaling);
    context.graph.insertAfterInput(moved);
    return true;
}

bool moveScaleBelowAdd(PassContext& context, LayerNode& node)
{
    const auto* merge = node.as<MergePayload>();
    if (!merge || merge->operation != "add")
        return false;
    LayerNode* first = context.graph.inputNode(node, 0);
    LayerNode* second = context.graph.inputNode(node, 1);
    if (!isMovableScale(first) || !isMovableScale(second) || first == second)
        return false;
    const AffinePayload& a = *first->as<AffinePayload>();
    const AffinePayload& b = *second->as<AffinePayload>();
    const auto difference = combine(ArrayOperation::Subtract, a.scale.unquantised, b.scale.unquantised);
    const auto bias = combine(ArrayOperation::Add, a.bias.unquantised, b.bias.unquantised);
    if (!difference || !bias || !(*difference)->is_all_zeros)
        return false;
    const auto scale_of_result = broadcastTo(a.scale.unquantised, node.shape);
    const auto bias_of_result = broadcastTo(*bias, node.shape);
    if (!scale_of_result || !bias_of_result)
        return false;
    warnWhereShared(context, *first, node);
    warnWhereShared(context, *second, node);
    const LayerNode moved = scalingBehind(*first, node, *scale_of_result, *bias_of_result);
    context.graph.remove(*first);
    context.graph.remove(*second);
    context.graph.insertAfterInput(moved);
    return true;
}

/// What no pass could move away from a constant goes into its values; hls4ml has no such pass and fails.
bool foldScaledConstant(PassContext& context, LayerNode& node)
{
    const auto* affine = node.as<AffinePayload>();
    LayerNode* source = affine ? context.graph.inputNode(node) : nullptr;
    auto* constant = source ? source->as<ConstantPayload>() : nullptr;
    if (!constant)
        return false;
    const Array codes = constant->quantiser ? quantised(constant->value, *constant->quantiser) : constant->value;
    const bool is_bipolar = constant->quantiser && constant->quantiser->kind == Quantiser::Kind::Binary;
    Array values = codes;
    if (is_bipolar) { // 0 and 1 stand for -1 and +1
        const auto doubled = combine(ArrayOperation::Add, codes, codes);
        values = *combine(ArrayOperation::Subtract, *doubled, arrayOf(1, ArrayType::Int64));
    }
    const auto scaled = combine(ArrayOperation::Multiply, values, affine->scale.unquantised);
    constant->value = *combine(ArrayOperation::Add, *scaled, affine->bias.unquantised);
    constant->quantiser.reset();
    context.findings.push_back({DiagnosticCode::ScalesFolded, {node.origin.layer}, LayerLocation{node.origin.layer, {}},
                                "Set the weight format of the layer that uses them."});
    context.graph.remove(node);
    return true;
}

} // namespace bitwright::hls4ml
