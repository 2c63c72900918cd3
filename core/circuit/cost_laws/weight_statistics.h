// SPDX-License-Identifier: GPL-3.0-or-later
/// What of a weight matrix decides its hardware: zeros, powers of two, canonical signed digits,
/// repeated constants (estimation reference, sections 3.1 and 6).
#pragma once

#include <array>
#include <cstdint>

#include "numerics/code_tensor.h"

namespace bitwright {

inline constexpr int kMaximumCsdDigits = 33;
inline constexpr int kMaximumConstantWidth = 64;

/// Counts of one matrix [n_in, n_out]; fractional when they are expected values.
struct WeightStatistics {
    double n_in = 0;
    double n_out = 0;
    double nonzero = 0;
    double power_of_two = 0; ///< of the non-zero ones
    double csd_digits = 0;   ///< sum over all weights
    double maximum_nonzero_per_output = 0;
    double mean_width_bits = 0; ///< of the non-zero weights
    /// [digits][width]: constants that differ, input by input. Equal constants on one input share their product.
    std::array<std::array<double, kMaximumConstantWidth + 1>, kMaximumCsdDigits + 1> distinct{};
};

/// How the distinct products of a matrix split between multipliers and shift-and-add.
struct ProductSplit {
    double dsp_constants = 0;
    double dsp_constant_bits = 0;  ///< sum of their widths
    double shift_additions = 0;    ///< sum of (digits - 1) over the others
    double shift_constants = 0;    ///< how many of them need at least one addition
    double shift_width_bits = 0;   ///< mean width of those
};

/// Where a tool puts products of a variable and a constant.
struct ProductRule {
    double threshold_bits = 20;    ///< a multiplier takes the constant when input width + constant width reaches this
    double minimum_input_bits = 12;
    bool is_forced = false;        ///< a directive asks for multipliers whatever the widths
};

/// Number of non-zero digits in canonical signed-digit form.
int csdDigits(std::int64_t constant);
/// Bits of a constant as the tools count them: its length, and for negative c the length of -c - 1 plus a sign.
int constantWidth(std::int64_t constant);

/// @cost a few ns per weight
WeightStatistics weightStatistics(const CodeTensor& weight, std::int64_t n_in, std::int64_t n_out);

ProductSplit splitProducts(const WeightStatistics& statistics, double input_bits, const ProductRule& rule);

} // namespace bitwright
