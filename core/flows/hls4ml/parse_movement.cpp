// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for operators that move elements to places which their constants decide. The reference operator itself, run on the
// elements' numbers, says where each comes from.
#include "flows/hls4ml/emitter.h"
#include "flows/hls4ml/rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "ops/op_registry.h"

namespace bitwright::hls4ml {

namespace {

using Elements = std::vector<std::int64_t>;

/// Numbers from 1 on, in the shape of the node's data: 0 is what padding fills in.
Tensor numbered(const Shape& shape)
{
    Elements numbers(static_cast<std::size_t>(elementCount(shape).value_or(0)));
    std::iota(numbers.begin(), numbers.end(), std::int64_t{1});
    return Tensor::of<std::int64_t>(shape, std::span<const std::int64_t>(numbers));
}

struct Movement {
    std::vector<Elements> outputs; ///< input element of each output element, -1 for the padding
    Refusal refusal;
};

/// Input @p skipped is left out: the value that padding fills in has the type of the data.
Movement movementOf(const ParseContext& context, const Node& node, std::size_t skipped)
{
    Movement movement;
    const auto& full = context.model().value(node.inputs.front()).shape;
    const OpDescriptor* op = findOperator(node);
    if (!context.isData(node, 0) || !op || !op->run)
        return {{}, "Its input is a constant that could not be folded away."};
    const Tensor data = numbered(*full);
    std::vector<const Tensor*> inputs{&data};
    for (std::size_t i = 1; i < context.inputCount(node); ++i) {
        const Tensor* constant = context.constant(node, i);
        if (!constant && node.inputs[i] != kNone)
            return {{}, "The hls4ml flow moves elements to fixed places only: make its other inputs constants."};
        inputs.push_back(i == skipped ? nullptr : constant);
    }
    const auto results = op->run(RunContext{node, context.opset(), inputs});
    if (!results)
        return {{}, results.error().message()};
    for (const Tensor& result : *results) {
        if (result.shape().empty() || result.shape().front() != full->front() || result.type() != ElementType::Int64)
            return {{}, "It changes the batch dimension."};
        Elements elements;
        for (const std::int64_t number : result.as<std::int64_t>())
            elements.push_back(number - 1);
        movement.outputs.push_back(std::move(elements));
    }
    return movement;
}

RearrangePayload rearrangement(std::string class_name, std::string operation, Elements elements)
{
    return {std::move(class_name), std::move(operation), std::make_shared<const Elements>(std::move(elements))};
}

Refusal addOutputs(ParseContext& context, const Node& node, Movement movement, const std::string& class_name,
                   const std::string& operation)
{
    if (!movement.refusal.empty())
        return movement.refusal;
    const LinkId input = context.link(node, 0);
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        if (node.outputs[i] == kNone)
            continue;
        if (i >= movement.outputs.size() || !context.shape(node.outputs[i])
            || elementCount(*context.shape(node.outputs[i])) != static_cast<std::int64_t>(movement.outputs[i].size()))
            return "It does not fit the shape of its result.";
        context.addOutput(node, i, rearrangement(class_name, operation, std::move(movement.outputs[i])), {input});
    }
    return {};
}

/// The factor of each axis without the batch dimension: from the extents, which every form of the operator comes to.
Elements nearestElements(const Shape& from, const Shape& to)
{
    std::vector<Elements> sources;
    for (std::size_t axis = 0; axis < to.size(); ++axis) {
        // hls4ml's fixed-point ratio: exact for whole factors, and what its hardware does for others.
        const std::int64_t ratio = (from[axis] << 16) / to[axis] + 1;
        Elements source;
        for (std::int64_t i = 0; i < to[axis]; ++i)
            source.push_back(std::min(i * ratio >> 16, from[axis] - 1));
        sources.push_back(std::move(source));
    }
    Elements elements;
    const std::int64_t count = elementCount(to).value_or(0);
    elements.reserve(static_cast<std::size_t>(count));
    for (std::int64_t e = 0; e < count; ++e) {
        std::int64_t rest = e, element = 0, step = 1;
        for (std::size_t axis = to.size(); axis-- > 0;) {
            element += sources[axis][static_cast<std::size_t>(rest % to[axis])] * step;
            step *= from[axis];
            rest /= to[axis];
        }
        elements.push_back(element);
    }
    return elements;
}

} // namespace

Refusal parsePad(ParseContext& context, const Node& node)
{
    const Tensor* filler = context.constant(node, 2);
    const double value = filler && filler->size() == 1 ? elementAsDouble(*filler, 0) : attributeFloat(node, "value", 0);
    if (attributeString(node, "mode", "constant") != "constant" || value != 0)
        return "The hls4ml flow pads with zeros only.";
    const auto dimensions = std::clamp<std::size_t>(context.inputShape(node).size(), 2, 3) - 1;
    return addOutputs(context, node, movementOf(context, node, 2), fmt::format("ZeroPadding{}D", dimensions), "pad");
}

Refusal parseResize(ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    if (attributeString(node, "mode", "nearest") != "nearest")
        return "The hls4ml flow resizes to the nearest pixel only: set the mode to 'nearest'.";
    const Shape from = context.inputShape(node);
    const Shape to = context.outputShape(node);
    if (from.size() != to.size())
        return "Its result has another rank than its data.";
    const LinkId input = context.link(node, 0);
    context.add(node, rearrangement("Resize", "resize", nearestElements(from, to)), {input});
    return {};
}

Refusal parseMovement(ParseContext& context, const Node& node)
{
    if (node.op_type == "Gather" && (context.isData(node, 1) || !context.isData(node, 0)))
        return "The hls4ml flow gathers from data at fixed places only: make the indices a constant.";
    constexpr std::size_t kNothing = SIZE_MAX;
    return addOutputs(context, node, movementOf(context, node, kNothing), node.op_type, "reshape");
}

/// The mean along axes: a pool over one window, behind a reordering where the kept elements do not come last.
Refusal parseReduceMean(ParseContext& context, const Node& node)
{
    if (!context.isData(node, 0))
        return "Its input is a constant that could not be folded away.";
    const Shape shape = context.inputShape(node);
    Elements axes = attributeInts(node, "axes");
    if (const Tensor* constant = context.constant(node, 1))
        axes = asIntegers(*constant);
    std::vector<bool> is_reduced(shape.size(), false);
    for (const std::int64_t axis : axes) {
        const std::int64_t place = axis < 0 ? axis + static_cast<std::int64_t>(shape.size()) : axis - 1;
        if (place < 0 || place >= static_cast<std::int64_t>(shape.size()))
            return "It reduces the batch dimension, or an axis that its data do not have.";
        is_reduced[static_cast<std::size_t>(place)] = true;
    }
    if (axes.empty())
        return "It reduces all axes, the batch dimension among them.";
    std::vector<std::int64_t> order;
    PoolingPayload pool;
    pool.is_maximum = false;
    pool.dimensions = 1;
    for (const bool wanted : {true, false}) {
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            if (is_reduced[axis] != wanted)
                continue;
            order.push_back(static_cast<std::int64_t>(axis));
            (wanted ? pool.window.in_width : pool.window.channels) *= shape[axis];
        }
    }
    pool.window.kernel_width = pool.window.in_width;
    LinkId input = context.link(node, 0);
    if (!std::is_sorted(order.begin(), order.end())) {
        LayerNode& turned = context.add(node, rearrangement("Transpose", "transpose", transposedElements(shape, order)), {input});
        turned.name += "_transpose";
        turned.shape = {pool.window.in_width, pool.window.channels};
        input = turned.output;
    }
    context.add(node, pool, {input});
    return {};
}

} // namespace bitwright::hls4ml
