// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/pooling/pooling.h"

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {

Cost poolingCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<PoolingAttributes>();
    ElementwiseFacts facts = elementwiseFacts(circuit.input(primitive), circuit.output(primitive));
    facts.kernel = "pool";
    facts.regime = poolingName(attributes.operation);
    facts.terms = attributes.window.taps();
    facts.beats = attributes.window.inputPixels();
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
