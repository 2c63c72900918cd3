// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for operators that only move data.
#include "flows/hls4ml/rules.h"

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

Refusal parseTranspose(ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    const Shape shape = context.inputShape(node);
    const std::vector<std::int64_t> order = attributeInts(node, "perm");
    if (order.size() != shape.size() + 1 || order.front() != 0)
        return "It moves the batch dimension: keep the batch dimension in front.";
    TransposePayload transpose;
    Shape result;
    std::vector<bool> seen(shape.size(), false);
    for (std::size_t i = 1; i < order.size(); ++i) {
        const std::int64_t axis = order[i] - 1;
        if (axis < 0 || axis >= static_cast<std::int64_t>(shape.size()) || seen[static_cast<std::size_t>(axis)])
            return "Its order of dimensions is not a permutation.";
        seen[static_cast<std::size_t>(axis)] = true;
        transpose.permutation.push_back(axis);
        result.push_back(shape[static_cast<std::size_t>(axis)]);
    }
    if (result != context.outputShape(node))
        return "Its order of dimensions does not fit the shape of its result.";
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
