// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/value_range.h"

#include <algorithm>

#include "numerics/fixed_arithmetic.h"

namespace bitwright {

CodeInterval ValueRange::hull() const
{
    if (intervals.empty()) return {};
    CodeInterval all = intervals.front();
    for (const CodeInterval& interval : intervals) {
        all.low = std::min(all.low, interval.low);
        all.high = std::max(all.high, interval.high);
    }
    return all;
}

CodeInterval formatInterval(const NumberFormat& format)
{
    if (const auto* fixed = std::get_if<FixedFormat>(&format))
        return {lowestCode<WideInt>(*fixed), highestCode<WideInt>(*fixed)};
    if (const auto* affine = std::get_if<AffineFormat>(&format)) {
        FixedFormat integers{.width_bits = affine->width_bits, .integer_bits = affine->width_bits, .is_signed = affine->is_signed};
        if (affine->is_narrow) integers.overflow = Overflow::SatSym;
        return {lowestCode<WideInt>(integers), highestCode<WideInt>(integers)};
    }
    return {WideInt(0), powerOfTwo<WideInt>(widthBits(format)) - 1};
}

} // namespace bitwright
