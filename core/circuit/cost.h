// SPDX-License-Identifier: GPL-3.0-or-later
/// Resources and timing of circuits, with the terms that add up to them.
#pragma once

#include <string>
#include <vector>

namespace bitwright {

struct CostProfile;

/// An estimated amount with its 80 % interval.
struct Amount {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// One addend of an estimate, for "why?".
struct CostTerm {
    std::string target; ///< "lut", "ff", "dsp", "bram", "uram", "latency_cycles"
    std::string name;   ///< "multipliers"
    double amount = 0;
    std::string unit;   ///< "LUT", "cycles"
    std::string source; ///< coefficient and profile it comes from
};

/// Cost of one primitive or of a whole circuit. BRAM counts 18-kbit blocks.
struct Cost {
    Amount lut, ff, dsp, bram, uram;
    Amount latency_cycles;
    Amount initiation_interval_cycles;
    bool is_extrapolated = false; ///< outside the box the profile was fitted in
    std::vector<CostTerm> terms;
};

} // namespace bitwright
