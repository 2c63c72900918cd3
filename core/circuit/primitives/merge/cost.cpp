// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/merge/merge.h"

#include <algorithm>

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {

Cost mergeCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<MergeAttributes>();
    const CircuitValue& first = circuit.input(primitive, 0);
    const CircuitValue& second = circuit.input(primitive, 1);
    ElementwiseFacts facts = elementwiseFacts(first, circuit.output(primitive));
    facts.kernel = "merge";
    facts.regime = mergeOperationName(attributes.operation);
    facts.terms = 2;
    const double first_bits = widthBits(first.format);
    const double second_bits = widthBits(second.format);
    facts.input_bits = std::max(first_bits, second_bits);
    if (attributes.operation == MergeOperation::Multiply) {
        facts.multipliers = facts.is_stream ? facts.lanes : facts.elements;
        facts.product_bits = first_bits + second_bits;
    }
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
