// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/emitter.h"

#include <algorithm>
#include <cmath>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/dense/dense.h"
#include "circuit/primitives/merge/merge.h"
#include "circuit/primitives/reorder/reorder.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "circuit/primitives/threshold/threshold.h"
#include "flows/hls4ml/type_choice.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

constexpr int kMaximumExactBits = 63;

Strategy strategyOf(const std::string& name)
{
    for (const Strategy strategy : {Strategy::Resource, Strategy::ResourceUnrolled, Strategy::DistributedArithmetic}) {
        if (strategyName(strategy) == name)
            return strategy;
    }
    return Strategy::Latency;
}

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

/// The narrowest fixed format that holds all values exactly, or nothing where that takes too many bits.
std::optional<FixedFormat> exactFormat(const Array& values)
{
    int fraction = -1000;
    int top = -1000;
    bool is_signed = false;
    for (const double value : values->values) {
        if (value == 0)
            continue;
        int exponent = 0;
        const double mantissa = std::frexp(value, &exponent); // |mantissa| in [0.5, 1)
        auto digits = static_cast<std::int64_t>(std::ldexp(mantissa, 53));
        int lowest = exponent - 53;
        for (; digits % 2 == 0; digits /= 2)
            ++lowest;
        fraction = std::max(fraction, -lowest);
        top = std::max(top, exponent);
        is_signed = is_signed || value < 0;
    }
    if (top == -1000)
        return fixedFormat(1, 1, false);
    const int integer = top + 1; // one bit more than the magnitude, so that -2^n needs no case of its own
    return integer + fraction > kMaximumExactBits ? std::nullopt
                                                  : std::optional(fixedFormat(integer + fraction, integer, is_signed));
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

/// Distributed arithmetic takes the numbers as they are, whatever the weight's type says.
Codes Emitter::exactWeight(const WeightVariable& variable)
{
    const Array values = m_constants.quantised(variable);
    if (std::holds_alternative<BipolarFormat>(type(slots::kWeight)))
        return m_constants.weightCodes(values, BipolarFormat{});
    const auto format = exactFormat(values);
    if (!format) {
        fail(DiagnosticCode::WeightsNotExact, {m_node->name, std::to_string(kMaximumExactBits)}, slots::kWeight);
        return weight(variable, slots::kWeight);
    }
    const ContentHash key = ContentHasher().text("exact").add(values->id).value();
    return m_constants.codes(key, [&] { return codesFromDoubles(values->shape, values->values, *format); });
}

Codes Emitter::oneNumber(double value, const FixedFormat& format)
{
    ContentHasher hasher;
    hasher.text("number").add(value);
    hashInto(hasher, format);
    return m_constants.codes(hasher.value(), [&] { return codesFromDoubles({1}, std::vector<double>{value}, format); });
}

void Emitter::emitPayload(const DensePayload& dense)
{
    auto attributes = std::make_shared<DenseAttributes>();
    attributes->n_in = dense.n_in;
    attributes->n_out = dense.n_out;
    attributes->rows = dense.rows;
    attributes->strategy = strategyOf(m_node->variant);
    attributes->reuse_factor = reuseFactor();
    const bool is_exact = attributes->strategy == Strategy::DistributedArithmetic;
    m_primitive.constants["weight"] = is_exact ? exactWeight(dense.weight) : weight(dense.weight, slots::kWeight);
    m_primitive.constants["bias"] = weight(dense.bias, slots::kBias);
    m_primitive.formats["accumulator"] = fixedType(slots::kAccumulator);
    finish("dense", std::move(attributes));
}

void Emitter::emitPayload(const AffinePayload& affine)
{
    auto attributes = std::make_shared<ScaleShiftAttributes>();
    m_primitive.constants["scale"] = weight(affine.scale, slots::kScale);
    m_primitive.constants["bias"] = weight(affine.bias, slots::kBias);
    attributes->n = static_cast<std::int64_t>(m_primitive.constants["scale"]->size());
    attributes->reuse_factor = reuseFactor();
    finish("scale_shift", std::move(attributes));
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

void Emitter::emitPayload(const ReshapePayload&)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "repack";
    finish("reorder", std::move(attributes));
}

void Emitter::emitPayload(const TransposePayload& transpose)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "transpose";
    const Shape& from = m_graph.producer(m_node->inputs.front())->shape;
    std::vector<std::int64_t> strides(from.size(), 1);
    for (std::size_t i = from.size(); i-- > 1;)
        strides[i - 1] = strides[i] * from[i];
    const std::int64_t count = elementCount(m_node->shape).value_or(0);
    for (std::int64_t e = 0; e < count; ++e) {
        std::int64_t rest = e;
        std::int64_t source = 0;
        for (std::size_t i = m_node->shape.size(); i-- > 0;) {
            source += rest % m_node->shape[i] * strides[static_cast<std::size_t>(transpose.permutation[i])];
            rest /= m_node->shape[i];
        }
        attributes->element.push_back(source);
        attributes->source.push_back(0);
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
