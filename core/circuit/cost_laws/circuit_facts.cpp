// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/circuit_facts.h"

#include <algorithm>

namespace bitwright {

ClockTarget clockOf(const Circuit& circuit)
{
    return {circuit.design.clock_ns, circuit.design.clock_uncertainty_percent};
}

bool isStream(const CircuitValue& value)
{
    return value.transport.kind == IoType::Stream;
}

Narrowing narrowingBetween(const NumberFormat& from, const NumberFormat& to)
{
    const auto* source = std::get_if<FixedFormat>(&from);
    const auto* target = std::get_if<FixedFormat>(&to);
    if (source == nullptr || target == nullptr) return Narrowing::None;
    const bool loses_fraction = target->fractionBits() < source->fractionBits();
    const bool loses_range = target->integer_bits - (target->is_signed ? 1 : 0) <
                             source->integer_bits - (source->is_signed ? 1 : 0);
    if (!loses_fraction && !loses_range) return Narrowing::None;
    const bool rounds = loses_fraction && target->rounding != Rounding::Trn;
    const bool saturates = loses_range && target->overflow != Overflow::Wrap;
    return rounds || saturates ? Narrowing::Rounding : Narrowing::Truncation;
}

ElementwiseFacts elementwiseFacts(const CircuitValue& input, const CircuitValue& output)
{
    ElementwiseFacts facts;
    facts.is_stream = isStream(output);
    facts.elements = std::max<std::int64_t>(1, elementCount(output.shape).value_or(1));
    const std::int64_t packing = std::max<std::int64_t>(1, output.transport.packing);
    facts.lanes = facts.is_stream ? std::min(packing, facts.elements) : facts.elements;
    facts.beats = std::max<std::int64_t>(1, facts.elements / facts.lanes);
    facts.input_bits = widthBits(input.format);
    facts.output_bits = widthBits(output.format);
    return facts;
}

double nonzeroPerOutputBefore(const Circuit& circuit, const CircuitValue& value)
{
    CircuitIndex maker = value.producer;
    if (maker < 0) return -1;
    const Primitive* producer = &circuit.primitives[static_cast<std::size_t>(maker)];
    if (!producer->hasConstant(slots::kWeight) && producer->inputs.size() == 1) {
        maker = circuit.input(*producer).producer;
        if (maker < 0) return -1;
        producer = &circuit.primitives[static_cast<std::size_t>(maker)];
    }
    if (!producer->hasConstant(slots::kWeight)) return -1;
    const CodeTensor& weight = producer->constant(slots::kWeight);
    if (weight.isWide() || weight.shape.empty() || std::holds_alternative<BipolarFormat>(weight.format)) return -1;
    const auto zeros = std::count(weight.codes.begin(), weight.codes.end(), std::int64_t{0});
    const double nonzero = static_cast<double>(static_cast<std::ptrdiff_t>(weight.codes.size()) - zeros);
    return nonzero / static_cast<double>(std::max<std::int64_t>(1, weight.shape.back()));
}

} // namespace bitwright
