// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/elementwise_law.h"

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

// Small tables become LUTs; the others are read by two elements each, through both ports.
std::int64_t tableBlocks(std::int64_t readers, std::int64_t entries, double bits, const CostProfile& profile)
{
    if (entries <= static_cast<std::int64_t>(profile.constant("table_in_lut_entries"))) return 0;
    const std::int64_t ports = std::max<std::int64_t>(1, static_cast<std::int64_t>(profile.constant("table_ports")));
    return ceilDivide(readers, ports) * memoryBlocks(entries, static_cast<std::int64_t>(std::ceil(bits)));
}

double tableLutBits(std::int64_t readers, std::int64_t entries, double bits, const CostProfile& profile)
{
    constexpr std::int64_t kEntriesPerLut = 64;
    if (entries == 0 || entries > static_cast<std::int64_t>(profile.constant("table_in_lut_entries"))) return 0;
    return asDouble(readers) * asDouble(ceilDivide(entries, kEntriesPerLut)) * bits;
}

} // namespace

double liveShare(double nonzero_per_output, const CostProfile& profile)
{
    const double density = profile.constant("live_density");
    return density > 0 ? 1 - std::exp(-nonzero_per_output / density) : 1;
}

Cost elementwiseCost(const ElementwiseFacts& facts, const CostProfile& profile)
{
    CostBuilder builder(profile, facts.kernel);
    const std::string regime = std::string(facts.regime) + (facts.is_stream ? "_stream" : "");
    const std::int64_t copies = facts.is_stream ? facts.lanes : facts.elements;
    const double count = asDouble(copies);
    const double operands = asDouble(std::max<std::int64_t>(facts.terms - 1, 0)) * count;
    builder.feature("elements", asDouble(facts.elements));
    builder.feature("input_bits", facts.input_bits);
    builder.feature("output_bits", facts.output_bits);
    const bool takes_dsp = facts.product_bits >= profile.constant("variable_dsp_threshold_bits");
    const std::int64_t products = facts.multipliers;
    const double half_bits = facts.product_bits / 2;
    for (const CostTarget target : {CostTarget::Lut, CostTarget::Ff})
        builder.linear(regime, target,
                       {{"const", "control", 1},
                        {"element", "per element", count},
                        {"in_bit", "input bits", count * facts.input_bits},
                        {"out_bit", "output bits", count * facts.output_bits},
                        {"live_bit", "output bits that can change", count * facts.output_bits * facts.live_share},
                        {"operand", "operands", operands},
                        {"operand_bit", "operand bits", operands * facts.input_bits},
                        {"shift", "constant products", asDouble(facts.shift_additions) * (facts.input_bits + 7)},
                        {"mul", "multipliers in LUTs",
                         takes_dsp ? 0 : asDouble(products) * half_bits * half_bits},
                        {"table", "tables in LUTs",
                         tableLutBits(copies, facts.table_entries, facts.table_bits, profile)}});
    builder.exact(regime, CostTarget::Dsp, "multipliers", takes_dsp ? asDouble(products) : 0);
    builder.exact(regime, CostTarget::Bram, "tables",
                  asDouble(tableBlocks(copies, facts.table_entries, facts.table_bits, profile)));
    const double beats = facts.is_stream ? asDouble(facts.beats) : 0;
    builder.linear(regime, CostTarget::Latency, {{"const", "pipeline", 1}, {"beat", "positions", beats}});
    builder.linear(regime, CostTarget::Interval, {{"const", "pipeline", 1}, {"beat", "positions", beats}});
    return builder.finish();
}

Cost softmaxCost(const SoftmaxFacts& facts, const CostProfile& profile)
{
    CostBuilder builder(profile, "softmax");
    const bool is_argmax = facts.implementation == "argmax";
    const std::string regime = std::string(is_argmax ? "argmax" : facts.is_lut_forced ? "forced_lut" : "table") +
                               (facts.is_stream ? "_stream" : "");
    const double classes = asDouble(facts.classes);
    const double depth = asDouble(ceilLog2(facts.classes));
    builder.feature("classes", classes);
    builder.feature("input_bits", facts.input_bits);
    builder.linear(regime, CostTarget::Dsp, {{"class", "multiplications by the inverse", classes}});
    builder.linear(regime, CostTarget::Bram,
                   {{"class", "exponential tables",
                     classes * asDouble(memoryBlocks(facts.table_entries, static_cast<std::int64_t>(facts.table_bits)))},
                    {"pair", "exponential tables, two readers each", asDouble(ceilDivide(facts.classes, 2)) *
                         asDouble(memoryBlocks(facts.table_entries, static_cast<std::int64_t>(facts.table_bits)))},
                    {"const", "inverse table", 1}});
    const double beats = asDouble(facts.outer - 1);
    const double addition = profile.constant("add_ns") / usableNanoseconds(facts.clock, profile); // in periods
    builder.linear(regime, CostTarget::Latency,
                   {{"const", "pipeline", 1},
                    {"tree", "maximum and sum trees", depth * addition},
                    {"step", "logic around tables and multipliers", addition},
                    {"beat", "vectors", beats}});
    builder.linear(regime, CostTarget::Interval,
                   {{"const", "pipeline", 1},
                    {"tree", "maximum and sum trees", depth * addition},
                    {"step", "logic around tables and multipliers", addition},
                    {"beat", "vectors", beats}});
    for (const CostTarget target : {CostTarget::Lut, CostTarget::Ff})
        builder.linear(regime, target,
                       {{"const", "control and inverse", 1},
                        {"class", "classes", classes},
                        {"in_bit", "maximum and differences", classes * facts.input_bits},
                        {"out_bit", "results", classes * facts.output_bits},
                        {"cut", "pipeline registers", classes * builder.value(CostTarget::Latency)}});
    return builder.finish();
}

} // namespace bitwright
