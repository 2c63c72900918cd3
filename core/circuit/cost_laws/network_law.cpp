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

const char* networkRegime(const NetworkFacts& facts)
{
    return facts.is_stream ? "stream" : facts.is_resource ? "parallel_resource" : "parallel";
}

// Functions start one after the other; the first and the last share their cycle with the ports.
double handOvers(const NetworkFacts& facts)
{
    return asDouble(std::max<std::int64_t>(0, facts.functions - 2));
}

// Slower families cannot chain the call of one function to the next, and those that take inputs in every cycle
// register them once more.
double pipelineStarts(const NetworkFacts& facts, double interval, const CostProfile& profile)
{
    if (profile.constant("calls_are_registered") <= 0 || facts.functions <= 1) return 0;
    return 1 + (interval <= 1 ? asDouble(facts.matrix_products) : 0);
}

// What the composition itself costs, as a part like the others.
Cost compositionCost(const NetworkFacts& facts, double lut_sum, double ff_sum, double interval,
                     const CostProfile& profile)
{
    CostBuilder builder(profile, "network");
    const char* regime = networkRegime(facts);
    const bool is_single_product = facts.matrix_products == 1 && facts.functions == 1;
    const double axi = facts.has_axi_wrapper ? 1.0 : 0.0;
    const double crossing = facts.functions > 0 ? handOvers(facts) / asDouble(facts.functions) : 0;
    for (const CostTarget target : {CostTarget::Lut, CostTarget::Ff})
        builder.linear(regime, target,
                       {{"sum", "glue of the top level", target == CostTarget::Lut ? lut_sum : ff_sum},
                        {"boundary_bit", "registers between functions", crossing * facts.boundary_bits},
                        {"input_bit", "input registers", is_single_product ? 0.0 : facts.input_bits},
                        {"port_bit", "ports", facts.port_bits},
                        {"function", "control of functions", asDouble(facts.functions)},
                        {"single", "control of a single product", is_single_product ? 1.0 : 0.0},
                        {"axi", "AXI wrapper", axi}});
    builder.linear(regime, CostTarget::Bram, {{"axi", "AXI wrapper", axi}});
    builder.linear(regime, CostTarget::Latency,
                   {{"function", "hand-over between functions", handOvers(facts)},
                    {"product", "hand-over between products",
                     is_single_product ? 0.0 : asDouble(facts.matrix_products - 1)},
                    {"start", "start of calls", pipelineStarts(facts, interval, profile)},
                    {"fill", "fill of the other stages", std::round(facts.fill_cycles)},
                    {"axi_bit", "AXI transfer", axi * facts.port_bits}});
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

// Stages of a stream run side by side: reports count the slowest stage, and a law says how much of the fills.
Amount streamLatency(Cost& total, const std::vector<NamedCost>& parts)
{
    Amount slowest;
    for (const NamedCost& part : parts)
        if (part.cost->latency_cycles.value > slowest.value) slowest = part.cost->latency_cycles;
    addTerm(total, CostTarget::Latency, "slowest stage", slowest.value, "dataflow");
    return slowest;
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
    const bool waits = facts.is_stream && parts.size() > 1 && interval.value > 1;
    const double hand_over = waits ? profile.constant("stream_interval_extra") : 0;
    interval = {interval.value + hand_over, interval.low + hand_over, interval.high + hand_over};
    if (!facts.is_stream && facts.is_resource && profile.constant("parallel_resource_interval_is_latency") > 0) {
        interval = total.latency_cycles;
        slowest = "calls do not overlap";
    }
    if (!facts.is_stream && facts.has_axi_wrapper) { // which reads, computes and writes in turns
        interval = total.latency_cycles;
        interval = {interval.value + 1, interval.low + 1, interval.high + 1};
        slowest = "transfers and computation take turns";
    }
    total.initiation_interval_cycles = interval;
    addTerm(total, CostTarget::Interval, slowest, interval.value, "composition");
}

// How far whole designs were missed says more about a whole design than the intervals of its parts do.
void takeIntervalsOfDesigns(Cost& total, const NetworkFacts& facts, const CostProfile& profile)
{
    if (facts.functions <= 1) return;
    const double widening = total.is_extrapolated ? kWideningOutsideBox : 1.0;
    for (const CostTarget target : kCostTargets)
        if (const CostLaw* law = profile.law("network", networkRegime(facts), costTargetName(target)))
            total.amount(target) = amountWithInterval(total.amount(target).value, widening * law->residual_10,
                                                      widening * law->residual_90);
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
    double slowest_interval = 1;
    for (const NamedCost& part : parts)
        slowest_interval = std::max(slowest_interval, part.cost->initiation_interval_cycles.value);
    const Cost composition = compositionCost(facts, total.lut.value, total.ff.value, slowest_interval, profile);
    for (const CostTarget target : kSummed) {
        AmountSum sum;
        sum.add(total.amount(target));
        sum.add(composition.amount(target));
        total.amount(target) = sum.sum();
    }
    AmountSum latency;
    latency.add(facts.is_stream ? streamLatency(total, parts) : pathLatency(total, parts, critical_path));
    latency.add(composition.latency_cycles);
    total.latency_cycles = latency.sum();
    setInterval(total, parts, facts, profile);
    takeIntervalsOfDesigns(total, facts, profile);
    total.terms.insert(total.terms.end(), composition.terms.begin(), composition.terms.end());
    return total;
}

} // namespace bitwright
