// SPDX-License-Identifier: GPL-3.0-or-later
/// What hls4ml's operators see of their operands: one-bit and ternary products, comparisons, conversions to int
/// (hls4ml reference, sections 1.4, 1.5 and 2).
#pragma once

#include "circuit/circuit.h"
#include "circuit/value_range.h"
#include "numerics/fixed_arithmetic.h"

namespace bitwright {

/// The format that stores a value: the fixed format itself, or one unsigned bit for a bipolar one.
/// @pre fixed or bipolar; lowering makes nothing else for primitives that compute
FixedFormat storageFormat(const NumberFormat& format);
/// `ap_int<bits>` or `ap_uint<bits>`.
FixedFormat integerFormat(int bits, bool is_signed = true);

/// A product of a datum and a constant, rewritten so that it is always x * weight + offset on codes:
/// XNOR and sign products, and the ternary product in which every code but 0 and -1 means +1.
struct ProductRule {
    FixedFormat format;         ///< of the exact product
    bool is_data_sign = false;  ///< the datum's bit means -1 or +1: x = 2 code - 1
    bool is_weight_sign = false;
    bool is_equality = false;   ///< both are bits: the product is 1 where they are equal, else 0
    bool is_ternary = false;
};
ProductRule productRule(const NumberFormat& data, const NumberFormat& weight);

/// The factor of the datum's code under @p rule.
template <class Int>
Int effectiveWeight(const ProductRule& rule, const Int& code)
{
    if (rule.is_data_sign) return code + code;
    if (rule.is_equality || rule.is_weight_sign) return code == 0 ? Int(-1) : Int(1);
    if (rule.is_ternary && code != 0 && code != -1) return Int(1);
    return code;
}
/// Added to every product with this weight: the equality of bits is x for weight 1 and 1 - x for weight 0;
/// (2 x - 1) w is 2 x w - w.
template <class Int>
Int productOffset(const ProductRule& rule, const Int& code)
{
    if (rule.is_equality) return code == 0 ? Int(1) : Int(0);
    if (rule.is_data_sign) return -code;
    return Int(0);
}
/// Order of two codes of different formats as the original's operators see it, as -1, 0 or 1: exact, except that
/// a negative operand is read as unsigned where C would do so.
template <class Int>
int compareCodes(Int a, const FixedFormat& format_a, Int b, const FixedFormat& format_b)
{
    const int fraction = std::max(format_a.fractionBits(), format_b.fractionBits());
    const int width_a = format_a.width_bits + fraction - format_a.fractionBits();
    const int width_b = format_b.width_bits + fraction - format_b.fractionBits();
    a = shiftLeft(a, fraction - format_a.fractionBits());
    b = shiftLeft(b, fraction - format_b.fractionBits());
    if (format_a.is_signed != format_b.is_signed && std::max(width_a, width_b) >= 32) {
        const bool is_unsigned = format_a.is_signed ? width_b >= width_a : width_a >= width_b;
        const Int turn = is_unsigned ? powerOfTwo<Int>(std::max(width_a, width_b)) : Int(0);
        if (a < 0) a += turn;
        if (b < 0) b += turn;
    }
    return a < b ? -1 : (a == b ? 0 : 1);
}
/// Bits of the integer that `compareCodes` needs.
int comparisonBits(const FixedFormat& a, const FixedFormat& b);

/// The conversion of an `ap_fixed` or `ap_int` of @p format to a C `int`: toward zero, low 32 bits.
template <class Int>
std::int32_t toCInt(const Int& code, const FixedFormat& format)
{
    FixedFormat word = integerFormat(32);
    return static_cast<std::int32_t>(Conversion(format, word)(code));
}

/// The code interval that storing an interval of exact codes can give.
CodeInterval storedInterval(const CodeInterval& exact, const Conversion& conversion);
CodeInterval hullOf(const CodeInterval& a, const CodeInterval& b);
CodeInterval productInterval(const CodeInterval& a, const CodeInterval& b);

} // namespace bitwright
