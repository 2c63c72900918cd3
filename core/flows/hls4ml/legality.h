// SPDX-License-Identifier: GPL-3.0-or-later
/// Which reuse factors a dense layer can have (hls4ml reference, section 4.3).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bitwright::hls4ml {

/// What hls4ml makes of a strategy and a reuse factor.
struct BuiltStrategy {
    std::string strategy;
    std::int64_t reuse_factor = 1;
};

/// Legal reuse factors in ascending order; empty where any positive number is legal (latency).
std::vector<std::int64_t> legalReuseFactors(const std::string& strategy, std::int64_t n_in, std::int64_t n_out);
/// The legal factor nearest to the wanted one, the smaller of two equally near. @pre legal is ascending, not empty
std::int64_t nearestReuseFactor(const std::vector<std::int64_t>& legal, double wanted);
/// @param target_cycles 0 where none is set; decides the reuse factor under the resource strategies
BuiltStrategy buildStrategy(const std::string& strategy, std::int64_t reuse_factor, std::int64_t target_cycles,
                            std::int64_t n_in, std::int64_t n_out);

/// Numbers of output pixels that a convolution may compute at the same time: the divisors of @p pixels.
std::vector<std::int64_t> legalParallelizationFactors(std::int64_t pixels);

} // namespace bitwright::hls4ml
