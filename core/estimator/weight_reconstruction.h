// SPDX-License-Identifier: GPL-3.0-or-later
/// Weight statistics of matrices of which only counts are known: the distribution with the same share of
/// powers of two and the same mean number of signed digits (estimation data, "Weight reconstruction").
#pragma once

#include <cstdint>

#include "circuit/cost_laws/weight_statistics.h"

namespace bitwright {

/// Counts as a table of synthesis results states them.
struct WeightCounts {
    std::int64_t n_in = 1;
    std::int64_t n_out = 1;
    int weight_bits = 16;
    double nonzero = 0;
    double power_of_two = 0;
    double csd_digits = 0;
    bool has_digits = false;      ///< power_of_two and csd_digits are known
    double unknown_deviation = 1; ///< standard deviation times sqrt(n_in), for matrices without digits
};

/// Expected statistics. @cost about a millisecond for 16-bit weights
WeightStatistics expectedStatistics(const WeightCounts& counts);

} // namespace bitwright
