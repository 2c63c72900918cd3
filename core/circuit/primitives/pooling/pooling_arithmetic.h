// SPDX-License-Identifier: GPL-3.0-or-later
/// What one output of a pool computes, decided once for kernel and range rule (hls4ml reference, section 2.4).
#pragma once

#include "circuit/operands.h"
#include "circuit/primitives/pooling/pooling.h"

namespace bitwright {

struct PoolingArithmetic {
    FixedFormat in;
    FixedFormat accumulator;
    FixedFormat sum;         ///< of the accumulator and the next term
    FixedFormat exact;       ///< holds the unbounded sum of all terms
    Conversion load;         ///< in -> accumulator
    Conversion accumulate;   ///< sum -> accumulator
    Conversion store_result; ///< accumulator -> result
    bool is_maximum = true;
    bool is_stream = false;
    bool is_tree = false;    ///< streams add the terms of a window in a balanced tree
    bool divides_as_unsigned = false;

    PoolingArithmetic(const Circuit& circuit, const Primitive& primitive);
    int neededBits() const;

    /// accumulator + term on codes; the term is an accumulator in streams, a datum elsewhere.
    template <class Int>
    Int added(const Int& accumulator_code, const Int& term) const
    {
        const int term_fraction = is_stream ? accumulator.fractionBits() : in.fractionBits();
        return accumulate(Int(shiftLeft(accumulator_code, sum.fractionBits() - accumulator.fractionBits()) +
                              shiftLeft(term, sum.fractionBits() - term_fraction)));
    }
    /// The quotient as the original's operator computes it: toward zero, but an `ap_int` by an unsigned number is read as
    /// unsigned in 33 bits.
    template <class Int>
    Int divided(const Int& total, std::int64_t count) const
    {
        if (!divides_as_unsigned || total >= 0) return total / Int(count);
        return wrapped(Int((total + powerOfTwo<Int>(33)) / Int(count)), accumulator.width_bits, accumulator.is_signed);
    }
    /// What a window's place on the padding holds: the code with only the highest bit set, or 0 for averages.
    template <class Int>
    Int paddingCode() const
    {
        if (!is_maximum) return Int(0);
        const Int highest = powerOfTwo<Int>(in.width_bits - 1);
        return in.is_signed ? Int(-highest) : highest;
    }
};

} // namespace bitwright
