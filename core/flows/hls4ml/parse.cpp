// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/rules.h"
#include "support/diagnostic_codes.h"

#include <algorithm>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

Diagnostic refused(const Model& model, const Node& node, std::string reason)
{
    return {DiagnosticCode::LayerUnsupported, {node.name, std::move(reason)}, NodeLocation{model.path, node.name}};
}

/// Constants that hold no number would reach the hardware as anything at all.
Refusal checkConstants(const ParseContext& context, const Node& node)
{
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNone)
            continue;
        const Value& value = context.model().value(node.inputs[i]);
        if (!value.missing_data.empty())
            return fmt::format("The values of the constant '{}' are missing: {}", value.name, value.missing_data);
    }
    return {};
}

/// Only what treats all elements alike, or sends the batch dimension back, may find it elsewhere than in front.
Refusal checkBatchAxis(const ParseContext& context, const Node& node)
{
    constexpr std::string_view kAllowed[] = {"Transpose", "BatchNormalization", "Relu", "Sigmoid", "Tanh"};
    const bool is_moved = std::any_of(node.inputs.begin(), node.inputs.end(), [&](ValueIndex input) {
        return input != kNone && !context.isStatic(input) && context.batchAxis(input) != 0;
    });
    const bool is_allowed = std::find(std::begin(kAllowed), std::end(kAllowed), node.op_type) != std::end(kAllowed);
    return is_moved && !is_allowed ? "It works on data whose batch dimension is not in front." : Refusal();
}

Refusal checkShapes(const ParseContext& context, const Node& node)
{
    if (context.inputCount(node) == 0 || node.inputs.front() == kNone)
        return "It has no input.";
    if (Refusal reason = checkBatchAxis(context, node); !reason.empty())
        return reason;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNone || context.isConstant(node, i))
            continue;
        if (!context.shape(node.inputs[i]))
            return fmt::format("The shape of the value '{}' is not known: choose extents for its symbolic dimensions.",
                               context.model().value(node.inputs[i]).name);
    }
    if (node.outputs.empty() || node.outputs.front() == kNone || !context.shape(node.outputs.front()))
        return "The shape of its result is not known: choose extents for the symbolic dimensions.";
    return {};
}

/// Constants whose quantisers a rule looked through have no reader left.
void dropUnread(LayerGraph& graph)
{
    for (std::size_t i = graph.size(); i-- > 0;) {
        LayerNode& node = graph.node(i);
        const bool is_parameter = node.as<ConstantPayload>() || node.as<QuantPayload>();
        if (is_parameter && graph.useCount(node.output) == 0 && node.shape_is_static)
            graph.drop(node);
    }
}

void addInputs(ParseContext& context, std::vector<LinkId>& links)
{
    for (const ValueIndex index : context.model().inputs) {
        const Value& value = context.model().value(index);
        LayerNode node;
        node.name = value.name;
        node.payload = InputPayload{};
        node.shape = context.shape(index).value_or(Shape{});
        node.origin = {value.name, ""};
        links[static_cast<std::size_t>(index)] = context.graph().add(std::move(node)).output;
    }
}

} // namespace

ParseContext::ParseContext(const Model& model, LayerGraph& graph, bool with_values)
    : m_model(model), m_graph(graph), m_with_values(with_values), m_links(model.graph.values.size(), kNoLink),
      m_static(model.graph.values.size(), false), m_batch_axis(model.graph.values.size(), 0)
{
    addInputs(*this, m_links);
}

const Tensor* ParseContext::constant(const Node& node, std::size_t input) const
{
    if (input >= node.inputs.size() || node.inputs[input] == kNone)
        return nullptr;
    const Value& value = model().value(node.inputs[input]);
    return value.constant ? &*value.constant : nullptr;
}

bool ParseContext::isConstant(const Node& node, std::size_t input) const
{
    return input < node.inputs.size() && node.inputs[input] != kNone && model().value(node.inputs[input]).isConstant();
}

const Tensor* ParseContext::staticSource(const Node& node, std::size_t input) const
{
    const Node* reader = &node;
    for (std::size_t steps = 0; steps <= model().nodes.size(); ++steps) {
        if (input >= reader->inputs.size() || reader->inputs[input] == kNone || !isStatic(reader->inputs[input]))
            return nullptr;
        if (const Tensor* tensor = constant(*reader, input))
            return tensor;
        const NodeIndex producer = model().value(reader->inputs[input]).producer;
        if (producer == kNone)
            return nullptr;
        reader = &model().node(producer);
        input = 0;
    }
    return nullptr;
}

void ParseContext::prepare(const Node& node)
{
    const bool is_static = inputCount(node) > 0 && std::all_of(node.inputs.begin(), node.inputs.end(), [&](ValueIndex v) {
        return v == kNone || isStatic(v);
    });
    std::size_t axis = isData(node, 0) ? batchAxis(node.inputs.front()) : 0;
    const auto& input_shape = isData(node, 0) ? model().value(node.inputs.front()).shape : std::nullopt;
    if (node.op_type == "Transpose" && input_shape) {
        const auto order = transposeOrder(node, input_shape->size());
        const auto found = std::find(order.begin(), order.end(), static_cast<std::int64_t>(axis));
        axis = found == order.end() ? 0 : static_cast<std::size_t>(found - order.begin());
    }
    for (const ValueIndex output : node.outputs) {
        if (output == kNone)
            continue;
        m_static[index(output)] = is_static;
        m_batch_axis[index(output)] = is_static ? 0 : axis;
    }
}

bool ParseContext::isData(const Node& node, std::size_t input) const
{
    return input < node.inputs.size() && node.inputs[input] != kNone && !isStatic(node.inputs[input]);
}

std::size_t ParseContext::inputCount(const Node& node) const
{
    std::size_t count = node.inputs.size();
    while (count > 0 && node.inputs[count - 1] == kNone)
        --count;
    return count;
}

LinkId ParseContext::link(const Node& node, std::size_t input)
{
    const ValueIndex index = node.inputs[input];
    const Value& value = model().value(index);
    if (!value.constant)
        return m_links[static_cast<std::size_t>(index)];
    LayerNode constant_node;
    constant_node.name = value.name;
    constant_node.shape = value.constant->shape().empty() ? Shape{1} : value.constant->shape(); // as hls4ml makes it
    constant_node.payload =
        ConstantPayload{m_with_values ? reshaped(arrayFromTensor(*value.constant), constant_node.shape) : nullptr, std::nullopt};
    constant_node.origin = {value.name, ""};
    constant_node.shape_is_static = true;
    return m_graph.add(std::move(constant_node)).output;
}

std::optional<Shape> ParseContext::shape(ValueIndex value) const
{
    const auto& full = model().value(value).shape;
    if (!full || (full->empty() && !isStatic(value)))
        return std::nullopt;
    Shape shape = *full;
    if (!isStatic(value)) {
        if (batchAxis(value) >= shape.size())
            return std::nullopt;
        shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(batchAxis(value)));
    }
    if (shape.empty())
        shape = {1};
    const bool is_known = std::all_of(shape.begin(), shape.end(), [](std::int64_t extent) { return extent > 0; });
    return is_known && elementCount(shape) ? std::optional(shape) : std::nullopt;
}

Shape ParseContext::outputShape(const Node& node) const
{
    return shape(node.outputs.front()).value_or(Shape{});
}

Shape ParseContext::inputShape(const Node& node, std::size_t input) const
{
    return shape(node.inputs[input]).value_or(Shape{});
}

LayerNode& ParseContext::add(const Node& node, Payload payload, std::vector<LinkId> inputs)
{
    LayerNode& added = addOutput(node, 0, std::move(payload), std::move(inputs));
    added.name = node.name;
    return added;
}

LayerNode& ParseContext::addOutput(const Node& node, std::size_t which, Payload payload, std::vector<LinkId> inputs)
{
    LayerNode layer;
    layer.name = node.outputs.size() == 1 ? node.name : fmt::format("{}_{}", node.name, which);
    layer.inputs = std::move(inputs);
    layer.shape = shape(node.outputs[which]).value_or(Shape{});
    layer.payload = std::move(payload);
    layer.origin = {node.name, ""};
    layer.model_nodes = node.came_from;
    layer.shape_is_static = isStatic(node.outputs[which]);
    LayerNode& added = m_graph.add(std::move(layer));
    m_links[index(node.outputs[which])] = added.output;
    return added;
}

/// The node vanishes: its readers read its input.
Refusal parsePassThrough(ParseContext& context, const Node& node)
{
    context.forward(node);
    return {};
}

ParsedModel parseModel(const Model& model, bool with_values)
{
    ParsedModel parsed;
    ParseContext context(model, parsed.graph, with_values);
    for (const ValueIndex input : model.graph.inputs) {
        if (!context.shape(input))
            parsed.problems.push_back({DiagnosticCode::FlowInputShapeUnknown, {model.graph.value(input).name},
                                       LayerLocation{model.graph.value(input).name, {}},
                                       "Choose extents for its symbolic dimensions."});
    }
    if (!parsed.problems.empty())
        return parsed;
    for (const Node& node : model.graph.nodes) {
        context.prepare(node);
        Refusal reason = unsupportedReason(node);
        if (reason.empty())
            reason = checkConstants(context, node);
        if (reason.empty())
            reason = checkShapes(context, node);
        // A node behind one that was refused has inputs from nowhere; the first refusal says it all.
        const bool is_cut_off = std::any_of(node.inputs.begin(), node.inputs.end(), [&](ValueIndex input) {
            return input != kNone && !model.graph.value(input).isConstant() && !context.isReached(input);
        });
        if (reason.empty() && !is_cut_off)
            reason = findRule(node.op_type)->parse(context, node);
        if (!reason.empty())
            parsed.problems.push_back(refused(model, node, std::move(reason)));
    }
    if (with_values)
        dropUnread(parsed.graph);
    for (const ValueIndex output : model.graph.outputs) {
        if (context.isReached(output) && context.batchAxis(output) == 0) {
            parsed.graph.outputs.push_back(context.linkOf(output));
            parsed.graph.output_names.push_back(model.graph.value(output).name);
        } else if (parsed.problems.empty()) {
            parsed.problems.push_back({DiagnosticCode::OutputUnreached, {model.graph.value(output).name}});
        }
    }
    return parsed;
}

} // namespace bitwright::hls4ml
