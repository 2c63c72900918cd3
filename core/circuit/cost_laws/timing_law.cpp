// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/timing_law.h"

#include <algorithm>

namespace bitwright {

double usableNanoseconds(const ClockTarget& clock, const CostProfile& profile)
{
    constexpr double kPercent = 100;
    constexpr double kSmallestShare = 0.05;
    const double standard = profile.constant("clock_uncertainty_percent");
    const double asked = clock.uncertainty_percent < 0 ? standard : clock.uncertainty_percent;
    const double scale = (kPercent - asked) / (kPercent - standard);
    return clock.period_ns * std::max(kSmallestShare, profile.constant("usable_clock_share") * scale);
}

} // namespace bitwright
