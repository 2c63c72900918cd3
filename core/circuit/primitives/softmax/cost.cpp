// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/softmax/softmax.h"

#include <algorithm>

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {

Cost softmaxCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<SoftmaxAttributes>();
    const CircuitValue& output = circuit.output(primitive);
    SoftmaxFacts facts;
    facts.implementation = softmaxImplementationName(attributes.implementation);
    facts.is_stream = isStream(output);
    facts.classes = std::max<std::int64_t>(1, attributes.n);
    facts.outer = std::max<std::int64_t>(1, attributes.outer * attributes.inner);
    facts.input_bits = widthBits(circuit.input(primitive).format);
    facts.output_bits = widthBits(output.format);
    facts.clock = clockOf(circuit);
    if (primitive.hasConstant(slots::kExpTable)) {
        const CodeTensor& table = primitive.constant(slots::kExpTable);
        facts.table_entries = static_cast<std::int64_t>(table.size());
        facts.table_bits = widthBits(table.format);
    }
    return softmaxCost(facts, profile);
}

} // namespace bitwright
