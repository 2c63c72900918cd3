// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/network_law.h"

#include <algorithm>
#include <cmath>

#include "circuit/cost_laws/cost_builder.h"
#include "circuit/cost_laws/memory_law.h"

namespace bitwright {
namespace {

constexpr CostTarget kSummed[] = {CostTarget::Lut, CostTarget::Ff, CostTarget::Dsp, CostTarget::Bram, CostTarget::Uram};

double asDouble(std::int64_t value)
{
    return static_cast<double>(value);
}

void addTerm(Cost& cost, CostTarget target, const std::string& name, double amount, const std::string& source)
{
    if (amount == 0) return;
    cost.terms.push_back({std::string(costTargetName(target)), name, amount, std::string(costTargetUnit(target)),
                          source, amount, 1.0});
}

// What the composition itself costs, as a part like the others.
Cost compositionCost(const NetworkFacts& facts, double lut_sum, double ff_sum, const CostProfile& profile)
{
    CostBuilder builder(profile, "network");
    const char* regime = facts.is_stream ? "stream" : facts.is_resource ? "parallel_resource" : "parallel";
    const bool is_single_product = facts.matrix_products == 1 && facts.functions == 1;
    for (const CostTarget target : {CostTarget::Lut, CostTarget::Ff})
        builder.linear(regime, target,
                       {{"sum", "glue of the top level", target == CostTarget::Lut ? lut_sum : ff_sum},
                        {"boundary_bit", "registers between functions", facts.boundary_bits},
                        {"port_bit", "ports", facts.port_bits},
                        {"function", "control of functions", asDouble(facts.functions)},
                        {"single", "control of a single product", is_single_product ? 1.0 : 0.0},
                        {"axi", "AXI wrapper", facts.has_axi_wrapper ? 1.0 : 0.0}});
    builder.linear(regime, CostTarget::Bram, {{"axi", "AXI wrapper", facts.has_axi_wrapper ? 1.0 : 0.0}});
    builder.linear(regime, CostTarget::Latency,
                   {{"product", "hand-over between functions",
                     is_single_product ? 0.0 : asDouble(facts.matrix_products)},
                    {"function", "start of functions", is_single_product ? 0.0 : asDouble(facts.functions)},
                    {"axi_bit", "AXI transfer", facts.has_axi_wrapper ? facts.port_bits : 0.0}});
    return builder.finish();
}

// A stream starts its next stage when the first results arrive: the slowest stage and the fills count.
Amount streamLatency(const std::vector<NamedCost>& parts, double fill_cycles)
{
    Amount slowest;
    for (const NamedCost& part : parts)
        if (part.cost->latency_cycles.value > slowest.value) slowest = part.cost->latency_cycles;
    return {slowest.value + fill_cycles, slowest.low + fill_cycles, slowest.high + fill_cycles};
}

} // namespace

Cost fifoCost(const FifoFacts& facts, const CostProfile& profile)
{
    CostBuilder builder(profile, "fifo");
    const double bits = asDouble(facts.depth * facts.width_bits);
    const bool takes_block = asDouble(facts.depth) > profile.constant("fifo_shift_register_depth") &&
                             bits >= profile.constant("fifo_block_minimum_bits");
    constexpr std::int64_t kShiftRegisterDepth = 32;
    const double shift_bits =
        takes_block ? 0 : asDouble(facts.width_bits * ceilDivide(facts.depth, kShiftRegisterDepth));
    builder.linear("any", CostTarget::Lut, {{"const", "control", 1}, {"shift_bit", "shift registers", shift_bits}});
    builder.linear("any", CostTarget::Ff, {{"const", "control", 1}, {"bit", "output register", asDouble(facts.width_bits)}});
    builder.exact("any", CostTarget::Bram, "memory",
                  takes_block ? asDouble(memoryBlocks(facts.depth, facts.width_bits)) : 0);
    return builder.finish();
}

Cost addCosts(const std::vector<const Cost*>& parts)
{
    Cost total;
    for (const CostTarget target : kCostTargets) {
        AmountSum sum;
        Amount largest;
        for (const Cost* part : parts) {
            sum.add(part->amount(target));
            if (part->amount(target).value >= largest.value) largest = part->amount(target);
        }
        total.amount(target) = target == CostTarget::Interval ? largest : sum.sum();
    }
    const std::string interval(costTargetName(CostTarget::Interval));
    for (const Cost* part : parts) {
        const bool sets_interval =
            part->initiation_interval_cycles.value == total.initiation_interval_cycles.value &&
            std::none_of(total.terms.begin(), total.terms.end(),
                         [&](const CostTerm& term) { return term.target == interval; });
        for (const CostTerm& term : part->terms)
            if (term.target != interval || sets_interval) total.terms.push_back(term);
        if (part->is_extrapolated && !total.is_extrapolated) {
            total.is_extrapolated = true;
            total.extrapolation = part->extrapolation;
        }
    }
    return total;
}

Cost composeCosts(const std::vector<NamedCost>& parts, const std::vector<std::size_t>& critical_path,
                  const NetworkFacts& facts, const CostProfile& profile)
{
    Cost total;
    AmountSum sums[std::size(kSummed)];
    for (const NamedCost& part : parts) {
        for (std::size_t index = 0; index < std::size(kSummed); ++index) {
            sums[index].add(part.cost->amount(kSummed[index]));
            addTerm(total, kSummed[index], part.name, part.cost->amount(kSummed[index]).value, "sum of its own terms");
        }
        if (part.cost->is_extrapolated && !total.is_extrapolated) {
            total.is_extrapolated = true;
            total.extrapolation = part.name + ": " + part.cost->extrapolation;
        }
    }
    const Cost composition = compositionCost(facts, sums[0].sum().value, sums[1].sum().value, profile);
    std::vector<Cost> fifos;
    for (const FifoFacts& fifo : facts.fifos)
        fifos.push_back(fifoCost(fifo, profile));
    for (std::size_t index = 0; index < std::size(kSummed); ++index) {
        sums[index].add(composition.amount(kSummed[index]));
        for (std::size_t fifo = 0; fifo < fifos.size(); ++fifo) {
            sums[index].add(fifos[fifo].amount(kSummed[index]));
            addTerm(total, kSummed[index], "FIFO " + facts.fifos[fifo].name, fifos[fifo].amount(kSummed[index]).value,
                    "sum of its own terms");
        }
        total.amount(kSummed[index]) = sums[index].sum();
    }
    AmountSum latency;
    Amount interval{1, 1, 1};
    std::string slowest = "combinational";
    for (const NamedCost& part : parts)
        if (part.cost->initiation_interval_cycles.value > interval.value) {
            interval = part.cost->initiation_interval_cycles;
            slowest = part.name;
        }
    if (facts.is_stream) {
        const Amount stages = streamLatency(parts, facts.fill_cycles);
        latency.add(stages);
        addTerm(total, CostTarget::Latency, "slowest stage", stages.value - facts.fill_cycles, "dataflow");
        addTerm(total, CostTarget::Latency, "fill of the other stages", facts.fill_cycles, "dataflow");
        if (parts.size() > 1)
            interval = {interval.value + 1, interval.low + 1, interval.high + 1};
    } else {
        for (const std::size_t index : critical_path) {
            latency.add(parts[index].cost->latency_cycles);
            addTerm(total, CostTarget::Latency, parts[index].name, parts[index].cost->latency_cycles.value,
                    "sum of its own terms");
        }
    }
    latency.add(composition.latency_cycles);
    total.latency_cycles = latency.sum();
    total.initiation_interval_cycles = interval;
    addTerm(total, CostTarget::Interval, "slowest stage: " + slowest, interval.value, "largest of all functions");
    for (const CostTerm& term : composition.terms)
        total.terms.push_back(term);
    return total;
}

} // namespace bitwright
