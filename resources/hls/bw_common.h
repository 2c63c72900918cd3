// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// What every template needs: numbers from codes, facts about number types, exact comparison.
#ifndef BW_COMMON_H
#define BW_COMMON_H

#include "bw_types.h"

namespace bw {

/// Facts about a number type, the same for our types and a vendor's.
template <class T>
struct traits;
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
struct traits<ap_fixed<W, I, Q, O, N> > {
    static const int width = W;
    static const int integer_bits = I;
    static const bool is_signed = true;
};
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
struct traits<ap_ufixed<W, I, Q, O, N> > {
    static const int width = W;
    static const int integer_bits = I;
    static const bool is_signed = false;
};
template <int W>
struct traits<ap_int<W> > {
    static const int width = W;
    static const int integer_bits = W;
    static const bool is_signed = true;
};
template <int W>
struct traits<ap_uint<W> > {
    static const int width = W;
    static const int integer_bits = W;
    static const bool is_signed = false;
};

template <int A, int B>
struct larger {
    static const int value = A > B ? A : B;
};

/// The number of type T that has the bits of @p code: no rounding, no overflow.
template <class T, class Code>
T from_code(Code code)
{
#pragma HLS INLINE
    T number;
    number.range(traits<T>::width - 1, 0) = code;
    return number;
}

/// The same number of bits read with another binary point.
template <class To, class From>
To reinterpreted(From from)
{
#pragma HLS INLINE
    To number;
    number.range(traits<To>::width - 1, 0) = from.range(traits<From>::width - 1, 0);
    return number;
}

/// A constant number: entry @p i of an array of codes.
template <class T, class Code>
T constant(const Code codes[], unsigned i)
{
#pragma HLS INLINE
    return from_code<T>(codes[i]);
}

/// Codes of more than 64 bits: consecutive words, least significant first.
template <int Width>
struct wide_code {
    static const int words = (Width + 63) / 64;
    unsigned long long word[words];
};
template <class T, int Width>
T constant(const wide_code<Width> codes[], unsigned i)
{
#pragma HLS INLINE
    T number;
    for (int k = 0; k < wide_code<Width>::words; ++k) {
#pragma HLS UNROLL
        const int high = 64 * k + 63 < Width ? 64 * k + 63 : Width - 1;
        number.range(high, 64 * k) = codes[i].word[k];
    }
    return number;
}

/// Where a and b are compared: exactly, or, when their signs differ and C would read the signed operand as unsigned,
/// modulo a power of two (hls4ml reference, section 1.5).
template <class A, class B>
struct comparison {
    static const int fraction_a = traits<A>::width - traits<A>::integer_bits;
    static const int fraction_b = traits<B>::width - traits<B>::integer_bits;
    static const int fraction = larger<fraction_a, fraction_b>::value;
    static const int width_a = traits<A>::integer_bits + fraction;
    static const int width_b = traits<B>::integer_bits + fraction;
    static const int width = larger<width_a, width_b>::value;
    static const bool is_mixed = traits<A>::is_signed != traits<B>::is_signed;
    static const bool is_unsigned =
        is_mixed && width >= 32 && (traits<A>::is_signed ? width_b >= width_a : width_a >= width_b);

    template <bool Unsigned, int Width>
    struct choose {
        typedef ap_fixed<Width + 1, Width + 1 - fraction> type;
    };
    template <int Width>
    struct choose<true, Width> {
        typedef ap_ufixed<Width, Width - fraction> type;
    };
    typedef typename choose<is_unsigned, width>::type type;
};

/// Whether a > b.
template <class A, class B>
bool is_greater(const A& a, const B& b)
{
#pragma HLS INLINE
    const typename comparison<A, B>::type left = a;
    const typename comparison<A, B>::type right = b;
    return left > right;
}
/// Whether x is above the C int @p limit.
template <class T>
bool is_above(const T& x, int limit)
{
#pragma HLS INLINE
    return is_greater(x, ap_int<32>(limit));
}
template <class A>
bool is_positive(const A& a)
{
#pragma HLS INLINE
    return a > A(0);
}

} // namespace bw

#endif
