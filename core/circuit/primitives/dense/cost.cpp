// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/dense/dense_facts.h"

#include <algorithm>

#include "circuit/cost_laws/circuit_facts.h"
#include "circuit/cost_laws/convolution_law.h"

namespace bitwright {
namespace {

// Codes of one-bit weights mean -1 and +1.
WeightStatistics statisticsOf(const CodeTensor& weight, const DenseAttributes& attributes)
{
    if (!std::holds_alternative<BipolarFormat>(weight.format))
        return weightStatistics(weight, attributes.n_in, attributes.n_out);
    CodeTensor signs = weight;
    for (std::int64_t& code : signs.codes)
        code = code == 0 ? -1 : 1;
    return weightStatistics(signs, attributes.n_in, attributes.n_out);
}

bool isZero(std::int64_t code)
{
    return code == 0;
}

} // namespace

DenseFacts denseFacts(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const CodeTensor& weight = primitive.constant(slots::kWeight);
    DenseFacts facts;
    facts.n_in = attributes.n_in;
    facts.n_out = attributes.n_out;
    facts.reuse_factor = std::max<std::int64_t>(1, attributes.reuse_factor);
    facts.strategy = attributes.strategy;
    facts.is_stream = isStream(circuit.output(primitive));
    facts.clock = clockOf(circuit);
    facts.weight_bits = widthBits(weight.format);
    facts.input_bits = widthBits(circuit.input(primitive).format);
    facts.output_bits = widthBits(circuit.output(primitive).format);
    const auto accumulator = primitive.formats.find(slots::kAccumulator);
    facts.accumulator_bits =
        accumulator == primitive.formats.end() ? facts.output_bits : widthBits(accumulator->second);
    if (primitive.hasConstant(slots::kBias)) {
        const CodeTensor& bias = primitive.constant(slots::kBias);
        facts.has_bias = bias.isWide() || !std::all_of(bias.codes.begin(), bias.codes.end(), isZero);
    } else {
        facts.has_bias = false;
    }
    if (const double density = nonzeroPerOutputBefore(circuit, circuit.input(primitive)); density >= 0)
        facts.input_live_share = liveInputShare(density, profile);
    facts.weights = statisticsOf(weight, attributes);
    return facts;
}

Cost denseCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const DenseFacts facts = denseFacts(circuit, primitive, profile);
    if (attributes.rows <= 1) return denseCost(facts, profile);
    // Rows pass one after the other, as the pixels of a pointwise convolution do.
    ConvolutionFacts rows;
    rows.product = facts;
    rows.channels = attributes.n_in;
    rows.row_width = attributes.rows;
    rows.input_pixels = attributes.rows;
    rows.output_pixels = attributes.rows;
    return convolutionCost(rows, profile);
}

} // namespace bitwright
