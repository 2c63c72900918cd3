// SPDX-License-Identifier: GPL-3.0-or-later
/// The seven rounding modes of QONNX (qonnx: custom_op/general/intquant.py; reference qonnx_finn.md section 1.2).
#pragma once

#include <string_view>

namespace bitwright {

struct FloatRounding {
    std::string_view name;
    float (*apply)(float);

    float operator()(float x) const { return apply(x); }
};

/// The mode of that name in any letter case, or null.
const FloatRounding* roundingByName(std::string_view name);

} // namespace bitwright
