// SPDX-License-Identifier: GPL-3.0-or-later
/// Resources and timing of circuits, with the terms that add up to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bitwright {

struct CostProfile;

/// An estimated amount with its 80 % interval.
struct Amount {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// What is counted. BRAM counts 18-kbit blocks.
enum class CostTarget { Lut, Ff, Dsp, Bram, Uram, Latency, Interval };
inline constexpr CostTarget kCostTargets[] = {CostTarget::Lut,  CostTarget::Ff,      CostTarget::Dsp,
                                              CostTarget::Bram, CostTarget::Uram,    CostTarget::Latency,
                                              CostTarget::Interval};
std::string_view costTargetName(CostTarget target); ///< "lut", "ff", "dsp", "bram", "uram", "latency_cycles", "ii"
std::string_view costTargetUnit(CostTarget target); ///< "LUT", "FF", "DSP", "BRAM18", "URAM", "cycles", "cycles"

/// One addend of an estimate, for "why?". The amounts of one target add up to its value exactly.
struct CostTerm {
    std::string target; ///< as `costTargetName` says
    std::string name;   ///< "additions"
    double amount = 0;  ///< whole units
    std::string unit;   ///< "LUT", "cycles"
    std::string source; ///< coefficient and profile it comes from
    double quantity = 0;    ///< what was counted, e.g. bits of adders
    double coefficient = 0; ///< amount per counted quantity
};

/// Cost of one primitive or of a whole circuit.
struct Cost {
    Amount lut, ff, dsp, bram, uram;
    Amount latency_cycles;
    Amount initiation_interval_cycles;
    bool is_extrapolated = false; ///< outside the box the profile was fitted in
    std::string extrapolation;    ///< why, one phrase: "n_in 784 is outside 32 to 256"; empty otherwise
    bool is_time_shared = false;  ///< weights come from memory and products take turns
    std::vector<CostTerm> terms;

    Amount& amount(CostTarget target);
    const Amount& amount(CostTarget target) const;
};

} // namespace bitwright
