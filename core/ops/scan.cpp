// SPDX-License-Identifier: GPL-3.0-or-later
// Scan: a graph over the slices of sequences (onnx: docs/Operators.md, Scan; docs/Changelog.md, Scan-8).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/subgraphs.h"

namespace bitwright {
namespace {

/// Since version 9 there is no batch; version 8 has one in dimension 0, and sequence lengths as first input.
bool hasBatch(std::int64_t opset)
{
    return opset < 9;
}

struct ScanParts {
    const Graph* body = nullptr;
    std::size_t first = 0;  ///< first state among the inputs
    std::size_t states = 0;
    std::size_t sequences = 0;
    std::size_t collected = 0;
    std::vector<std::int64_t> input_axes, input_directions, output_axes, output_directions;
};

Result<ScanParts> partsOf(const Node& node, std::int64_t opset)
{
    ScanParts parts;
    const Result<const Graph*> body = subgraphOf(node, "body");
    if (!body) return body.error();
    parts.body = *body;
    parts.first = hasBatch(opset) ? 1 : 0;
    const std::int64_t sequences = attributeInt(node, "num_scan_inputs", 0);
    const std::size_t inputs = node.inputs.size() < parts.first ? 0 : node.inputs.size() - parts.first;
    if (sequences < 1 || static_cast<std::size_t>(sequences) > inputs) return attributeProblem(node, "num_scan_inputs", fmt::format("there are {} inputs", inputs));
    parts.sequences = static_cast<std::size_t>(sequences);
    parts.states = inputs - parts.sequences;
    if (parts.body->inputs.size() != inputs || parts.body->outputs.size() < parts.states)
        return shapeProblem(node, fmt::format("its body does not fit {} states and {} sequences", parts.states, parts.sequences));
    parts.collected = parts.body->outputs.size() - parts.states;
    const auto filled = [&](std::string_view name, std::size_t count) {
        std::vector<std::int64_t> values = attributeInts(node, name);
        values.resize(count, 0);
        return values;
    };
    parts.input_axes = filled("scan_input_axes", parts.sequences);
    parts.input_directions = filled(hasBatch(opset) ? "directions" : "scan_input_directions", parts.sequences);
    parts.output_axes = filled("scan_output_axes", parts.collected);
    parts.output_directions = filled("scan_output_directions", parts.collected);
    return parts;
}

Result<std::vector<TensorFacts>> scanShape(const ShapeContext& context)
{
    const Result<ScanParts> parts = partsOf(context.node, context.opset);
    if (!parts) return parts.error();
    const bool has_batch = hasBatch(context.opset);
    const std::size_t first_sequence = parts->first + parts->states;
    std::int64_t turns = -1;
    if (const Shape* sequence = context.shape(first_sequence)) {
        const auto axis = has_batch ? std::optional<std::size_t>(1) : normalAxis(parts->input_axes[0], sequence->size());
        if (!axis || *axis >= sequence->size()) return shapeProblem(context.node, fmt::format("{} has no dimension to go along", shapeText(*sequence)));
        turns = (*sequence)[*axis];
    }
    std::vector<TensorFacts> facts;
    for (std::size_t i = 0; i < parts->body->outputs.size(); ++i) {
        const Value& output = parts->body->value(parts->body->outputs[i]);
        if (i < parts->states) {
            const TensorFacts& start = context.inputs[parts->first + i];
            facts.push_back({start.type == ElementType::Undefined ? output.type : start.type, start.shape, {}});
            continue;
        }
        std::optional<Shape> shape = output.shape;
        if (shape) {
            const auto axis = normalAxis(parts->output_axes[i - parts->states], shape->size() + 1);
            if (!axis) return attributeProblem(context.node, "scan_output_axes", fmt::format("{} has no such dimension", shapeText(*shape)));
            shape->insert(shape->begin() + static_cast<std::ptrdiff_t>(*axis), turns);
            if (has_batch) shape->insert(shape->begin(), context.shape(first_sequence) ? context.shape(first_sequence)->front() : -1);
        }
        facts.push_back({output.type, shape, {}});
    }
    return facts;
}

/// Slice @p index of @p tensor along an axis, without that axis.
Tensor sliceAt(const Tensor& tensor, std::size_t axis, std::int64_t index)
{
    Shape shape = tensor.shape();
    std::vector<std::int64_t> steps = rowSteps(shape);
    const std::int64_t first = index * steps[axis];
    shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(axis));
    return copyStrided(tensor, shape, steps, first);
}

/// Dimension 0 moved to @p axis, in reverse order where asked.
Tensor placedAt(const Tensor& tensor, std::size_t axis, bool is_reversed)
{
    Shape shape = tensor.shape();
    std::vector<std::int64_t> steps = rowSteps(shape);
    const std::int64_t first = is_reversed && shape[0] > 0 ? (shape[0] - 1) * steps[0] : 0;
    if (is_reversed) steps[0] = -steps[0];
    std::rotate(shape.begin(), shape.begin() + 1, shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1);
    std::rotate(steps.begin(), steps.begin() + 1, steps.begin() + static_cast<std::ptrdiff_t>(axis) + 1);
    return copyStrided(tensor, shape, steps, first);
}

/// One scan without a batch. @p turns below 0: as many as the sequences have.
Result<std::vector<Tensor>> scan(const RunContext& context, const ScanParts& parts, std::vector<Tensor> values, std::int64_t turns)
{
    const Node& node = context.node;
    std::vector<Tensor> sequences(values.begin() + static_cast<std::ptrdiff_t>(parts.states), values.end());
    std::vector<std::size_t> axes;
    std::int64_t steps = -1;
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        const std::optional<std::size_t> axis = normalAxis(parts.input_axes[i], sequences[i].shape().size());
        if (!axis || (steps >= 0 && sequences[i].shape()[*axis] != steps))
            return shapeProblem(node, fmt::format("its sequence {} of shape {} does not fit the others", i, shapeText(sequences[i].shape())));
        steps = sequences[i].shape()[*axis];
        axes.push_back(*axis);
    }
    if (turns > steps) return valueProblem(node, fmt::format("{} steps are asked for, and its sequences have {}", turns, steps));
    std::vector<CollectedOutput> collected(parts.collected);
    for (std::int64_t t = 0; t < (turns < 0 ? steps : turns); ++t) {
        for (std::size_t i = 0; i < sequences.size(); ++i)
            values[parts.states + i] = sliceAt(sequences[i], axes[i], parts.input_directions[i] != 0 ? steps - 1 - t : t);
        const Result<std::vector<Tensor>> results = runSubgraph(context, *parts.body, values);
        if (!results) return results.error();
        std::copy_n(results->begin(), parts.states, values.begin());
        for (std::size_t i = 0; i < parts.collected; ++i)
            if (Result<void> added = collected[i].add(node, (*results)[parts.states + i]); !added) return added.error();
    }
    std::vector<Tensor> outputs(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(parts.states));
    for (std::size_t i = 0; i < parts.collected; ++i) {
        const Tensor joined = collected[i].joined(parts.body->value(parts.body->outputs[parts.states + i]));
        const std::optional<std::size_t> axis = normalAxis(parts.output_axes[i], joined.shape().size());
        if (!axis) return attributeProblem(node, "scan_output_axes", fmt::format("{} has no such dimension", shapeText(joined.shape())));
        outputs.push_back(placedAt(joined, *axis, parts.output_directions[i] != 0));
    }
    return outputs;
}

/// Version 8: one scan per element of the batch.
Result<std::vector<Tensor>> scanBatch(const RunContext& context, const ScanParts& parts, const std::vector<Tensor>& values)
{
    std::int64_t batch = -1;
    for (const Tensor& value : values) {
        if (value.shape().empty() || (batch >= 0 && value.shape()[0] != batch)) return shapeProblem(context.node, "its inputs do not agree on the batch");
        batch = value.shape()[0];
    }
    const std::vector<std::int64_t> lengths = context.find(0) ? asIntegers(context[0]) : std::vector<std::int64_t>();
    if (!lengths.empty() && lengths.size() != static_cast<std::size_t>(batch)) return shapeProblem(context.node, "its sequence lengths do not fit the batch");
    std::vector<CollectedOutput> outputs(parts.states + parts.collected);
    for (std::int64_t b = 0; b < batch; ++b) {
        std::vector<Tensor> element;
        for (const Tensor& value : values) element.push_back(sliceAt(value, 0, b));
        const auto results = scan(context, parts, element, lengths.empty() ? -1 : lengths[static_cast<std::size_t>(b)]);
        if (!results) return results.error();
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (Result<void> added = outputs[i].add(context.node, (*results)[i]); !added) return added.error();
    }
    std::vector<Tensor> joined;
    for (std::size_t i = 0; i < outputs.size(); ++i) joined.push_back(outputs[i].joined(parts.body->value(parts.body->outputs[i])));
    return joined;
}

Result<std::vector<Tensor>> runScan(const RunContext& context)
{
    const Result<ScanParts> parts = partsOf(context.node, context.opset);
    if (!parts) return parts.error();
    std::vector<Tensor> values;
    for (std::size_t i = parts->first; i < context.inputs.size(); ++i) {
        if (!context.find(i)) return missingInput(context.node, i);
        values.push_back(context[i]);
    }
    return hasBatch(context.opset) ? scanBatch(context, *parts, values) : scan(context, *parts, values, -1);
}

constexpr std::array kOps{
    OpDescriptor{"", "Scan", 8, 0, scanShape, runScan, NotSupported{"Every sample may take its own way."}},
};

} // namespace

std::span<const OpDescriptor> scanOps()
{
    return kOps;
}

} // namespace bitwright
