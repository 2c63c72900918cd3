// SPDX-License-Identifier: GPL-3.0-or-later
/// How float samples become codes, shared by the code of all instruction sets.
#pragma once

#include "numerics/kernels/element_step.h"

namespace bitwright::kernels {

struct CodeRule {
    float scale = 1; ///< 2^fraction bits
    Rounding rounding = Rounding::Trn;
    StoreStep store; ///< its bound only
};

} // namespace bitwright::kernels
