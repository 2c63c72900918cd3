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

} // namespace bitwright
