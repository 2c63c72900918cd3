// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/emitter.h"

#include <algorithm>
#include <cmath>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/merge/merge.h"
#include "circuit/primitives/reorder/reorder.h"
#include "circuit/primitives/threshold/threshold.h"
#include "flows/hls4ml/type_choice.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

MergeOperation mergeOperationOf(const std::string& word)
{
    struct Entry {
        std::string_view word;
        MergeOperation operation;
    };
    constexpr Entry kEntries[] = {
        {"add", MergeOperation::Add},         {"subtract", MergeOperation::Subtract},
        {"multiply", MergeOperation::Multiply}, {"divide", MergeOperation::Divide},
        {"average", MergeOperation::Average}, {"maximum", MergeOperation::Maximum},
    };
    const auto found = std::find_if(std::begin(kEntries), std::end(kEntries),
                                    [&](const Entry& entry) { return entry.word == word; });
    return found == std::end(kEntries) ? MergeOperation::Minimum : found->operation;
}

/// Element of @p from that each element of the broadcast shape @p to reads; empty for the identity.
std::vector<std::int64_t> broadcastReads(const Shape& from, const Shape& to)
{
    if (from == to)
        return {};
    std::vector<std::int64_t> reads(static_cast<std::size_t>(elementCount(to).value_or(0)), 0);
    std::int64_t stride_from = 1;
    std::int64_t stride_to = 1;
    for (std::size_t i = 0; i < to.size(); ++i) {
        const std::int64_t extent_to = to[to.size() - 1 - i];
        const std::int64_t extent_from = i < from.size() ? from[from.size() - 1 - i] : 1;
        for (std::size_t e = 0; extent_from > 1 && e < reads.size(); ++e)
            reads[e] += static_cast<std::int64_t>(e) / stride_to % extent_to * stride_from;
        stride_from *= extent_from;
        stride_to *= extent_to;
    }
    return reads;
}

} // namespace

void Emitter::emit(const LayerNode& node)
{
    m_node = &node;
    m_primitive = {};
    m_has_primitive = false;
    if (node.as<ReshapePayload>() && !node.as<ReshapePayload>()->is_repack) {
        m_values[node.output] = value(node.inputs.front()); // the same wires under another name
        return;
    }
    m_primitive.name = node.name;
    m_primitive.layer = node.origin.layer;
    m_primitive.model_nodes = node.model_nodes;
    for (const LinkId input : node.inputs)
        m_primitive.inputs.push_back(value(input));
    std::visit([this](const auto& payload) { emitPayload(payload); }, node.payload);
    const CircuitIndex made = addValue(node, type(slots::kResult));
    if (!m_has_primitive)
        return;
    m_primitive.outputs = {made};
    m_circuit.primitives.push_back(std::move(m_primitive));
}

CircuitIndex Emitter::addValue(const LayerNode& node, const NumberFormat& format)
{
    CircuitValue made;
    made.name = node.name;
    made.shape = node.shape;
    made.format = format;
    if (m_circuit.design.io_type == IoType::Stream) {
        const std::int64_t channels = node.shape.empty() ? 1 : node.shape.back();
        made.transport = {IoType::Stream, elementCount(node.shape).value_or(1) / channels, channels};
    }
    m_circuit.values.push_back(std::move(made));
    const auto index = static_cast<CircuitIndex>(m_circuit.values.size() - 1);
    m_values[node.output] = index;
    return index;
}

const NumberFormat& Emitter::inputFormat(std::size_t which) const
{
    return m_circuit.value(m_primitive.inputs[which]).format;
}

FixedFormat Emitter::fixedType(const char* slot)
{
    const NumberFormat& format = type(slot);
    if (const auto* fixed = std::get_if<FixedFormat>(&format))
        return *fixed;
    fail(DiagnosticCode::FormatNotLowered, {m_node->name, slot, shortName(format)}, slot);
    return {};
}

std::int64_t Emitter::number(const char* name, std::int64_t fallback) const
{
    const auto found = m_node->numbers.find(name);
    return found == m_node->numbers.end() ? fallback : found->second;
}

void Emitter::fail(DiagnosticCode code, std::vector<std::string> arguments, const char* slot)
{
    m_has_failed = true;
    m_findings.push_back({code, std::move(arguments), LayerLocation{m_node->origin.layer, slot}});
}

void Emitter::finish(const char* kind, std::shared_ptr<const PrimitiveAttributes> attributes)
{
    m_primitive.kind = builtinPrimitives().find(kind);
    m_primitive.attributes = std::move(attributes);
    m_has_primitive = true;
}

Codes Emitter::weight(const WeightVariable& variable, const char* slot)
{
    const bool is_finite = std::all_of(variable.unquantised->values.begin(), variable.unquantised->values.end(),
                                       [](double value) { return std::isfinite(value); });
    if (!is_finite) {
        fail(DiagnosticCode::ConstantsNotFinite, {m_node->name, slot}, slot);
        return m_constants.weightCodes(filledArray(variable.unquantised->shape, 0, ArrayType::Float32), FixedFormat{});
    }
    const NumberFormat& format = type(slot);
    if (!std::holds_alternative<BipolarFormat>(format))
        fixedType(slot); // reports what is neither
    return m_constants.weightCodes(m_constants.quantised(variable), format);
}

Codes Emitter::oneNumber(double value, const FixedFormat& format)
{
    ContentHasher hasher;
    hasher.text("number").add(value);
    hashInto(hasher, format);
    return m_constants.codes(hasher.value(), [&] { return codesFromDoubles({1}, std::vector<double>{value}, format); });
}

void Emitter::emitPayload(const MergePayload& merge)
{
    auto attributes = std::make_shared<MergeAttributes>();
    attributes->operation = mergeOperationOf(merge.operation);
    attributes->index_a = broadcastReads(m_circuit.value(m_primitive.inputs[0]).shape, m_node->shape);
    attributes->index_b = broadcastReads(m_circuit.value(m_primitive.inputs[1]).shape, m_node->shape);
    attributes->reuse_factor = reuseFactor();
    finish("merge", std::move(attributes));
}

void Emitter::emitPayload(const ConcatenatePayload& concatenate)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "concatenate";
    const Shape& shape = m_node->shape;
    const auto axis = static_cast<std::size_t>(concatenate.axis);
    std::int64_t outer = 1, inner = 1;
    for (std::size_t i = 0; i < shape.size(); ++i)
        (i < axis ? outer : inner) *= i == axis ? 1 : shape[i];
    for (std::int64_t o = 0; o < outer; ++o) {
        for (std::size_t k = 0; k < m_node->inputs.size(); ++k) {
            const std::int64_t run = m_graph.producer(m_node->inputs[k])->shape[axis] * inner;
            for (std::int64_t i = 0; i < run; ++i) {
                attributes->source.push_back(static_cast<std::int32_t>(k));
                attributes->element.push_back(o * run + i);
            }
        }
    }
    finish("reorder", std::move(attributes));
}

void Emitter::emitPayload(const ThresholdPayload& threshold)
{
    auto attributes = std::make_shared<ThresholdAttributes>();
    const Array& values = threshold.threshold;
    const bool is_finite = std::all_of(values->values.begin(), values->values.end(),
                                       [](double value) { return std::isfinite(value); });
    if (!is_finite)
        return fail(DiagnosticCode::ConstantsNotFinite, {m_node->name, "threshold"});
    m_primitive.constants["threshold"] = m_constants.weightCodes(values, threshold.format);
    attributes->n = static_cast<std::int64_t>(values->values.size());
    finish("threshold", std::move(attributes));
}

} // namespace bitwright::hls4ml
