// SPDX-License-Identifier: GPL-3.0-or-later
/// Cost models as data: the coefficients with which one tool's numbers are predicted, where they
/// hold and how far they miss (estimation reference, section 6; schema `bitwright.cost/1`).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace bitwright {

/// The range of one feature in which a law was calibrated.
struct CalibrationRange {
    std::string feature; ///< "n_in", "weight_bits", "clock_ns", ...
    double low = 0;
    double high = 0;
};

/// How one target ("lut") of one kernel ("dense") in one regime ("resource") depends on counted quantities.
struct CostLaw {
    std::string kernel;
    std::string regime;
    std::string target;
    std::map<std::string, double, std::less<>> coefficients; ///< by quantity
    std::string status; ///< "exact", "fitted", "documented", "judgement"
    int samples = 0;
    std::vector<CalibrationRange> box;
    /// Quantiles 10 and 90 of log((true + 1) / (predicted + 1)) on groups that the fit had not seen.
    double residual_10 = 0;
    double residual_90 = 0;
    std::string profile_id;

    double coefficient(std::string_view quantity) const;
    /// One phrase for "why?": "vitis_hls-2022: dense resource lut 'select', fitted on 12 rows".
    std::string source(std::string_view quantity) const;
};

/// What was asked of the cost models.
struct CostProfileRequest {
    std::string tool = "vitis_hls"; ///< "vivado_hls", "vitis_hls", "yosys"
    std::string version;            ///< "2023.1"; empty for the newest
    std::string stage = "csynth";   ///< "csynth", "vsynth"
    std::string family;             ///< device family: "Zynq-7000"
};

/// The laws of one tool, version range and stage, for one device family.
struct CostProfile {
    std::string id;
    std::string model_id; ///< name and date of the file's fit
    std::string tool;
    std::string stage;
    std::map<std::string, double, std::less<>> constants;
    std::map<std::string, CostLaw, std::less<>> laws; ///< by "kernel/regime/target"
    std::map<std::string, double, std::less<>> coverage80; ///< measured share of true values inside the interval, by target

    /// The law, or nullptr: there is none for this tool.
    const CostLaw* law(std::string_view kernel, std::string_view regime, std::string_view target) const;
    /// A constant such as "dsp_threshold_bits"; 0 where the profile does not say.
    double constant(std::string_view name) const;
};

/// Reads the profile that fits @p request best from the text of one cost model file; inherited
/// profiles are merged. @error CostModelInvalid, CostModelMissing
Result<CostProfile> parseCostProfile(const std::string& text, const std::string& file_name,
                                     const CostProfileRequest& request);

/// The same from the shipped file `cost_models/<tool>.json`.
Result<CostProfile> loadCostProfile(const CostProfileRequest& request);

/// -1, 0, 1 by the numbers of two dotted versions ("2019.2.1" after "2019.2").
int compareVersions(std::string_view a, std::string_view b);

} // namespace bitwright
