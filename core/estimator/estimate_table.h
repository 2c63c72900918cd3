// SPDX-License-Identifier: GPL-3.0-or-later
/// Estimates for tables of structured layers and networks, one row each: how the estimator is measured
/// against synthesis reports of others (estimation reference, section 6.1).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "circuit/cost.h"
#include "circuit/cost_profile.h"
#include "support/result.h"

namespace bitwright {

/// The estimate of one row, or why there is none.
struct TableRowEstimate {
    std::string row_id;
    bool is_estimated = false;
    Cost cost;
    std::vector<Cost> parts; ///< one per layer
    std::string note;        ///< reason of a refusal, or what was extrapolated
};

/// Finds the profile for a tool, version, stage and family: the shipped files, or those of a test.
using ProfileSource = std::function<Result<CostProfile>(const CostProfileRequest&)>;

/// Rows of JSON lines (`row_id group tool tool_version part clock_ns stage io layers ...`), in order. Rows of one
/// group are read together: an activation's formats follow from the products before and after it.
/// @error TableRowInvalid naming the line
Result<std::vector<TableRowEstimate>> estimateTableRows(std::string_view json_lines, const ProfileSource& profiles);
Result<std::vector<TableRowEstimate>> estimateTableRows(std::string_view json_lines);

/// `row_id`, then `lut ff dsp bram latency_cycles ii`, each with `_lo` and `_hi`, then `note`; blank where refused.
std::string tableCsv(const std::vector<TableRowEstimate>& rows);

/// Reads @p rows_path, writes @p csv_path. @error FileNotFound, FileUnreadable, FileUnwritable, TableRowInvalid
Result<void> estimateTable(const std::string& rows_path, const std::string& csv_path);

} // namespace bitwright
