// SPDX-License-Identifier: GPL-3.0-or-later
/// The rows of one softmax, shared by the code of all instruction sets.
#pragma once

#include "numerics/kernels/rows.h"

namespace bitwright::kernels {

struct SoftmaxSlice {
    ConstRows in;
    Rows out;
    std::int64_t first;
    std::int64_t step;
    std::int64_t n;
    std::int64_t samples;
};

} // namespace bitwright::kernels
