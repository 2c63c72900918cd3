// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/kernel_reference.h"

#include <array>

namespace bitwright::test {
namespace {

struct Quotient {
    __int128_t floor;
    int compared_with_half; ///< of the remainder: -1, 0, 1
    bool is_exact;
};

Quotient divideByPower(__int128_t x, int bits)
{
    const __int128_t unit = static_cast<__int128_t>(1) << bits;
    __int128_t floor = x / unit;
    if (x % unit < 0) --floor;
    const __int128_t twice = 2 * (x - floor * unit);
    return {floor, twice < unit ? -1 : (twice == unit ? 0 : 1), twice == 0};
}

__int128_t rounded(__int128_t x, int bits, Rounding rounding)
{
    const Quotient q = divideByPower(x, bits);
    if (q.is_exact) return q.floor;
    const bool negative = x < 0;
    if (rounding == Rounding::Trn) return q.floor;
    if (rounding == Rounding::TrnZero) return q.floor + (negative ? 1 : 0);
    if (q.compared_with_half != 0) return q.floor + (q.compared_with_half > 0 ? 1 : 0);
    switch (rounding) { // a tie
    case Rounding::Rnd: return q.floor + 1;
    case Rounding::RndMinInf: return q.floor;
    case Rounding::RndZero: return q.floor + (negative ? 1 : 0);
    case Rounding::RndInf: return q.floor + (negative ? 0 : 1);
    default: return q.floor + (q.floor % 2 != 0 ? 1 : 0);
    }
}

} // namespace

std::int64_t referenceStore(__int128_t x, int fraction_bits, const FixedFormat& target)
{
    const int drop = fraction_bits - target.fractionBits();
    const Rounding rounding = target.family == FixedFamily::Integer ? Rounding::TrnZero : target.rounding;
    __int128_t q = drop > 0 ? rounded(x, drop, rounding) : x * (static_cast<__int128_t>(1) << -drop);
    const __int128_t span = static_cast<__int128_t>(1) << target.width_bits;
    const __int128_t high = target.is_signed ? span / 2 - 1 : span - 1;
    const __int128_t low = target.is_signed ? -span / 2 : 0;
    const bool inside = q >= low && q <= high;
    switch (target.overflow) {
    case Overflow::Wrap: {
        __int128_t wrapped = ((q % span) + span) % span;
        return static_cast<std::int64_t>(wrapped > high ? wrapped - span : wrapped);
    }
    case Overflow::SatZero: return static_cast<std::int64_t>(inside ? q : 0);
    case Overflow::SatSym:
        if (target.is_signed && target.width_bits > 1 && q <= low) return static_cast<std::int64_t>(low + 1);
        [[fallthrough]];
    default: return static_cast<std::int64_t>(q > high ? high : (q < low ? low : q));
    }
}

std::int64_t referenceStep(std::int64_t x, std::int64_t row, const ReferenceStep& step)
{
    const auto entry = [row](const std::vector<std::int64_t>& values, std::int64_t fallback) {
        return values.empty() ? fallback : values[static_cast<std::size_t>(row) % values.size()];
    };
    __int128_t v = step.drops_negative && x < 0 ? 0 : x;
    v *= entry(step.multiplier, 1);
    v *= static_cast<__int128_t>(1) << step.product_shift_left;
    v += entry(step.addend, 0);
    return referenceStore(v, step.fraction_bits, step.target);
}

FixedFormat randomFormat(std::mt19937& random, int smallest_width, int largest_width)
{
    constexpr std::array kOverflows{Overflow::Wrap, Overflow::Sat, Overflow::SatZero, Overflow::SatSym};
    FixedFormat format;
    format.width_bits = std::uniform_int_distribution(smallest_width, largest_width)(random);
    format.integer_bits = std::uniform_int_distribution(-2, format.width_bits + 2)(random);
    format.is_signed = random() % 3 != 0;
    format.rounding = static_cast<Rounding>(random() % 7);
    format.overflow = kOverflows[random() % kOverflows.size()];
    return format;
}

} // namespace bitwright::test
