// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/table_function/table_function.h"

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {

Cost tableFunctionCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<TableFunctionAttributes>();
    ElementwiseFacts facts = elementwiseFacts(circuit.input(primitive), circuit.output(primitive));
    const bool is_rectifier = attributes.function == TableFunction::Elu || attributes.function == TableFunction::Selu;
    facts.kernel = "table";
    facts.regime = is_rectifier ? "elu" : "sigmoid"; // a table and an address, whatever its content
    facts.table_entries = attributes.size;
    facts.table_bits =
        primitive.hasConstant(slots::kTable) ? widthBits(primitive.constant(slots::kTable).format) : facts.output_bits;
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
