// SPDX-License-Identifier: GPL-3.0-or-later
/// The slow, obvious meaning of what kernels do, written from the definitions and not from the kernels.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "numerics/number_format.h"

namespace bitwright::test {

/// One element step as its definition says it.
struct ReferenceStep {
    bool drops_negative = false;
    std::vector<std::int64_t> multiplier;
    int product_shift_left = 0;
    std::vector<std::int64_t> addend;
    int fraction_bits = 0; ///< of the value that is stored
    FixedFormat target;
};

/// Stores x * 2^-fraction_bits into @p target: rounding and overflow by the table of the hls4ml reference, section 1.2.
std::int64_t referenceStore(__int128_t x, int fraction_bits, const FixedFormat& target);
std::int64_t referenceStep(std::int64_t x, std::int64_t row, const ReferenceStep& step);

/// A format with a random mode among those that the fast paths know.
FixedFormat randomFormat(std::mt19937& random, int smallest_width, int largest_width);

} // namespace bitwright::test
