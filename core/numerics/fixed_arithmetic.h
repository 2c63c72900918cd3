// SPDX-License-Identifier: GPL-3.0-or-later
/// Result formats of exact operators and the one conversion between formats, for every integer type that
/// proves wide enough (hls4ml reference, sections 1.2 to 1.4).
#pragma once

#include <algorithm>

#include "numerics/integer_math.h"
#include "numerics/quantise.h"

namespace bitwright {

/// Format of the exact product: codes multiply.
constexpr FixedFormat productFormat(const FixedFormat& a, const FixedFormat& b)
{
    FixedFormat result;
    result.width_bits = a.width_bits + b.width_bits;
    result.integer_bits = a.integer_bits + b.integer_bits;
    result.is_signed = a.is_signed || b.is_signed;
    result.family = a.family == b.family ? a.family : FixedFamily::Fixed;
    return result;
}

/// Format of the exact sum; codes are aligned to its fraction bits before they add.
constexpr FixedFormat sumFormat(const FixedFormat& a, const FixedFormat& b)
{
    FixedFormat result;
    result.integer_bits = std::max(a.integer_bits + (b.is_signed && !a.is_signed ? 1 : 0),
                                   b.integer_bits + (a.is_signed && !b.is_signed ? 1 : 0)) + 1;
    result.width_bits = result.integer_bits + std::max(a.fractionBits(), b.fractionBits());
    result.is_signed = a.is_signed || b.is_signed;
    result.family = a.family == b.family ? a.family : FixedFamily::Fixed;
    return result;
}

/// Format of the exact difference: that of the sum, always signed.
constexpr FixedFormat differenceFormat(const FixedFormat& a, const FixedFormat& b)
{
    FixedFormat result = sumFormat(a, b);
    result.is_signed = true;
    return result;
}

/// Rounds x * 2^-shift to a whole number. @pre |x| < 2^(kIntBits - 3)
template <class Int>
Int rounded(const Int& x, int shift, Rounding rounding)
{
    if (shift <= 0) return shift == 0 ? x : shiftLeft(x, -shift);
    // From here on more shift changes nothing: the quotient is 0 or -1 and the rest is on the same side of a half.
    if constexpr (!kIsUnlimited<Int>) shift = std::min(shift, kIntBits<Int> - 2);
    const Int floor = shiftRight(x, shift);
    if (rounding == Rounding::Trn) return floor;
    const Int rest = x - shiftLeft(floor, shift);
    if (rounding == Rounding::TrnZero) return floor + ((x < 0 && rest != 0) ? 1 : 0);
    const Int half = powerOfTwo<Int>(shift - 1);
    if (rest != half) return floor + (rest > half ? 1 : 0);
    bool is_up = false;
    if (rounding == Rounding::Rnd) is_up = true;
    if (rounding == Rounding::RndZero) is_up = x < 0;
    if (rounding == Rounding::RndInf) is_up = x >= 0;
    if (rounding == Rounding::RndConv) is_up = isOdd(floor);
    return floor + (is_up ? 1 : 0);
}

/// Smallest code of @p to that saturation leaves.
template <class Int>
Int lowestCode(const FixedFormat& to)
{
    if (!to.is_signed) return Int(0);
    // The header sets the sign bit and bit 0, which are the same bit in a format of width 1.
    const bool is_symmetric = to.overflow == Overflow::SatSym && to.width_bits > 1;
    return -powerOfTwo<Int>(to.width_bits - 1) + (is_symmetric ? 1 : 0);
}

template <class Int>
Int highestCode(const FixedFormat& to)
{
    // Built without the power itself, which may not fit.
    const int bits = to.width_bits - (to.is_signed ? 1 : 0);
    if (bits == 0) return Int(0);
    return (powerOfTwo<Int>(bits - 1) - 1) + powerOfTwo<Int>(bits - 1);
}

/// Wrapping with N saturated bits, and sign-magnitude wrapping. @p kept holds the wrapped bits, @p deleted the
/// source bit just above them before rounding.
template <class Int>
Int wrappedSpecially(Int kept, bool is_negative, bool deleted, const FixedFormat& to)
{
    const int width = to.width_bits;
    const int saturated = to.saturation_bits;
    const auto bit = [](const Int& x, int n) { return isOdd(shiftRight(x, n)); };
    const auto withBits = [](const Int& x, int low, int count, bool ones) {
        if (count <= 0) return x;
        const Int upper = shiftLeft(shiftRight(x, low + count), low + count);
        const Int lower = x - shiftLeft(shiftRight(x, low), low);
        return Int(upper + lower + (ones ? shiftLeft(powerOfTwo<Int>(count) - 1, low) : Int(0)));
    };
    const auto withSign = [&](const Int& x, bool sign) {
        const Int magnitude = x - shiftLeft(shiftRight(x, width - 1), width - 1);
        return Int(sign ? magnitude - powerOfTwo<Int>(width - 1) : magnitude);
    };
    if (to.overflow == Overflow::WrapSm) {
        const bool sign = saturated == 0 ? deleted : is_negative;
        if (saturated <= 1 && bit(kept, width - 1) != sign) kept = -kept - 1;
        if (saturated > 1 && bit(kept, width - saturated) == sign) kept = -kept - 1;
        if (saturated > 1) kept = withBits(kept, width - saturated, saturated - 1, !sign);
        return withSign(kept, sign);
    }
    if (!to.is_signed) return withBits(kept, width - saturated, saturated, true);
    if (saturated > 1) kept = withBits(kept, width - saturated, saturated - 1, !is_negative);
    return withSign(kept, is_negative);
}

/// Stores the rounded code @p q; @p deleted as above, used by sign-magnitude wrapping only.
template <class Int>
Int overflowed(const Int& q, bool deleted, const FixedFormat& to, StoreEvent& event)
{
    const Int low = lowestCode<Int>(to);
    const Int high = highestCode<Int>(to);
    if (q >= low && q <= high) return q;
    event = to.overflow == Overflow::Wrap || to.overflow == Overflow::WrapSm ? StoreEvent::Wrap : StoreEvent::Saturation;
    switch (to.overflow) {
    case Overflow::Sat:
    case Overflow::SatSym: return q < low ? low : high;
    case Overflow::SatZero: return Int(0);
    case Overflow::Wrap:
        if (to.saturation_bits == 0) return wrapped(q, to.width_bits, to.is_signed);
        break;
    case Overflow::WrapSm: break;
    }
    return wrappedSpecially(wrapped(q, to.width_bits, to.is_signed), q < 0, deleted, to);
}

/// Stores the exact value x * 2^-shift, measured in steps of @p to; `ap_fixed` rules, also for integers.
template <class Int>
Int stored(const Int& x, int shift, const FixedFormat& to, StoreEvent& event)
{
    const Int q = rounded(x, shift, to.rounding);
    bool deleted = false;
    if (to.overflow == Overflow::WrapSm && to.saturation_bits == 0)
        deleted = isOdd(shiftRight(rounded(x, shift, Rounding::Trn), to.width_bits));
    return overflowed(q, deleted, to, event);
}

/// A conversion between two formats, decided once. `ap_int` and `ap_uint` truncate toward zero what comes from
/// `ap_fixed`; from a format without integer bits every negative value becomes -1 (the headers carry into a bit
/// that does not exist; for fewer than 0 integer bits they read an uninitialised variable, and this is what
/// an empty one gives).
class Conversion {
public:
    Conversion(const FixedFormat& from, const FixedFormat& to)
        : m_to(to), m_shift(from.fractionBits() - to.fractionBits())
    {
        const bool is_truncated =
            to.family == FixedFamily::Integer && from.family == FixedFamily::Fixed && m_shift > 0;
        if (to.family == FixedFamily::Integer) {
            m_to.rounding = is_truncated ? Rounding::TrnZero : Rounding::Trn;
            m_to.overflow = Overflow::Wrap;
            m_to.saturation_bits = 0;
            m_has_no_integer_bits = is_truncated && from.integer_bits <= 0;
        }
    }

    /// The stored code. @pre kIntBits is at least neededBits(bits of the code)
    template <class Int>
    Int operator()(const Int& code, StoreEvent& event) const
    {
        if (m_has_no_integer_bits) return Int(code < 0 ? highOrMinusOne<Int>() : Int(0));
        return stored(code, m_shift, m_to, event);
    }
    template <class Int>
    Int operator()(const Int& code) const
    {
        StoreEvent ignored = StoreEvent::None;
        return (*this)(code, ignored);
    }

    const FixedFormat& target() const { return m_to; }
    int shift() const { return m_shift; } ///< bits dropped (positive) or appended (negative)
    /// Signed bits that Int needs when codes need @p code_bits signed bits.
    int neededBits(int code_bits) const
    {
        return std::max(code_bits + std::max(0, -m_shift), m_to.width_bits) + 3;
    }
    /// Whether rounding and overflow alone describe it: false for what the headers leave undefined.
    bool isRegular() const { return !m_has_no_integer_bits; }
    /// Whether every value stays as it is up to overflow: no fraction bit is dropped.
    bool keepsFraction() const { return m_shift <= 0; }

private:
    template <class Int>
    Int highOrMinusOne() const
    {
        return m_to.is_signed ? Int(-1) : highestCode<Int>(m_to);
    }

    FixedFormat m_to; ///< with the modes that are in force
    int m_shift = 0;
    bool m_has_no_integer_bits = false;
};

/// Signed bits of the codes of @p format.
constexpr int codeBits(const FixedFormat& format) { return format.width_bits + (format.is_signed ? 0 : 1); }

} // namespace bitwright
