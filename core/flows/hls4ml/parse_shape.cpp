// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for operators that only move data.
#include "flows/hls4ml/rules.h"
#include "rewrite/normal_form.h"

#include <algorithm>

namespace bitwright::hls4ml {

/// Reshape, Flatten, Squeeze, Unsqueeze: the order of the elements stays.
Refusal parseReshape(ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    if (elementCount(context.inputShape(node)) != elementCount(context.outputShape(node)))
        return "It mixes the batch dimension with others: keep the batch dimension in front and apart.";
    const LinkId input = context.link(node, 0);
    context.add(node, ReshapePayload{}, {input});
    return {};
}

std::vector<std::int64_t> transposeOrder(const Node& node, std::size_t rank)
{
    std::vector<std::int64_t> order = attributeInts(node, "perm");
    for (std::size_t i = 0; order.size() < rank && node.attributes.count("perm") == 0; ++i)
        order.push_back(static_cast<std::int64_t>(rank - 1 - i));
    return order;
}

/// The input's own wires, in the order that the network wants.
static Refusal readInputInOrder(ParseContext& context, const Node& node)
{
    LayerNode* input = context.graph().producer(context.linkOf(node.inputs.front()));
    auto* payload = input ? input->as<InputPayload>() : nullptr;
    if (!payload || context.batchAxis(node.outputs.front()) != 0)
        return "Its order of dimensions does not fit its data.";
    for (const std::int64_t axis : attributeInts(node, "perm")) {
        if (axis != 0)
            payload->permutation.push_back(axis - 1);
    }
    input->shape = context.outputShape(node);
    return parsePassThrough(context, node);
}

Refusal parseTranspose(ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    if (isInputLayout(context.model(), node))
        return readInputInOrder(context, node);
    const Shape shape = context.inputShape(node);
    const auto rank = static_cast<std::int64_t>(context.model().value(node.inputs.front()).shape->size());
    const std::vector<std::int64_t> order = transposeOrder(node, static_cast<std::size_t>(rank));
    std::vector<bool> seen(static_cast<std::size_t>(rank), false);
    for (const std::int64_t axis : order) {
        if (axis < 0 || axis >= rank || seen[static_cast<std::size_t>(axis)])
            return "Its order of dimensions is not a permutation.";
        seen[static_cast<std::size_t>(axis)] = true;
    }
    if (order.size() != seen.size())
        return "Its order of dimensions does not fit its data.";
    const auto batch = static_cast<std::int64_t>(context.batchAxis(node.inputs.front()));
    TransposePayload transpose;
    Shape result;
    for (const std::int64_t axis : order) {
        if (axis == batch)
            continue;
        transpose.permutation.push_back(axis > batch ? axis - 1 : axis);
        result.push_back(shape[static_cast<std::size_t>(transpose.permutation.back())]);
    }
    if (result != context.outputShape(node))
        return "Its order of dimensions does not fit the shape of its result.";
    if (batch != 0 || context.batchAxis(node.outputs.front()) != 0) {
        if (!std::is_sorted(transpose.permutation.begin(), transpose.permutation.end()))
            return "It moves the batch dimension together with others: keep the batch dimension in front.";
        return parsePassThrough(context, node); // a sample is the same before and after
    }
    const LinkId input = context.link(node, 0);
    LayerNode& added = context.add(node, std::move(transpose), {input});
    // hls4ml copies the input's type here and now, before any pass changes it.
    if (const LayerNode* before = context.graph().producer(input)) {
        added.result_from = before->result_from ? before->result_from : std::optional(before->origin);
        added.result_from_class = before->result_from ? before->result_from_class : before->className();
    }
    return {};
}

} // namespace bitwright::hls4ml
