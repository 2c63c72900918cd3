// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/convolution_law.h"

#include <algorithm>

#include "circuit/cost_laws/cost_builder.h"
#include "circuit/cost_laws/memory_law.h"

namespace bitwright {
namespace {

double asDouble(std::int64_t value)
{
    return static_cast<double>(value);
}

bool usesResource(const DenseFacts& facts)
{
    return facts.strategy == Strategy::Resource || facts.strategy == Strategy::ResourceUnrolled;
}

// Rows of pixels that wait for the window: shift registers in LUTs, 32 deep each.
double lineBufferBits(const ConvolutionFacts& facts)
{
    constexpr std::int64_t kShiftRegisterDepth = 32;
    return asDouble((facts.kernel_height - 1) * facts.channels * ceilDivide(facts.row_width, kShiftRegisterDepth)) *
           facts.product.input_bits;
}

void addStream(CostBuilder& builder, const ConvolutionFacts& facts, const Cost& product, const CostProfile& profile)
{
    const char* regime = usesResource(facts.product) ? "resource_stream" : "latency_stream";
    const DenseFacts& dense = facts.product;
    const double window = asDouble(facts.kernel_height * facts.kernel_width * facts.channels) * dense.input_bits;
    const double block = asDouble(ceilDivide(dense.n_in * dense.n_out, std::max<std::int64_t>(1, dense.reuse_factor)));
    for (const CostTarget target : {CostTarget::Lut, CostTarget::Ff})
        builder.linear(regime, target,
                       {{"const", "pixel loop", 1},
                        {"product", "matrix product", product.amount(target).value},
                        {"channel_bit", "pixels in and out",
                         asDouble(facts.channels + dense.n_out) * dense.input_bits},
                        {"window", "window of pixels", window},
                        {"line", "line buffer", lineBufferBits(facts)},
                        {"block_bit", "products", block * dense.input_bits}});
    builder.exact(regime, CostTarget::Dsp, "matrix product", product.dsp.value);
    builder.exact(regime, CostTarget::Bram, "weights", product.bram.value);
    const double reuse = asDouble(dense.reuse_factor);
    const double per_pixel = usesResource(dense) ? reuse + streamLoopCycles(dense, profile) : reuse;
    const double cycles = asDouble(facts.input_pixels) * per_pixel;
    const double tail = usesResource(dense) ? 0 : profile.constant("convolution_extra_cycles");
    builder.timing(regime, cycles + tail, cycles + tail);
}

void addParallel(CostBuilder& builder, const ConvolutionFacts& facts, const Cost& product)
{
    const char* regime = usesResource(facts.product) ? "resource" : "latency";
    const double copies = asDouble(facts.parallelisation);
    const double window = asDouble(facts.input_pixels * facts.channels) * facts.product.input_bits;
    for (const CostTarget target : {CostTarget::Lut, CostTarget::Ff})
        builder.linear(regime, target,
                       {{"product", "matrix products", copies * product.amount(target).value},
                        {"window", "input selection", window},
                        {"out", "output registers",
                         asDouble(facts.output_pixels * facts.product.n_out) * facts.product.accumulator_bits}});
    builder.exact(regime, CostTarget::Dsp, "matrix products", copies * product.dsp.value);
    builder.exact(regime, CostTarget::Bram, "weights", copies * product.bram.value);
    const double steps = asDouble(ceilDivide(facts.output_pixels, std::max<std::int64_t>(1, facts.parallelisation)));
    const double interval = steps * asDouble(std::max<std::int64_t>(1, facts.product.reuse_factor));
    builder.timing(regime, steps > 1 ? interval + product.latency_cycles.value + 1 : product.latency_cycles.value,
                   std::max(interval, product.initiation_interval_cycles.value));
}

} // namespace

Cost convolutionCost(const ConvolutionFacts& facts, const CostProfile& profile)
{
    DenseFacts dense = facts.product;
    const bool is_stream = dense.is_stream;
    dense.is_stream = false;
    const Cost product = denseCost(dense, profile);
    CostBuilder builder(profile, "convolution");
    builder.feature("n_in", asDouble(dense.n_in));
    builder.feature("n_out", asDouble(dense.n_out));
    builder.feature("input_bits", dense.input_bits);
    if (is_stream)
        addStream(builder, facts, product, profile);
    else
        addParallel(builder, facts, product);
    Cost cost = builder.finish();
    cost.is_time_shared = product.is_time_shared;
    return cost;
}

} // namespace bitwright
