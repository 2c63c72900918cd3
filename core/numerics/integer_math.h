// SPDX-License-Identifier: GPL-3.0-or-later
/// Integer operations that mean the same for 64-bit, 128-bit and unlimited integers.
#pragma once

#include <cstdint>
#include <type_traits>

#include "numerics/code_tensor.h"

namespace bitwright {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

template <class Int>
struct UnsignedOf {
    using Type = std::make_unsigned_t<Int>;
};
template <>
struct UnsignedOf<Int128> {
    using Type = UInt128;
};

template <class Int>
inline constexpr bool kIsUnlimited = std::is_same_v<Int, WideInt>;
/// Bits of Int with the sign; unlimited integers say a number that no format reaches.
template <class Int>
inline constexpr int kIntBits = kIsUnlimited<Int> ? 1 << 20 : static_cast<int>(sizeof(Int)) * 8;

/// x * 2^n. @pre the result fits
template <class Int>
Int shiftLeft(const Int& x, int n)
{
    if constexpr (kIsUnlimited<Int>) return x << n;
    else return x * (Int(1) << n);
}

/// floor(x / 2^n). @pre n < kIntBits
template <class Int>
Int shiftRight(const Int& x, int n)
{
    if constexpr (kIsUnlimited<Int>) {
        // Written out, since the library's shift of negative numbers changed its meaning between versions.
        if (x >= 0) return x >> n;
        return -((-x - 1) >> n) - 1;
    } else {
        return x >> n;
    }
}

/// 2^n. @pre fits
template <class Int>
Int powerOfTwo(int n)
{
    return shiftLeft(Int(1), n);
}

/// The low @p width bits of x, read as two's complement or as unsigned. @pre width + !is_signed <= kIntBits
template <class Int>
Int wrapped(const Int& x, int width, bool is_signed)
{
    if constexpr (kIsUnlimited<Int>) {
        Int low = x - shiftLeft(shiftRight(x, width), width);
        if (is_signed && low >= powerOfTwo<Int>(width - 1)) low -= powerOfTwo<Int>(width);
        return low;
    } else {
        using Unsigned = typename UnsignedOf<Int>::Type;
        const int spare = kIntBits<Int> - width;
        const Unsigned raised = static_cast<Unsigned>(x) << spare;
        return is_signed ? static_cast<Int>(raised) >> spare : static_cast<Int>(raised >> spare);
    }
}

template <class Int>
bool isOdd(const Int& x)
{
    if constexpr (kIsUnlimited<Int>) return shiftLeft(shiftRight(x, 1), 1) != x;
    else return (x & 1) != 0;
}

/// Bits that hold x as two's complement, the sign included; 1 for 0 and -1.
inline int signedBits(const WideInt& x)
{
    const WideInt magnitude = x < 0 ? WideInt(-x - 1) : x;
    return magnitude == 0 ? 1 : static_cast<int>(boost::multiprecision::msb(magnitude)) + 2;
}

} // namespace bitwright
