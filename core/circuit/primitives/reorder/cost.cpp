// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/reorder/reorder.h"

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {

Cost reorderCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    ElementwiseFacts facts = elementwiseFacts(circuit.input(primitive), circuit.output(primitive));
    facts.kernel = "reorder";
    facts.regime = primitive.attributesAs<ReorderAttributes>().operation;
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
