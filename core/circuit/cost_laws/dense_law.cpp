// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/dense_law.h"

#include <algorithm>
#include <cmath>
#include <string>

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

double nonzeroPerOutput(const DenseFacts& facts)
{
    return facts.n_out > 0 ? facts.weights.nonzero / asDouble(facts.n_out) : 0;
}

// Bits that the widest sum can occupy; narrower than the accumulator when its type is generous.
double liveAccumulatorBits(const DenseFacts& facts)
{
    const double needed =
        facts.input_bits + facts.weights.mean_width_bits + std::ceil(std::log2(nonzeroPerOutput(facts) + 1));
    return std::min(facts.accumulator_bits, needed);
}

// Some versions chain the additions of very large products instead of building a tree.
bool isChained(const DenseFacts& facts, const CostProfile& profile)
{
    return profile.constant("chain_add_ns") > 0 &&
           facts.n_in * facts.n_out > static_cast<std::int64_t>(profile.constant("chain_products")) &&
           asDouble(facts.n_in) > profile.constant("chain_inputs");
}

// Multipliers and shift-and-add products work side by side; the adder tree follows them. Registers lie where the
// accumulated delay passes a multiple of the usable period, and hold the sums of the tree's level reached there.
void schedule(const DenseFacts& facts, const CostProfile& profile, DenseCounts& counts)
{
    constexpr double kMostCuts = 64;
    const double usable = usableNanoseconds(facts.clock, profile);
    const double per_output = nonzeroPerOutput(facts) * facts.input_live_share;
    const double multiply = counts.products.dsp_constants > 0 ? profile.constant("multiply_ns") : 0;
    const double shift = counts.products.shift_additions > 0 ? profile.constant("shift_ns") : 0;
    const double add = profile.constant("add_ns");
    const double start = std::max(multiply, shift);
    counts.pipeline_cycles = std::floor((start + add * std::log2(per_output + 1)) / usable);
    const double product_bits =
        std::min(counts.live_accumulator_bits, facts.input_bits + facts.weights.mean_width_bits);
    for (double cut = 1; cut <= std::min(counts.pipeline_cycles, kMostCuts); ++cut) {
        const double level = std::max(0.0, (cut * usable - start) / std::max(add, 1e-3));
        const double sums = std::min(per_output, std::max(1.0, per_output / std::exp2(level)));
        counts.cut_bits += asDouble(facts.n_out) * sums * std::min(counts.live_accumulator_bits, product_bits + level);
    }
    if (!isChained(facts, profile)) return;
    const double chain = std::round(profile.constant("chain_add_ns") * per_output / facts.clock.period_ns);
    if (chain <= counts.pipeline_cycles) return;
    counts.chain_bits = facts.weights.nonzero * counts.live_accumulator_bits * (chain - counts.pipeline_cycles) / chain;
    counts.pipeline_cycles = chain;
}

ProductRule productRule(const DenseFacts& facts, const CostProfile& profile)
{
    ProductRule rule;
    rule.threshold_bits = profile.constant("dsp_threshold_bits");
    rule.minimum_input_bits = profile.constant("dsp_minimum_input_bits");
    rule.is_forced = facts.is_multiplier_forced || facts.is_lut_forced;
    return rule;
}

// DSP blocks that one product of two variables takes (DSP48: 25 or 27 by 18, signed).
double blocksPerProduct(const DenseFacts& facts, const CostProfile& profile)
{
    const double wide = std::max(facts.weight_bits, facts.input_bits);
    const double narrow = std::min(facts.weight_bits, facts.input_bits);
    const double long_side = profile.constant("dsp_long_side_bits") - 1;
    const double short_side = profile.constant("dsp_short_side_bits") - 1;
    return std::max(1.0, std::ceil((wide - 1) / long_side)) * std::max(1.0, std::ceil((narrow - 1) / short_side));
}

// Resource strategy: products of variables, since weights come from memory.
double sharedDspBlocks(const DenseFacts& facts, std::int64_t block_factor, const CostProfile& profile)
{
    if (facts.is_lut_forced) return 0;
    const double blocks = asDouble(block_factor) * blocksPerProduct(facts, profile);
    if (facts.is_multiplier_forced) return blocks;
    if (facts.input_bits < profile.constant("shared_dsp_minimum_input_bits")) return 0;
    if (facts.weight_bits <= profile.constant("shared_dsp_no_weight_bits")) return 0;
    // At this width the product with the highest slice of the weight word stays in LUTs.
    const double partly = profile.constant("shared_dsp_partial_weight_bits");
    if (facts.weight_bits <= partly)
        return std::max(std::min(blocks, 1.0), blocks - 1) * profile.constant("shared_dsp_partial_share");
    return blocks;
}

std::int64_t weightMemoryBlocks(const DenseFacts& facts, std::int64_t block_factor, const CostProfile& profile)
{
    const std::int64_t width = block_factor * static_cast<std::int64_t>(facts.weight_bits);
    const std::int64_t depth = facts.reuse_factor;
    if (depth < static_cast<std::int64_t>(profile.constant("weight_memory_minimum_depth"))) return 0;
    if (depth * width < static_cast<std::int64_t>(profile.constant("weight_memory_minimum_bits"))) return 0;
    return constantMemoryBlocks(depth, width, static_cast<std::int64_t>(facts.weight_bits));
}

std::int64_t indexMemoryBlocks(const DenseFacts& facts, const CostProfile& profile)
{
    if (facts.reuse_factor <= facts.n_in) return 0;
    const std::int64_t bits = facts.reuse_factor * ceilLog2(ceilDivide(facts.reuse_factor, facts.n_in));
    return bits >= static_cast<std::int64_t>(profile.constant("index_memory_minimum_bits")) ? 1 : 0;
}

void addFeatures(CostBuilder& builder, const DenseFacts& facts)
{
    builder.feature("n_in", asDouble(facts.n_in));
    builder.feature("n_out", asDouble(facts.n_out));
    builder.feature("weight_bits", facts.weight_bits);
    builder.feature("input_bits", facts.input_bits);
    builder.feature("accumulator_bits", facts.accumulator_bits);
    builder.feature("reuse_factor", asDouble(facts.reuse_factor));
    builder.feature("clock_ns", facts.clock.period_ns);
}

// What unrolled products share, and how long they take.
struct UnrolledTiming {
    double multipliers = 0; ///< constants that get one, in DSP blocks or in LUTs
    double latency = 0;
    double interval = 1;
};

// Everything is unrolled: constants become shift-and-add or multipliers of their own.
void addUnrolled(CostBuilder& builder, const DenseFacts& facts, const DenseCounts& counts, const UnrolledTiming& timing)
{
    const char* regime = denseRegime(facts);
    const double sum_bits = facts.weights.nonzero * counts.live_accumulator_bits;
    const double registered = timing.latency >= 1 ? 1.0 : 0.0;
    const ProductSplit& products = counts.products;
    const double shared = std::max(0.0, products.dsp_constants - timing.multipliers);
    const double dsp = facts.is_lut_forced ? 0 : std::round(timing.multipliers);
    const double width = products.dsp_constants > 0 ? products.dsp_constant_bits / products.dsp_constants : 0;
    const double lut_products = facts.is_lut_forced ? timing.multipliers * width * facts.input_bits : 0;
    const double out_bits = facts.accumulator_bits * asDouble(facts.n_out);
    builder.linear(regime, CostTarget::Lut,
                   {{"add", "additions", counts.additions * facts.input_live_share * (counts.live_accumulator_bits + 7)},
                    {"shift", "shift-and-add products",
                     products.shift_additions * facts.input_live_share *
                         (facts.input_bits + products.shift_width_bits / 2 + 7)},
                    {"dsp", "glue of multipliers", dsp},
                    {"shared", "sharing of multipliers", shared},
                    {"mul", "multipliers in LUTs", lut_products},
                    {"chain", "delays of long adder chains", counts.chain_bits / timing.interval},
                    {"out", "output registers and selection", out_bits}});
    builder.linear(regime, CostTarget::Ff,
                   {{"cut", "pipeline cuts", counts.cut_bits},
                    {"cut_ii", "values kept for the next inputs", counts.cut_bits / timing.interval},
                    {"chain", "long adder chains", counts.chain_bits},
                    {"chain_ii", "delays of long adder chains", counts.chain_bits / timing.interval},
                    {"sum", "partial sums", sum_bits * registered},
                    {"dsp", "registers of multipliers", timing.multipliers},
                    {"shared", "sharing of multipliers", shared},
                    {"nz", "registers of products", facts.weights.nonzero},
                    {"out", "output registers", out_bits},
                    {"in", "input registers", facts.input_bits * asDouble(facts.n_in) * registered}});
    builder.exact(regime, CostTarget::Dsp, "distinct constants with a multiplier", dsp);
    builder.exact(regime, CostTarget::Bram, "weights are constants", 0);
}

// Multipliers take turns where the reuse factor allows fewer of them than there are constants.
UnrolledTiming unrolledTiming(const DenseFacts& facts, const DenseCounts& counts, const CostProfile& profile)
{
    const double constants = counts.products.dsp_constants;
    UnrolledTiming timing{constants, counts.pipeline_cycles, 1};
    if (facts.reuse_factor > 1) {
        const double products = asDouble(facts.n_in) * asDouble(facts.n_out);
        const double reuse = asDouble(facts.reuse_factor);
        const double zeros = products - facts.weights.nonzero;
        const double limit = std::max(1.0, std::ceil(products / reuse) - std::floor(zeros / reuse));
        timing.multipliers = std::min(constants, limit);
        const double turns = std::ceil(std::round(constants) / limit);
        timing.latency = std::max(timing.latency, timing.latency + turns - profile.constant("sharing_overlap_cycles"));
        timing.interval = std::min(reuse, timing.latency + 1);
    } else if (usesResource(facts)) {
        const bool is_trivial = constants == 0 && counts.products.shift_additions == 0; // wires and additions alone
        timing.interval = is_trivial ? 1 : profile.constant("resource_unrolled_interval");
        timing.latency = std::max(timing.latency, timing.interval - 1);
    }
    return timing;
}

void addUnrolled(CostBuilder& builder, const DenseFacts& facts, const DenseCounts& counts, const CostProfile& profile)
{
    const char* regime = denseRegime(facts);
    const UnrolledTiming timing = unrolledTiming(facts, counts, profile);
    addUnrolled(builder, facts, counts, timing);
    const double latency = timing.latency + (facts.is_stream ? profile.constant("stream_extra_cycles") : 0);
    const bool waits = facts.is_stream && profile.constant("stream_interval_is_latency") > 0;
    builder.timing(regime, latency, std::max(timing.interval, waits ? latency : 0.0));
}

void addShared(CostBuilder& builder, const DenseFacts& facts, const DenseCounts& counts, const CostProfile& profile)
{
    const char* regime = denseRegime(facts);
    const double block = asDouble(counts.block_factor);
    const double reuse = asDouble(facts.reuse_factor);
    const bool spans_rows = facts.reuse_factor > 2 * facts.n_in;
    const double in_bits = facts.input_bits * asDouble(facts.n_in);
    const double out_bits = facts.accumulator_bits * asDouble(facts.n_out);
    const double selected = block * asDouble(std::int64_t{1} << ceilLog2(facts.n_out)) * facts.accumulator_bits;
    const double dsp = sharedDspBlocks(facts, counts.block_factor, profile);
    const double lut_products = dsp > 0 ? 0 : block * facts.input_bits * facts.weight_bits;
    builder.linear(regime, CostTarget::Lut,
                   {{"in", "input registers and selection", in_bits},
                    {"out", "accumulators", out_bits},
                    {"out_few", "accumulator update", spans_rows ? 0 : out_bits},
                    {"select", "output selectors", spans_rows ? selected : 0},
                    {"in_select", "input selectors",
                     facts.reuse_factor < facts.n_in ? block * reuse * facts.input_bits : 0},
                    {"mul", "multipliers in LUTs", lut_products}});
    builder.linear(regime, CostTarget::Ff,
                   {{"out", "accumulators", facts.accumulator_bits * asDouble(facts.n_out)},
                    {"in", "input registers", in_bits},
                    {"block", "registers of products", block},
                    {"blockw", "weight registers", block * facts.weight_bits},
                    {"log", "loop counter", asDouble(ceilLog2(facts.reuse_factor))}});
    builder.exact(regime, CostTarget::Dsp, "multipliers", dsp);
    builder.exact(regime, CostTarget::Bram, "weights", asDouble(weightMemoryBlocks(facts, counts.block_factor, profile)));
    builder.exact(regime, CostTarget::Bram, "accumulator index", asDouble(indexMemoryBlocks(facts, profile)));
    const bool is_short = facts.reuse_factor == 2 * facts.n_in &&
                          facts.weight_bits <= profile.constant("shared_dsp_no_weight_bits");
    const double stream_extra = streamLoopCycles(facts, profile);
    if (facts.is_stream)
        builder.timing(regime, reuse + stream_extra, reuse + stream_extra);
    else
        builder.timing(regime, reuse + profile.constant("shared_extra_cycles") - (is_short ? 1 : 0), reuse);
}

} // namespace

double liveInputShare(double nonzero_per_output, const CostProfile& profile)
{
    const double density = profile.constant("live_input_density");
    return density > 0 ? 1 - std::exp(-nonzero_per_output / density) : 1;
}

double streamLoopCycles(const DenseFacts& facts, const CostProfile& profile)
{
    const bool is_wide = blocksPerProduct(facts, profile) > 1;
    return profile.constant("stream_shared_extra_cycles") + (is_wide ? profile.constant("wide_product_cycles") : 0);
}

const char* denseRegime(const DenseFacts& facts)
{
    const bool is_resource = usesResource(facts);
    if (facts.reuse_factor <= 1) {
        if (is_resource) return facts.is_stream ? "rf1_resource_stream" : "rf1_resource";
        if (facts.is_multiplier_forced) return "rf1_forced_dsp";
        if (facts.is_lut_forced) return "rf1_forced_lut";
        return facts.is_stream ? "rf1_latency_stream" : "rf1_latency";
    }
    if (is_resource) return facts.is_stream ? "reuse_resource_stream" : "reuse_resource";
    if (facts.is_multiplier_forced) return "reuse_forced_dsp";
    if (facts.is_lut_forced) return "reuse_forced_lut";
    return facts.is_stream ? "reuse_latency_stream" : "reuse_latency";
}

DenseCounts countDense(const DenseFacts& facts, const CostProfile& profile)
{
    DenseCounts counts;
    counts.products = splitProducts(facts.weights, facts.input_bits, productRule(facts, profile));
    counts.additions = std::max(0.0, facts.weights.nonzero - (facts.has_bias ? 0 : asDouble(facts.n_out)));
    counts.live_accumulator_bits = liveAccumulatorBits(facts);
    counts.block_factor = ceilDivide(facts.n_in * facts.n_out, std::max<std::int64_t>(facts.reuse_factor, 1));
    schedule(facts, profile, counts);
    return counts;
}

Cost denseCost(const DenseFacts& facts, const CostProfile& profile)
{
    CostBuilder builder(profile, "dense");
    addFeatures(builder, facts);
    const DenseCounts counts = countDense(facts, profile);
    const bool is_time_shared = usesResource(facts) && facts.reuse_factor > 1;
    if (is_time_shared)
        addShared(builder, facts, counts, profile);
    else
        addUnrolled(builder, facts, counts, profile);
    Cost cost = builder.finish();
    cost.is_time_shared = is_time_shared;
    return cost;
}

} // namespace bitwright
