// SPDX-License-Identifier: GPL-3.0-or-later
#include "result_text.h"

#include <array>

namespace bitwright::cli {
namespace {

struct NamedAmount {
    const char* name;
    Amount Cost::*amount;
};

// The contract's order and names; `bram` counts 18-kbit blocks.
constexpr std::array kAmounts{
    NamedAmount{"lut", &Cost::lut},
    NamedAmount{"ff", &Cost::ff},
    NamedAmount{"dsp", &Cost::dsp},
    NamedAmount{"bram", &Cost::bram},
    NamedAmount{"uram", &Cost::uram},
    NamedAmount{"latency_cycles", &Cost::latency_cycles},
    NamedAmount{"ii", &Cost::initiation_interval_cycles},
};

nlohmann::json toJson(const Cost& cost, const Estimate& estimate)
{
    nlohmann::json json;
    for (const NamedAmount& entry : kAmounts) {
        const Amount& amount = cost.*entry.amount;
        json[entry.name] = {{"value", number(amount.value)},
                            {"lo", number(amount.low)},
                            {"hi", number(amount.high)},
                            {"stage", estimate.stage},
                            {"source", estimate.profile}};
    }
    json["is_extrapolated"] = cost.is_extrapolated;
    return json;
}

std::string row(const std::string& name, const Cost& cost)
{
    std::string text = fmt::format("{:<28}", name);
    for (const NamedAmount& entry : kAmounts)
        text += fmt::format(" {:>10.0f}", (cost.*entry.amount).value);
    return text;
}

/// Of a device's total, in percent; "-" where the device has none.
std::string share(double used, double available)
{
    return available > 0 ? fmt::format("{:.2f}%", 100 * used / available) : std::string("-");
}

nlohmann::json optionalNumber(const std::optional<double>& value)
{
    return value ? number(*value) : nlohmann::json();
}

std::string decibels(const std::optional<double>& value)
{
    if (!value) return "-";
    return *value > 1e6 ? "exact" : fmt::format("{:.1f} dB", *value);
}

nlohmann::json toJson(const ValueReport& report)
{
    const ValueStatistics& statistics = report.statistics;
    return {{"layer", report.layer},
            {"primitive", report.primitive},
            {"value", report.value},
            {"format", shortName(report.format)},
            {"elements", statistics.elements},
            {"minimum", number(statistics.minimum)},
            {"maximum", number(statistics.maximum)},
            {"mean", number(statistics.mean)},
            {"mean_square", number(statistics.mean_square)},
            {"zeros", statistics.zeros},
            {"wraps", statistics.wraps},
            {"saturations", statistics.saturations},
            {"underflows", statistics.underflows},
            {"sqnr_db", optionalNumber(report.sqnr_db)},
            {"is_exact", report.sqnr_db && *report.sqnr_db > 1e300},
            {"log2_histogram", {{"lowest", kLowestBin}, {"counts", statistics.log2_histogram}}}};
}

} // namespace

void reportTiming(Session& session, std::int64_t samples, double seconds)
{
    const double rate = seconds > 0 ? static_cast<double>(samples) / seconds : 0;
    session.json()["samples"] = samples;
    session.json()["seconds"] = seconds;
    session.json()["samples_per_second"] = rate;
    session.line("{} samples in {:.6f} s: {:.0f} samples per second", samples, seconds, rate);
}

void reportValues(Session& session, const std::vector<ValueReport>& values)
{
    session.json()["values"] = nlohmann::json::array();
    session.line("{:<28} {:<24} {:>12} {:>12} {:>9} {:>9} {:>9} {:>10}", "value", "format", "minimum", "maximum",
                 "wraps", "saturated", "underflow", "SQNR");
    for (const ValueReport& report : values) {
        session.json()["values"].push_back(toJson(report));
        const ValueStatistics& statistics = report.statistics;
        session.line("{:<28} {:<24} {:>12.6g} {:>12.6g} {:>9} {:>9} {:>9} {:>10}",
                     report.primitive.empty() ? report.value : report.primitive, shortName(report.format),
                     statistics.minimum, statistics.maximum, statistics.wraps, statistics.saturations,
                     statistics.underflows, decibels(report.sqnr_db));
    }
}

void reportQuality(Session& session, const Quality& quality)
{
    nlohmann::json& json = session.json();
    json["samples"] = quality.samples;
    json["classes"] = quality.classes;
    json["accuracy"] = optionalNumber(quality.accuracy);
    json["reference_accuracy"] = optionalNumber(quality.reference_accuracy);
    json["agreement"] = optionalNumber(quality.agreement);
    json["top_k"] = quality.top_k;
    json["confusion"] = quality.confusion;
    json["sqnr_db"] = optionalNumber(quality.sqnr_db);
    json["is_exact"] = quality.maximum_error && *quality.maximum_error == 0;
    json["mean_square_error"] = optionalNumber(quality.mean_square_error);
    json["mean_absolute_error"] = optionalNumber(quality.mean_absolute_error);
    json["maximum_error"] = optionalNumber(quality.maximum_error);
    session.line("samples             {}", quality.samples);
    if (quality.accuracy) session.line("accuracy            {:.4f}", *quality.accuracy);
    if (quality.reference_accuracy) session.line("reference accuracy  {:.4f}", *quality.reference_accuracy);
    if (quality.agreement) session.line("agreement           {:.4f}", *quality.agreement);
    if (quality.mean_square_error) session.line("SQNR                {}", decibels(quality.sqnr_db));
    if (quality.maximum_error) session.line("largest error       {:.6g}", *quality.maximum_error);
}

nlohmann::json toJson(const Estimate& estimate)
{
    nlohmann::json json{{"part", estimate.part.name},
                        {"clock_ns", number(estimate.clock_ns)},
                        {"latency_ns", number(estimate.latency_ns)},
                        {"stage", estimate.stage},
                        {"source", estimate.profile},
                        {"total", toJson(estimate.total, estimate)},
                        {"layers", nlohmann::json::array()},
                        {"primitives", nlohmann::json::array()}};
    for (const auto& [layer, cost] : estimate.layers) {
        json["layers"].push_back(toJson(cost, estimate));
        json["layers"].back()["layer"] = layer;
    }
    for (const PrimitiveEstimate& primitive : estimate.primitives) {
        json["primitives"].push_back(toJson(primitive.cost, estimate));
        json["primitives"].back()["primitive"] = primitive.primitive;
        json["primitives"].back()["layer"] = primitive.layer;
    }
    return json;
}

void printEstimate(Session& session, const Estimate& estimate)
{
    session.line("{:<28} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}", "layer", "LUT", "FF", "DSP", "BRAM18",
                 "URAM", "latency", "II");
    for (const PrimitiveEstimate& primitive : estimate.primitives)
        session.line("{}", row(primitive.primitive, primitive.cost));
    session.line("{}", row("total", estimate.total));
    const Part& part = estimate.part;
    session.line("{:<28} {:>10} {:>10} {:>10} {:>10} {:>10}", "of " + part.name, share(estimate.total.lut.value, part.lut),
                 share(estimate.total.ff.value, part.ff), share(estimate.total.dsp.value, part.dsp),
                 share(estimate.total.bram.value, part.bram), share(estimate.total.uram.value, part.uram));
    session.line("latency {:.0f} ns at a clock of {} ns; predicts {}, model {}", estimate.latency_ns, estimate.clock_ns,
                 estimate.stage, estimate.profile);
}

} // namespace bitwright::cli
