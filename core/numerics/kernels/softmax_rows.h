// SPDX-License-Identifier: GPL-3.0-or-later
/// Softmax by two tables over blocks of samples (hls4ml reference, section 2.12, stable and latency).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "numerics/kernels/rows.h"

namespace bitwright::kernels {

/// A table that the top bits of a code address: index = (code mod 2^width_bits) >> dropped_bits.
struct CodeTable {
    int width_bits = 1;
    int dropped_bits = 0;
    std::vector<std::int64_t> entries; ///< 2^(width_bits - dropped_bits)
};

/// e_k = exp[difference(largest - x_k)] (or exp[x_k]), s = sum of e_k in a balanced tree, y_k = store(e_k * inverse[s]).
struct SoftmaxRows {
    bool subtracts_largest = true;
    StoreStep difference;    ///< largest - x -> address of `exp`
    CodeTable exp;           ///< accumulator codes
    StoreStep accumulate;    ///< sum of two accumulators -> accumulator
    StoreStep inverse_input; ///< accumulator -> address of `inverse`
    CodeTable inverse;
    StoreStep result;        ///< product -> result
};

/// Rows first, first + step, ... of @p in and @p out are the @p n elements of one softmax.
/// @pre every intermediate fits 62 bits, every factor of the product 31 (the caller proves it)
void runSoftmax(const SoftmaxRows& softmax, ConstRows in, Rows out, std::int64_t first, std::int64_t step,
                std::int64_t n, std::int64_t samples);

} // namespace bitwright::kernels
