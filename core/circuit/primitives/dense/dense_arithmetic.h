// SPDX-License-Identifier: GPL-3.0-or-later
/// What one output of a dense layer computes, decided once for kernel and range rule (hls4ml reference, section 2.1).
#pragma once

#include <cstdint>
#include <vector>

#include "circuit/operands.h"
#include "circuit/primitives/dense/dense.h"

namespace bitwright {

/// Formats and conversions on the way from products to results.
struct DenseArithmetic {
    ProductRule product;
    FixedFormat bias;
    FixedFormat accumulator;
    Conversion store_product;  ///< product -> accumulator
    Conversion store_bias;     ///< bias -> accumulator
    Conversion accumulate;     ///< sum of two accumulators -> accumulator
    bool is_xnor_cast = false; ///< both operands are ap_uint<1>: 2 a - n in an ap_int<ceil(log2 n) + 2>
    FixedFormat casted;        ///< that integer, or the accumulator
    FixedFormat before_cast;   ///< of 2 a - n
    Conversion store_cast;     ///< before_cast -> casted; identity without the cast
    Conversion store_result;   ///< casted -> result
    FixedFormat exact;         ///< holds the unbounded sum of bias and products
    std::int64_t n_in = 0;

    DenseArithmetic(const Circuit& circuit, const Primitive& primitive);

    /// Signed bits that hold every intermediate code of the sequential computation and of the exact sum.
    int neededBits() const;
    /// Products enter the accumulator without losing bits, and storing them only wraps: sums may be formed
    /// in any order and wrapped once at the end.
    bool isWrappingSum() const;

    template <class Int>
    Int result(const Int& accumulator_code) const
    {
        if (!is_xnor_cast) return store_result(accumulator_code);
        return store_result(store_cast(doubled(accumulator_code, accumulator)));
    }
    /// 2 a - n on codes, for a code of @p format.
    template <class Int>
    Int doubled(const Int& code, const FixedFormat& format) const
    {
        const int fraction = format.fractionBits();
        return shiftLeft(Int(code * 2), std::max(0, -fraction)) - shiftLeft(Int(n_in), std::max(0, fraction));
    }
};

/// The format of 2 a - n for a of @p format.
FixedFormat doubledFormat(const FixedFormat& format);
/// The order in which one output adds its products.
std::vector<std::int64_t> accumulationOrder(const DenseAttributes& attributes);

} // namespace bitwright
