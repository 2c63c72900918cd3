// SPDX-License-Identifier: GPL-3.0-or-later
/// Intervals of codes that a value is proved to stay in.
#pragma once

#include <vector>

#include "numerics/code_tensor.h"

namespace bitwright {

/// Inclusive bounds.
struct CodeInterval {
    WideInt low;
    WideInt high;
};

/// One interval for the whole value, or one per element.
struct ValueRange {
    std::vector<CodeInterval> intervals;
    const CodeInterval& of(std::size_t element) const
    {
        return intervals.size() == 1 ? intervals.front() : intervals[element];
    }
    CodeInterval hull() const;
};

/// All codes that @p format can hold.
CodeInterval formatInterval(const NumberFormat& format);

} // namespace bitwright
