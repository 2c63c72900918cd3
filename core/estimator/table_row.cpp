// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/table_row.h"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

using Json = nlohmann::json;

constexpr double kLargestNumber = 1e12; // counts of hardware; also keeps products of them in 64 bits
constexpr std::size_t kMostLayers = 10'000;

double numberOr(const Json& object, const char* key, double missing)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number()) return missing;
    const double value = found->get<double>();
    return std::isfinite(value) && std::abs(value) <= kLargestNumber ? value : missing;
}

std::int64_t countOr(const Json& object, const char* key, std::int64_t missing)
{
    const double value = numberOr(object, key, -1);
    constexpr double kLargestCount = 1e7;
    return value < 0 || value > kLargestCount ? missing : static_cast<std::int64_t>(value);
}

double bitsOr(const Json& object, const char* key, double missing)
{
    constexpr double kWidest = 1024;
    const double value = numberOr(object, key, missing);
    return value > 0 && value <= kWidest ? value : missing;
}

std::string textOr(const Json& object, const char* key, const std::string& missing = {})
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : missing;
}

bool flag(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::int64_t> counts(const Json& object, const char* key)
{
    std::vector<std::int64_t> values;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) return values;
    for (const Json& entry : *found)
        if (entry.is_number_integer() && entry.get<std::int64_t>() > 0) values.push_back(entry.get<std::int64_t>());
    return values;
}

TableLayer parseLayer(const Json& json)
{
    TableLayer layer;
    layer.type = textOr(json, "type", "?");
    layer.n_in = countOr(json, "n_in", -1);
    layer.n_out = countOr(json, "n_out", -1);
    layer.weight_bits = bitsOr(json, "W", -1);
    layer.input_bits = bitsOr(json, "X", -1);
    layer.accumulator_bits = bitsOr(json, "A", -1);
    layer.output_bits = bitsOr(json, "O", -1);
    layer.reuse_factor = countOr(json, "rf", -1);
    layer.strategy = textOr(json, "strat");
    layer.nonzero = numberOr(json, "nz", -1);
    layer.power_of_two = numberOr(json, "pow2", -1);
    layer.csd_digits = numberOr(json, "csd", -1);
    layer.channels = countOr(json, "C", countOr(json, "ch", -1));
    layer.elements = countOr(json, "n", -1);
    layer.input_pixels = countOr(json, "pin", -1);
    layer.output_pixels = countOr(json, "pout", -1);
    layer.kernel = counts(json, "k");
    layer.input_extents = counts(json, "Hin");
    layer.is_padded_same = textOr(json, "pad") == "same";
    if (const auto pool = json.find("p"); pool != json.end())
        layer.pool = pool->is_string() ? pool->get<std::string>() : pool->dump();
    return layer;
}

TableRow parseRow(const Json& json)
{
    TableRow row;
    const auto id = json.find("row_id");
    if (id != json.end()) row.row_id = id->is_string() ? id->get<std::string>() : id->dump();
    row.group = textOr(json, "group");
    row.is_network = textOr(json, "kind", "network") == "network";
    row.tool = textOr(json, "tool");
    row.tool_version = textOr(json, "tool_version");
    row.part = textOr(json, "part");
    row.clock_ns = numberOr(json, "clock_ns", 5);
    row.stage = textOr(json, "stage", "csynth");
    row.is_stream = textOr(json, "io") == "stream";
    row.strategy = textOr(json, "strategy");
    row.input_bits = bitsOr(json, "input_bits", -1);
    row.multiplier_forced = textOr(json, "multiplier_forced");
    row.has_axi_wrapper = flag(json, "axi_wrapper");
    row.is_bias_zero = flag(json, "bias_zero");
    if (const auto layers = json.find("layers"); layers != json.end() && layers->is_array())
        for (const Json& layer : *layers)
            if (row.layers.size() < kMostLayers) row.layers.push_back(parseLayer(layer));
    return row;
}

Diagnostic invalid(std::size_t line, const std::string& reason)
{
    return Diagnostic{DiagnosticCode::TableRowInvalid, {fmt::format("line {} {}", line, reason)}};
}

} // namespace

Result<std::vector<TableRow>> parseTableRows(std::string_view json_lines)
{
    std::vector<TableRow> rows;
    std::size_t number = 0;
    while (!json_lines.empty()) {
        ++number;
        const auto end = json_lines.find('\n');
        const std::string_view line = json_lines.substr(0, end);
        json_lines.remove_prefix(end == std::string_view::npos ? json_lines.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const Json json = Json::parse(line.begin(), line.end(), nullptr, false);
        if (json.is_discarded()) return invalid(number, "is not JSON");
        if (!json.is_object()) return invalid(number, "is not an object");
        rows.push_back(parseRow(json));
        if (rows.back().row_id.empty()) return invalid(number, "has no row_id");
    }
    return rows;
}

} // namespace bitwright
