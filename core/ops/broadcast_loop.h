// SPDX-License-Identifier: GPL-3.0-or-later
/// The loop under every element-wise operator with two operands (onnx: docs/Broadcasting.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "ops/rule_support.h"

namespace bitwright {

/// Dimensions of the output with the operands' steps, neighbours merged where both operands run on.
struct BroadcastPlan {
    std::vector<std::int64_t> extents;
    std::vector<std::int64_t> steps_a;
    std::vector<std::int64_t> steps_b;
};

BroadcastPlan planBroadcast(const Shape& a, const Shape& b, const Shape& out);

/// out[i] = f(a[..], b[..]) in C order of the output.
template <class A, class R, class F>
void broadcastBinary(const BroadcastPlan& plan, const A* a, const A* b, R* out, F f)
{
    const std::size_t rank = plan.extents.size();
    for (const std::int64_t extent : plan.extents)
        if (extent == 0) return;
    const std::int64_t row = rank == 0 ? 1 : plan.extents.back();
    const std::int64_t step_a = rank == 0 ? 0 : plan.steps_a.back();
    const std::int64_t step_b = rank == 0 ? 0 : plan.steps_b.back();
    std::vector<std::int64_t> index(rank, 0);
    for (;;) {
        if (step_a == 1 && step_b == 1)
            for (std::int64_t i = 0; i < row; ++i) out[i] = f(a[i], b[i]);
        else if (step_a == 1 && step_b == 0)
            for (std::int64_t i = 0; i < row; ++i) out[i] = f(a[i], *b);
        else
            for (std::int64_t i = 0; i < row; ++i) out[i] = f(a[i * step_a], b[i * step_b]);
        out += row;
        std::size_t axis = rank < 2 ? 0 : rank - 1;
        while (axis > 0) {
            --axis;
            a += plan.steps_a[axis];
            b += plan.steps_b[axis];
            if (++index[axis] < plan.extents[axis]) break;
            a -= plan.steps_a[axis] * plan.extents[axis];
            b -= plan.steps_b[axis] * plan.extents[axis];
            index[axis] = 0;
            if (axis == 0) return;
        }
        if (rank < 2) return;
    }
}

} // namespace bitwright
