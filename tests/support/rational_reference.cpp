// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/rational_reference.h"

#include <vector>

namespace bitwright::test {

namespace {

using boost::multiprecision::cpp_int;

cpp_int floorOf(const Rational& value)
{
    const cpp_int above = numerator(value);
    const cpp_int below = denominator(value);
    cpp_int quotient = above / below;
    if (quotient * below > above) --quotient;
    return quotient;
}

cpp_int roundedOf(const Rational& y, Rounding mode)
{
    const cpp_int floor = floorOf(y);
    const Rational rest = y - Rational(floor);
    const Rational half(1, 2);
    switch (mode) {
    case Rounding::Trn: return floor;
    case Rounding::TrnZero: return y >= 0 || rest == 0 ? floor : cpp_int(floor + 1);
    default: break;
    }
    if (rest != half) return rest > half ? cpp_int(floor + 1) : floor;
    switch (mode) {
    case Rounding::Rnd: return floor + 1;
    case Rounding::RndZero: return y > 0 ? floor : cpp_int(floor + 1);
    case Rounding::RndInf: return y > 0 ? cpp_int(floor + 1) : floor;
    case Rounding::RndMinInf: return floor;
    default: return floor % 2 == 0 ? floor : cpp_int(floor + 1);
    }
}

/// Lowest bit first, two's complement.
std::vector<bool> bitsOf(cpp_int number, int count)
{
    std::vector<bool> bits;
    for (int i = 0; i < count; ++i) {
        const bool is_odd = number % 2 != 0;
        bits.push_back(is_odd);
        number = floorOf(Rational(number, 2));
    }
    return bits;
}

cpp_int numberOf(const std::vector<bool>& bits, bool is_signed)
{
    cpp_int sum = 0;
    cpp_int weight = 1;
    for (std::size_t i = 0; i < bits.size(); ++i, weight *= 2)
        if (bits[i]) sum += is_signed && i + 1 == bits.size() ? cpp_int(-weight) : weight;
    return sum;
}

void invert(std::vector<bool>& bits)
{
    bits.flip();
}

std::vector<bool> signMagnitudeWrap(std::vector<bool> bits, const Rational& y, bool is_negative, int n)
{
    const std::size_t top = bits.size() - 1;
    if (n == 0) {
        const bool above = bitsOf(floorOf(y), static_cast<int>(bits.size()) + 1).back();
        if (above != bits[top]) invert(bits);
        bits[top] = above;
        return bits;
    }
    if (n == 1 && is_negative != bits[top]) invert(bits);
    if (n > 1) {
        if (bits[bits.size() - static_cast<std::size_t>(n)] == is_negative) invert(bits);
        for (std::size_t i = bits.size() - static_cast<std::size_t>(n); i < top; ++i)
            bits[i] = !is_negative;
    }
    bits[top] = is_negative;
    return bits;
}

cpp_int wrappedOf(const cpp_int& q, const Rational& y, const FixedFormat& format)
{
    std::vector<bool> bits = bitsOf(q, format.width_bits);
    const bool is_negative = q < 0;
    const std::size_t first = bits.size() - static_cast<std::size_t>(format.saturation_bits);
    if (format.overflow == Overflow::WrapSm) {
        bits = signMagnitudeWrap(bits, y, is_negative, format.saturation_bits);
    } else if (format.saturation_bits > 0 && format.is_signed) {
        for (std::size_t i = first; i + 1 < bits.size(); ++i)
            bits[i] = !is_negative;
        bits.back() = is_negative;
    } else if (format.saturation_bits > 0) {
        for (std::size_t i = first; i < bits.size(); ++i)
            bits[i] = true;
    }
    return numberOf(bits, format.is_signed);
}

} // namespace

Rational powerOfTwo(int exponent)
{
    const cpp_int power = cpp_int(1) << (exponent < 0 ? -exponent : exponent);
    return exponent < 0 ? Rational(1, power) : Rational(power);
}

Rational valueOf(const WideInt& code, const FixedFormat& format)
{
    return Rational(cpp_int(code)) * powerOfTwo(-format.fractionBits());
}

WideInt referenceCode(const Rational& value, const FixedFormat& format)
{
    const Rational y = value * powerOfTwo(format.fractionBits());
    const cpp_int q = roundedOf(y, format.rounding);
    const cpp_int span = cpp_int(1) << (format.width_bits - (format.is_signed ? 1 : 0));
    const cpp_int high = span - 1;
    cpp_int low = format.is_signed ? cpp_int(-span) : cpp_int(0);
    if (format.is_signed && format.overflow == Overflow::SatSym && format.width_bits > 1) ++low;
    if (q >= low && q <= high) return WideInt(q);
    switch (format.overflow) {
    case Overflow::Sat:
    case Overflow::SatSym: return WideInt(q < low ? low : high);
    case Overflow::SatZero: return 0;
    default: return WideInt(wrappedOf(q, y, format));
    }
}

} // namespace bitwright::test
