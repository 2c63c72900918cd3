// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/network_law.h"

#include <algorithm>
#include <cmath>

#include "circuit/cost_laws/cost_builder.h"
#include "circuit/cost_laws/memory_law.h"

namespace bitwright {
namespace {

constexpr const char* kOwnTerms = "sum of its own terms";
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
                   {{"const", "start and end", 1},
                    {"product", "hand-over between functions",
                     is_single_product ? 0.0 : asDouble(facts.matrix_products)},
                    {"function", "start of functions", is_single_product ? 0.0 : asDouble(facts.functions)},
                    {"axi_bit", "AXI transfer", facts.has_axi_wrapper ? facts.port_bits : 0.0}});
    return builder.finish();
}

Cost sumOfParts(const std::vector<NamedCost>& parts)
{
    Cost total;
    for (const CostTarget target : kSummed) {
        AmountSum sum;
        for (const NamedCost& part : parts) {
            sum.add(part.cost->amount(target));
            addTerm(total, target, part.name, part.cost->amount(target).value, kOwnTerms);
        }
        total.amount(target) = sum.sum();
    }
    for (const NamedCost& part : parts)
        if (part.cost->is_extrapolated && !total.is_extrapolated) {
            total.is_extrapolated = true;
            total.extrapolation = part.name + ": " + part.cost->extrapolation;
        }
    return total;
}

// A stream starts its next stage when the first results arrive: the slowest stage and the fills count.
Amount streamLatency(Cost& total, const std::vector<NamedCost>& parts, double fill_cycles)
{
    Amount slowest;
    for (const NamedCost& part : parts)
        if (part.cost->latency_cycles.value > slowest.value) slowest = part.cost->latency_cycles;
    const double fill = std::round(fill_cycles);
    addTerm(total, CostTarget::Latency, "slowest stage", slowest.value, "dataflow");
    addTerm(total, CostTarget::Latency, "fill of the other stages", fill, "dataflow");
    return {slowest.value + fill, slowest.low + fill, slowest.high + fill};
}

Amount pathLatency(Cost& total, const std::vector<NamedCost>& parts, const std::vector<std::size_t>& path)
{
    AmountSum sum;
    for (const std::size_t index : path) {
        const Amount& latency = parts[index].cost->latency_cycles;
        sum.add(latency);
        addTerm(total, CostTarget::Latency, parts[index].name, latency.value, kOwnTerms);
    }
    return sum.sum();
}

// The slowest function sets the pace; a tool that does not overlap calls waits for the whole latency.
void setInterval(Cost& total, const std::vector<NamedCost>& parts, const NetworkFacts& facts,
                 const CostProfile& profile)
{
    Amount interval{1, 1, 1};
    std::string slowest = "combinational";
    for (const NamedCost& part : parts)
        if (part.cost->initiation_interval_cycles.value > interval.value) {
            interval = part.cost->initiation_interval_cycles;
            slowest = "slowest: " + part.name;
        }
    const double hand_over = facts.is_stream && parts.size() > 1 ? profile.constant("stream_interval_extra") : 0;
    interval = {interval.value + hand_over, interval.low + hand_over, interval.high + hand_over};
    if (!facts.is_stream && facts.is_resource && profile.constant("parallel_resource_interval_is_latency") > 0) {
        interval = total.latency_cycles;
        slowest = "calls do not overlap";
    }
    total.initiation_interval_cycles = interval;
    addTerm(total, CostTarget::Interval, slowest, interval.value, "composition");
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
    std::vector<Cost> fifos;
    for (const FifoFacts& fifo : facts.fifos)
        fifos.push_back(fifoCost(fifo, profile));
    std::vector<NamedCost> summed = parts;
    for (std::size_t index = 0; index < fifos.size(); ++index)
        summed.push_back({"FIFO " + facts.fifos[index].name, &fifos[index]});
    Cost total = sumOfParts(summed);
    const Cost composition = compositionCost(facts, total.lut.value, total.ff.value, profile);
    for (const CostTarget target : kSummed) {
        AmountSum sum;
        sum.add(total.amount(target));
        sum.add(composition.amount(target));
        total.amount(target) = sum.sum();
    }
    AmountSum latency;
    latency.add(facts.is_stream ? streamLatency(total, parts, facts.fill_cycles)
                                : pathLatency(total, parts, critical_path));
    latency.add(composition.latency_cycles);
    total.latency_cycles = latency.sum();
    setInterval(total, parts, facts, profile);
    total.terms.insert(total.terms.end(), composition.terms.begin(), composition.terms.end());
    return total;
}

} // namespace bitwright
