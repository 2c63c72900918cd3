// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/estimate_table.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "circuit/cost_laws/network_law.h"
#include "estimator/part.h"
#include "estimator/table_layers.h"
#include "support/atomic_file.h"
#include "support/file.h"

namespace bitwright {
namespace {

// Tools as tables call them; synthesis after Vivado HLS is Vivado's.
std::string toolName(const TableRow& row)
{
    if (row.tool == "vitis") return "vitis_hls";
    if (row.tool == "vivado") return compareVersions(row.tool_version, "2021") < 0 ? "vivado_hls" : "vitis_hls";
    return row.tool;
}

// One profile per combination that the rows name.
class ProfileCache {
public:
    explicit ProfileCache(const ProfileSource& source) : m_source(source) {}
    const Result<CostProfile>& profileOf(const TableRow& row)
    {
        const Result<Part> part = findPart(row.part);
        const CostProfileRequest request{toolName(row), row.tool_version, row.stage, part ? part->family : ""};
        const std::string key =
            fmt::format("{}|{}|{}|{}", request.tool, request.version, request.stage, request.family);
        const auto found = m_profiles.find(key);
        if (found != m_profiles.end()) return found->second;
        return m_profiles.emplace(key, m_source(request)).first->second;
    }

private:
    const ProfileSource& m_source;
    std::map<std::string, Result<CostProfile>> m_profiles;
};

double inputBits(const TableLayer& first)
{
    constexpr double kDefaultBits = 16;
    double inputs = 1;
    if (first.input_pixels > 0)
        inputs = static_cast<double>(first.input_pixels) * static_cast<double>(std::max<std::int64_t>(1, first.channels));
    else if (first.n_in > 0)
        inputs = static_cast<double>(first.n_in);
    return inputs * (first.input_bits > 0 ? first.input_bits : kDefaultBits);
}

NetworkFacts networkFacts(const TableRow& row, const std::vector<LayerCost>& layers)
{
    NetworkFacts facts;
    facts.is_stream = row.is_stream;
    facts.has_axi_wrapper = row.has_axi_wrapper;
    double slowest = 0;
    double slowest_fill = 0;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        const TableLayer& layer = row.layers[index];
        facts.functions += 1;
        facts.matrix_products += layers[index].is_product ? 1 : 0;
        const bool is_shared = layer.reuse_factor > 1 && layer.strategy.find("resource") != std::string::npos;
        facts.is_resource = facts.is_resource || is_shared;
        facts.boundary_bits += layers[index].output_bits;
        facts.fill_cycles += layers[index].fill_cycles;
        if (layers[index].cost.latency_cycles.value > slowest) {
            slowest = layers[index].cost.latency_cycles.value;
            slowest_fill = layers[index].fill_cycles;
        }
    }
    facts.fill_cycles -= slowest_fill;
    if (row.layers.empty()) return facts;
    facts.input_bits = inputBits(row.layers.front());
    facts.port_bits = facts.input_bits + layers.back().output_bits;
    facts.boundary_bits += facts.input_bits;
    return facts;
}

TableRowEstimate estimateRow(const TableRow& row, const ActivationContext& context, const CostProfile& profile)
{
    TableRowEstimate estimate;
    estimate.row_id = row.row_id;
    if (!(row.clock_ns > 0)) {
        estimate.note = "the clock period is not positive";
        return estimate;
    }
    const std::vector<LayerCost> layers = layerCosts(row, context, profile);
    if (layers.empty()) {
        estimate.note = "the row has no layers";
        return estimate;
    }
    std::vector<NamedCost> named;
    std::vector<std::size_t> path;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        if (!layers[index].is_known) {
            estimate.note = layers[index].reason;
            return estimate;
        }
        named.push_back({fmt::format("{} {}", index + 1, row.layers[index].type), &layers[index].cost});
        path.push_back(index);
        estimate.parts.push_back(layers[index].cost);
    }
    estimate.is_estimated = true;
    estimate.cost = row.is_network ? composeCosts(named, path, networkFacts(row, layers), profile) : estimate.parts.front();
    if (estimate.cost.is_extrapolated) estimate.note = "extrapolated: " + estimate.cost.extrapolation;
    return estimate;
}

std::string csvText(const std::string& text)
{
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter == '\n' ? ' ' : letter;
    }
    return quoted + "\"";
}

} // namespace

Result<std::vector<TableRowEstimate>> estimateTableRows(std::string_view json_lines, const ProfileSource& profiles)
{
    const Result<std::vector<TableRow>> rows = parseTableRows(json_lines);
    if (!rows) return rows.error();
    std::map<std::string, std::vector<const TableRow*>> groups;
    std::vector<std::size_t> places; // of each row within its group
    for (const TableRow& row : *rows) {
        std::vector<const TableRow*>& group = groups[row.group];
        places.push_back(group.size());
        group.push_back(&row);
    }
    ProfileCache cache(profiles);
    std::vector<TableRowEstimate> estimates;
    for (std::size_t index = 0; index < rows->size(); ++index) {
        const TableRow& row = (*rows)[index];
        const Result<CostProfile>& profile = cache.profileOf(row);
        if (profile) {
            estimates.push_back(estimateRow(row, activationContext(groups[row.group], places[index]), *profile));
        } else {
            TableRowEstimate refused;
            refused.row_id = row.row_id;
            refused.note = profile.error().message();
            estimates.push_back(std::move(refused));
        }
    }
    return estimates;
}

Result<std::vector<TableRowEstimate>> estimateTableRows(std::string_view json_lines)
{
    return estimateTableRows(json_lines, loadCostProfile);
}

std::string tableCsv(const std::vector<TableRowEstimate>& rows)
{
    constexpr CostTarget kColumns[] = {CostTarget::Lut,  CostTarget::Ff,      CostTarget::Dsp,
                                       CostTarget::Bram, CostTarget::Latency, CostTarget::Interval};
    std::string text = "row_id";
    for (const CostTarget target : kColumns)
        text += fmt::format(",{0},{0}_lo,{0}_hi", costTargetName(target));
    text += ",note\n";
    for (const TableRowEstimate& row : rows) {
        text += row.row_id;
        for (const CostTarget target : kColumns) {
            const Amount& amount = row.cost.amount(target);
            text += row.is_estimated ? fmt::format(",{},{},{}", amount.value, amount.low, amount.high) : ",,,";
        }
        text += "," + csvText(row.note) + "\n";
    }
    return text;
}

Result<void> estimateTable(const std::string& rows_path, const std::string& csv_path)
{
    const Result<std::string> text = readFile(rows_path);
    if (!text) return text.error();
    const Result<std::vector<TableRowEstimate>> rows = estimateTableRows(*text);
    if (!rows) return rows.error();
    return writeFileAtomically(csv_path, tableCsv(*rows));
}

} // namespace bitwright
