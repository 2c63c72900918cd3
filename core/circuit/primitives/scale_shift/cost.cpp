// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/scale_shift/scale_shift.h"

#include <algorithm>

#include "circuit/cost_laws/circuit_facts.h"
#include "circuit/cost_laws/memory_law.h"
#include "circuit/cost_laws/weight_statistics.h"

namespace bitwright {

Cost scaleShiftCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<ScaleShiftAttributes>();
    ElementwiseFacts facts = elementwiseFacts(circuit.input(primitive), circuit.output(primitive));
    facts.kernel = "scale_shift";
    facts.regime = "affine";
    // Every channel is an input of its own with one constant: the rule of constant products.
    const CodeTensor& scale = primitive.constant(slots::kScale);
    const WeightStatistics statistics =
        weightStatistics(scale, static_cast<std::int64_t>(scale.size()), 1);
    ProductRule rule;
    rule.threshold_bits = profile.constant("dsp_threshold_bits");
    rule.minimum_input_bits = profile.constant("dsp_minimum_input_bits");
    const ProductSplit split = splitProducts(statistics, facts.input_bits, rule);
    const std::int64_t copies =
        facts.is_stream ? 1 : std::max<std::int64_t>(1, facts.elements / std::max<std::int64_t>(1, attributes.n));
    const std::int64_t reuse = std::max<std::int64_t>(1, attributes.reuse_factor);
    facts.multipliers = ceilDivide(static_cast<std::int64_t>(split.dsp_constants) * copies, reuse);
    facts.product_bits = facts.input_bits + widthBits(scale.format);
    facts.shift_additions = static_cast<std::int64_t>(split.shift_additions) * copies;
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
