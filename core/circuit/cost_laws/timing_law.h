// SPDX-License-Identifier: GPL-3.0-or-later
/// Time that is left for logic between two registers.
#pragma once

#include "circuit/cost_profile.h"

namespace bitwright {

/// The clock that a design is scheduled for.
struct ClockTarget {
    double period_ns = 5;
    double uncertainty_percent = -1; ///< negative: the tool's own default
};

/// Part of the period that the scheduler fills with logic. Profiles were fitted at the tool's default
/// uncertainty; another one scales what is left.
double usableNanoseconds(const ClockTarget& clock, const CostProfile& profile);

} // namespace bitwright
