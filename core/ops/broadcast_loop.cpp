// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/broadcast_loop.h"

namespace bitwright {

BroadcastPlan planBroadcast(const Shape& a, const Shape& b, const Shape& out)
{
    const std::vector<std::int64_t> steps_a = broadcastSteps(a, out);
    const std::vector<std::int64_t> steps_b = broadcastSteps(b, out);
    BroadcastPlan plan;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == 1) continue;
        if (!plan.extents.empty() && plan.steps_a.back() == steps_a[i] * out[i] &&
            plan.steps_b.back() == steps_b[i] * out[i]) {
            plan.extents.back() *= out[i];
            plan.steps_a.back() = steps_a[i];
            plan.steps_b.back() = steps_b[i];
            continue;
        }
        plan.extents.push_back(out[i]);
        plan.steps_a.push_back(steps_a[i]);
        plan.steps_b.push_back(steps_b[i]);
    }
    return plan;
}

} // namespace bitwright
