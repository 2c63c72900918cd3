// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/threshold/threshold.h"

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {

Cost thresholdCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    ElementwiseFacts facts = elementwiseFacts(circuit.input(primitive), circuit.output(primitive));
    facts.kernel = "threshold";
    facts.regime = "compare";
    facts.terms = primitive.attributesAs<ThresholdAttributes>().is_ternary ? 3 : 2;
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
