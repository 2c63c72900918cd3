// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Two's complement integers of any width known at compile time: what `bw_fixed.h` stores its values in.
#ifndef BW_RAW_H
#define BW_RAW_H

namespace bw_raw {

typedef long long i64;
typedef unsigned long long u64;
__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

/// More than 128 bits: limbs, least significant first.
template <int N>
struct wide {
    u64 limb[N];
};

template <int Bits, int Class = (Bits <= 64 ? 0 : Bits <= 128 ? 1 : 2)>
struct storage {
    typedef i64 type;
};
template <int Bits>
struct storage<Bits, 1> {
    typedef i128 type;
};
template <int Bits>
struct storage<Bits, 2> {
    typedef wide<(Bits + 63) / 64> type;
};

/// Bits that a storage type holds.
inline constexpr int bits_of(const i64*)
{
    return 64;
}
inline constexpr int bits_of(const i128*)
{
    return 128;
}
template <int N>
constexpr int bits_of(const wide<N>*)
{
    return 64 * N;
}

inline bool negative(i64 x)
{
    return x < 0;
}
inline bool negative(i128 x)
{
    return x < 0;
}
template <int N>
bool negative(const wide<N>& x)
{
    return (x.limb[N - 1] >> 63) != 0;
}

// ---- conversion: sign extension or loss of high bits ---------------------------------------------------------

template <class To>
struct convert {
    static To from(i64 x) { return static_cast<To>(x); }
    static To from(i128 x) { return static_cast<To>(x); }
    template <int M>
    static To from(const wide<M>& x)
    {
        const u128 low = (static_cast<u128>(x.limb[1]) << 64) | x.limb[0];
        return static_cast<To>(low);
    }
};

template <int N>
struct convert<wide<N> > {
    static wide<N> from(i64 x)
    {
        wide<N> result;
        result.limb[0] = static_cast<u64>(x);
        for (int k = 1; k < N; ++k)
            result.limb[k] = x < 0 ? ~0ULL : 0ULL;
        return result;
    }
    static wide<N> from(i128 x)
    {
        wide<N> result = from(static_cast<i64>(x < 0 ? -1 : 0));
        result.limb[0] = static_cast<u64>(x);
        result.limb[1] = static_cast<u64>(static_cast<u128>(x) >> 64);
        return result;
    }
    template <int M>
    static wide<N> from(const wide<M>& x)
    {
        wide<N> result = from(static_cast<i64>(negative(x) ? -1 : 0));
        for (int k = 0; k < (M < N ? M : N); ++k)
            result.limb[k] = x.limb[k];
        return result;
    }
};

// ---- arithmetic modulo 2^bits --------------------------------------------------------------------------------

inline i64 add(i64 a, i64 b)
{
    return static_cast<i64>(static_cast<u64>(a) + static_cast<u64>(b));
}
inline i128 add(i128 a, i128 b)
{
    return static_cast<i128>(static_cast<u128>(a) + static_cast<u128>(b));
}
template <int N>
wide<N> add(const wide<N>& a, const wide<N>& b)
{
    wide<N> result;
    u64 carry = 0;
    for (int k = 0; k < N; ++k) {
        const u128 sum = static_cast<u128>(a.limb[k]) + b.limb[k] + carry;
        result.limb[k] = static_cast<u64>(sum);
        carry = static_cast<u64>(sum >> 64);
    }
    return result;
}

inline i64 complement(i64 x)
{
    return ~x;
}
inline i128 complement(i128 x)
{
    return ~x;
}
template <int N>
wide<N> complement(wide<N> x)
{
    for (int k = 0; k < N; ++k)
        x.limb[k] = ~x.limb[k];
    return x;
}

template <class T>
T small(i64 value)
{
    return convert<T>::from(value);
}
template <class T>
T negate(const T& x)
{
    return add(complement(x), small<T>(1));
}
template <class T>
T subtract(const T& a, const T& b)
{
    return add(a, negate(b));
}

inline i64 multiply(i64 a, i64 b)
{
    return static_cast<i64>(static_cast<u64>(a) * static_cast<u64>(b));
}
inline i128 multiply(i128 a, i128 b)
{
    return static_cast<i128>(static_cast<u128>(a) * static_cast<u128>(b));
}
template <int N>
wide<N> multiply(const wide<N>& a, const wide<N>& b)
{
    wide<N> result = small<wide<N> >(0);
    for (int i = 0; i < N; ++i) {
        u64 carry = 0;
        for (int k = 0; i + k < N; ++k) {
            const u128 term = static_cast<u128>(a.limb[i]) * b.limb[k] + result.limb[i + k] + carry;
            result.limb[i + k] = static_cast<u64>(term);
            carry = static_cast<u64>(term >> 64);
        }
    }
    return result;
}

// ---- shifts; any count >= 0 ----------------------------------------------------------------------------------

inline i64 shift_left(i64 x, int n)
{
    return n >= 64 ? 0 : static_cast<i64>(static_cast<u64>(x) << n);
}
inline i128 shift_left(i128 x, int n)
{
    return n >= 128 ? 0 : static_cast<i128>(static_cast<u128>(x) << n);
}
template <int N>
wide<N> shift_left(const wide<N>& x, int n)
{
    wide<N> result;
    const int limbs = n / 64;
    const int bits = n % 64;
    for (int k = N - 1; k >= 0; --k) {
        const int from = k - limbs;
        u64 limb = from >= 0 ? x.limb[from] << bits : 0;
        if (bits > 0 && from >= 1) limb |= x.limb[from - 1] >> (64 - bits);
        result.limb[k] = limb;
    }
    return result;
}

/// Floor of x / 2^n.
inline i64 shift_right(i64 x, int n)
{
    return x >> (n > 63 ? 63 : n);
}
inline i128 shift_right(i128 x, int n)
{
    return x >> (n > 127 ? 127 : n);
}
template <int N>
wide<N> shift_right(const wide<N>& x, int n)
{
    wide<N> result;
    const u64 sign = negative(x) ? ~0ULL : 0ULL;
    const int limbs = n / 64;
    const int bits = n % 64;
    for (int k = 0; k < N; ++k) {
        const int from = k + limbs;
        u64 limb = from < N ? x.limb[from] : sign;
        if (bits > 0) limb = (limb >> bits) | ((from + 1 < N ? x.limb[from + 1] : sign) << (64 - bits));
        result.limb[k] = limb;
    }
    return result;
}

// ---- bits ----------------------------------------------------------------------------------------------------

inline u64 low_word(i64 x)
{
    return static_cast<u64>(x);
}
inline u64 low_word(i128 x)
{
    return static_cast<u64>(x);
}
template <int N>
u64 low_word(const wide<N>& x)
{
    return x.limb[0];
}

inline bool is_zero(i64 x)
{
    return x == 0;
}
inline bool is_zero(i128 x)
{
    return x == 0;
}
template <int N>
bool is_zero(const wide<N>& x)
{
    u64 any = 0;
    for (int k = 0; k < N; ++k)
        any |= x.limb[k];
    return any == 0;
}

/// Bit @p n of the number with its sign extended without end.
template <class T>
bool bit(const T& x, int n)
{
    return (low_word(shift_right(x, n)) & 1) != 0;
}
/// Whether one of the lowest @p n bits is set.
template <class T>
bool any_below(const T& x, int n)
{
    const int width = bits_of(static_cast<const T*>(0));
    return n > 0 && !is_zero(n >= width ? x : shift_left(x, width - n));
}

inline bool less(i64 a, i64 b)
{
    return a < b;
}
inline bool less(i128 a, i128 b)
{
    return a < b;
}
template <int N>
bool less(const wide<N>& a, const wide<N>& b)
{
    if (negative(a) != negative(b)) return negative(a);
    for (int k = N - 1; k >= 0; --k)
        if (a.limb[k] != b.limb[k]) return a.limb[k] < b.limb[k];
    return false;
}
template <class T>
bool equal(const T& a, const T& b)
{
    return !less(a, b) && !less(b, a);
}

/// The lowest @p width bits, read as a signed or an unsigned number. @p width is below the storage's width
/// for unsigned numbers.
template <class T>
T keep(const T& x, int width, bool is_signed)
{
    const int spare = bits_of(static_cast<const T*>(0)) - width;
    if (is_signed) return spare <= 0 ? x : shift_right(shift_left(x, spare), spare);
    const T kept = shift_left(x, spare);
    // a logical shift right: clear what the arithmetic one brings in
    const T shifted = shift_right(kept, spare);
    return negative(shifted) ? subtract(shifted, shift_left(small<T>(-1), width)) : shifted;
}

// ---- division, truncating toward zero; the divisor is not zero -----------------------------------------------

inline i64 divide(i64 a, i64 b)
{
    return a / b;
}
inline i128 divide(i128 a, i128 b)
{
    return a / b;
}
template <int N>
wide<N> divide(const wide<N>& a, const wide<N>& b)
{
    const bool flips = negative(a) != negative(b);
    const wide<N> numerator = negative(a) ? negate(a) : a;
    const wide<N> denominator = negative(b) ? negate(b) : b;
    wide<N> quotient = small<wide<N> >(0);
    wide<N> rest = small<wide<N> >(0);
    for (int k = 64 * N - 1; k >= 0; --k) {
        rest = shift_left(rest, 1);
        if (bit(numerator, k)) rest = add(rest, small<wide<N> >(1));
        quotient = shift_left(quotient, 1);
        if (!less(rest, denominator)) {
            rest = subtract(rest, denominator);
            quotient = add(quotient, small<wide<N> >(1));
        }
    }
    return flips ? negate(quotient) : quotient;
}

} // namespace bw_raw

#endif
