// SPDX-License-Identifier: GPL-3.0-or-later
// Layers with weights: dense layers, convolutions, scalings.
#include <algorithm>
#include <cmath>

#include "circuit/primitives/convolution/convolution.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "flows/hls4ml/emitter.h"
#include "flows/hls4ml/tunables.h"
#include "flows/hls4ml/type_choice.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

constexpr int kMaximumExactBits = 63;

Strategy strategyOf(const std::string& name)
{
    for (const Strategy strategy : {Strategy::Resource, Strategy::ResourceUnrolled, Strategy::DistributedArithmetic}) {
        if (strategyName(strategy) == name)
            return strategy;
    }
    return Strategy::Latency;
}

/// The narrowest fixed format that holds all values exactly, or nothing where that takes too many bits.
std::optional<FixedFormat> exactFormat(const Array& values)
{
    int fraction = -1000;
    int top = -1000;
    bool is_signed = false;
    for (const double value : values->values) {
        if (value == 0)
            continue;
        int exponent = 0;
        const double mantissa = std::frexp(value, &exponent); // |mantissa| in [0.5, 1)
        auto digits = static_cast<std::int64_t>(std::ldexp(mantissa, 53));
        int lowest = exponent - 53;
        for (; digits % 2 == 0; digits /= 2)
            ++lowest;
        fraction = std::max(fraction, -lowest);
        top = std::max(top, exponent);
        is_signed = is_signed || value < 0;
    }
    if (top == -1000)
        return fixedFormat(1, 1, false);
    const int integer = top + 1; // one bit more than the magnitude, so that -2^n needs no case of its own
    return integer + fraction > kMaximumExactBits ? std::nullopt
                                                  : std::optional(fixedFormat(integer + fraction, integer, is_signed));
}

/// Parameters that repeat for every pixel, once.
Codes perChannel(const Codes& codes, std::int64_t channels)
{
    const std::size_t count = static_cast<std::size_t>(channels);
    if (codes->isWide() || channels < 1 || codes->size() <= count || codes->size() % count != 0)
        return codes;
    for (std::size_t i = count; i < codes->codes.size(); ++i) {
        if (codes->codes[i] != codes->codes[i % count])
            return codes;
    }
    auto row = std::make_shared<CodeTensor>();
    row->shape = {channels};
    row->format = codes->format;
    row->codes.assign(codes->codes.begin(), codes->codes.begin() + channels);
    return row;
}

/// A depthwise product in memories walks through places and channels together; per channel that makes strides.
std::int64_t accumulationStep(const DenseAttributes& attributes, const ConvolutionPayload& image)
{
    const bool is_strided = attributes.strategy == Strategy::Resource && attributes.reuse_factor % image.window.channels == 0;
    return is_strided ? std::max<std::int64_t>(1, attributes.reuse_factor / image.window.channels) : 1;
}

} // namespace

/// Distributed arithmetic takes the numbers as they are, whatever the weight's type says.
Codes Emitter::exactWeight(const WeightVariable& variable)
{
    const Array values = m_constants.quantised(variable);
    if (std::holds_alternative<BipolarFormat>(type(slots::kWeight)))
        return m_constants.weightCodes(values, BipolarFormat{});
    const auto format = exactFormat(values);
    if (!format) {
        fail(DiagnosticCode::WeightsNotExact, {m_node->name, std::to_string(kMaximumExactBits)}, slots::kWeight);
        return weight(variable, slots::kWeight);
    }
    const ContentHash key = ContentHasher().text("exact").add(values->id).value();
    return m_constants.codes(key, [&] { return codesFromDoubles(values->shape, values->values, *format); });
}

void Emitter::fillProduct(const DensePayload& dense, DenseAttributes& attributes)
{
    attributes.n_in = dense.n_in;
    attributes.n_out = dense.n_out;
    attributes.rows = dense.rows;
    attributes.strategy = strategyOf(m_node->variant);
    attributes.reuse_factor = reuseFactor();
    const bool is_exact = attributes.strategy == Strategy::DistributedArithmetic;
    m_primitive.constants["weight"] = is_exact ? exactWeight(dense.weight) : weight(dense.weight, slots::kWeight);
    m_primitive.constants["bias"] = weight(dense.bias, slots::kBias);
    m_primitive.formats["accumulator"] = fixedType(slots::kAccumulator);
}

void Emitter::emitPayload(const DensePayload& dense)
{
    if (dense.convolution)
        return emitConvolution(dense, *dense.convolution);
    auto attributes = std::make_shared<DenseAttributes>();
    fillProduct(dense, *attributes);
    finish("dense", std::move(attributes));
}

void Emitter::emitConvolution(const DensePayload& dense, const ConvolutionPayload& image)
{
    auto attributes = std::make_shared<ConvolutionAttributes>();
    fillProduct(dense, *attributes);
    attributes->window = image.window;
    attributes->groups = image.groups;
    attributes->parallelization_factor = number(kParallelizationFactor, 1);
    if (image.isDepthwise())
        attributes->accumulation_step = accumulationStep(*attributes, image);
    finish("convolution", std::move(attributes));
}

void Emitter::emitPayload(const AffinePayload& affine)
{
    auto attributes = std::make_shared<ScaleShiftAttributes>();
    Codes scale = weight(affine.scale, slots::kScale);
    Codes bias = weight(affine.bias, slots::kBias);
    const std::int64_t channels = m_node->shape.empty() ? 1 : m_node->shape.back();
    if (const Codes row = perChannel(scale, channels), shifts = perChannel(bias, channels); row->size() == shifts->size()) {
        scale = row;
        bias = shifts;
    }
    m_primitive.constants["scale"] = scale;
    m_primitive.constants["bias"] = bias;
    attributes->n = static_cast<std::int64_t>(scale->size());
    attributes->reuse_factor = reuseFactor();
    finish("scale_shift", std::move(attributes));
}

} // namespace bitwright::hls4ml
