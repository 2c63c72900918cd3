// SPDX-License-Identifier: GPL-3.0-or-later
/// Prints, for every row of a table, the terms of its estimate under a given folder of cost models: what
/// `fit_cost_model.py` fits. Usage: cost_terms MODELS_FOLDER rows.jsonl
#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "estimator/estimate_table.h"
#include "support/file.h"

namespace {

using bitwright::Cost;
using bitwright::CostTarget;

nlohmann::json termsOf(const Cost& cost)
{
    nlohmann::json terms = nlohmann::json::array();
    for (const bitwright::CostTerm& term : cost.terms)
        terms.push_back({term.target, term.name, term.source, term.quantity, term.amount});
    return terms;
}

nlohmann::json valuesOf(const Cost& cost)
{
    nlohmann::json values;
    for (const CostTarget target : bitwright::kCostTargets)
        values[std::string(bitwright::costTargetName(target))] = cost.amount(target).value;
    return values;
}

nlohmann::json intervalsOf(const Cost& cost)
{
    nlohmann::json intervals;
    for (const CostTarget target : bitwright::kCostTargets)
        intervals[std::string(bitwright::costTargetName(target))] = {cost.amount(target).low, cost.amount(target).high};
    return intervals;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        fmt::print(stderr, "usage: cost_terms MODELS_FOLDER rows.jsonl\n");
        return 1;
    }
    const std::string folder = argv[1];
    const auto rows = bitwright::readFile(argv[2]);
    if (!rows) {
        fmt::print(stderr, "{}\n", rows.error().rendered());
        return 2;
    }
    const auto estimates =
        bitwright::estimateTableRows(*rows, [&](const bitwright::CostProfileRequest& request) -> bitwright::Result<bitwright::CostProfile> {
            const std::string path = folder + "/" + request.tool + ".json";
            const auto text = bitwright::readFile(path);
            if (!text) return text.error();
            return bitwright::parseCostProfile(*text, path, request);
        });
    if (!estimates) {
        fmt::print(stderr, "{}\n", estimates.error().rendered());
        return 2;
    }
    for (const auto& row : *estimates) {
        nlohmann::json parts = nlohmann::json::array();
        for (const Cost& part : row.parts)
            parts.push_back({{"values", valuesOf(part)}, {"terms", termsOf(part)}});
        const nlohmann::json line = {{"row_id", row.row_id}, {"estimated", row.is_estimated}, {"note", row.note},
                                     {"values", valuesOf(row.cost)}, {"intervals", intervalsOf(row.cost)},
                                     {"terms", termsOf(row.cost)}, {"parts", parts}};
        fmt::print("{}\n", line.dump());
    }
    return 0;
}
