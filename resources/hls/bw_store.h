// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Rounding and overflow of `ap_fixed` (hls4ml reference, section 1.2) on plain integers of any width.
#ifndef BW_STORE_H
#define BW_STORE_H

#include "bw_raw.h"

enum ap_q_mode { AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO };
enum ap_o_mode { AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP, AP_WRAP_SM };

namespace bw_raw {

/// x / 2^Shift (or x * 2^-Shift), rounded to an integer.
template <int Shift, ap_q_mode Q, class T>
T rounded(const T& x)
{
    if (Shift <= 0) return shift_left(x, -Shift);
    const int below = Shift > 0 ? Shift - 1 : 0;
    const T down = shift_right(x, Shift);
    if (Q == AP_TRN) return down;
    const bool half = bit(x, below);
    bool up = half; // AP_RND
    if (Q == AP_TRN_ZERO) up = negative(x) && (half || any_below(x, below));
    if (Q == AP_RND_ZERO) up = half && (negative(x) || any_below(x, below));
    if (Q == AP_RND_INF) up = half && (!negative(x) || any_below(x, below));
    if (Q == AP_RND_MIN_INF) up = half && any_below(x, below);
    if (Q == AP_RND_CONV) up = half && (bit(down, 0) || any_below(x, below));
    return up ? add(down, small<T>(1)) : down;
}

/// Gives bits First..Last-1 the value @p wanted.
template <class T>
T with_bits(T x, int first, int last, bool wanted)
{
    for (int k = first < 0 ? 0 : first; k < last; ++k) {
        const T one = shift_left(small<T>(1), k);
        if (bit(x, k) != wanted) x = wanted ? add(x, one) : subtract(x, one);
    }
    return x;
}

/// What wrapping with N saturated bits or in sign-magnitude form makes of @p q, which is out of range.
/// @p sign is the source's; @p lost is the source's bit just above the kept ones, before rounding.
template <int W, bool S, ap_o_mode O, int N, class T>
T specially_wrapped(const T& q, bool sign, bool lost)
{
    T bits = keep(q, W, S);
    if (!S) return with_bits(bits, W - N, W, true);
    const bool msb = O == AP_WRAP_SM && N == 0 ? lost : sign;
    if (O == AP_WRAP_SM) {
        const bool flips = N <= 1 ? msb != negative(bits) : bit(bits, W - N) == sign;
        if (flips) bits = complement(bits);
    }
    bits = keep(with_bits(bits, W - N, W - 1, !sign), W, true);
    if (negative(bits) == msb) return bits;
    return keep(add(bits, shift_left(small<T>(1), W - 1)), W, true);
}

/// Brings the rounded value @p q into the range of <W, S> by the overflow mode.
template <int W, bool S, ap_o_mode O, int N, class T>
T fitted(const T& q, bool sign, bool lost)
{
    if (O == AP_WRAP && N == 0) return keep(q, W, S);
    const T one = small<T>(1);
    const T high = subtract(shift_left(one, S ? W - 1 : W), one);
    const T low = S ? complement(high) : small<T>(0);
    // In a single bit the sign and the last place are the same, and -1 stays.
    const T lowest = S && O == AP_SAT_SYM && W > 1 ? add(low, one) : low;
    const bool above = less(high, q);
    const bool below = less(q, low);
    if (!above && !below) return O == AP_SAT_SYM && less(q, lowest) ? lowest : q;
    if (O == AP_SAT || O == AP_SAT_SYM) return above ? high : lowest;
    if (O == AP_SAT_ZERO) return small<T>(0);
    return specially_wrapped<W, S, O, N>(q, sign, lost);
}

/// The code in <W, S, Q, O, N> of the number @p code in units of 2^-Shift of the target's last place.
/// @p SourceWidth is the width that @p code came in.
template <int W, bool S, ap_q_mode Q, ap_o_mode O, int N, int Shift, int SourceWidth, class T>
T stored(const T& code)
{
    const int above = W + Shift;
    const bool lost = O == AP_WRAP_SM && above >= 0 && above < SourceWidth && bit(code, above < 0 ? 0 : above);
    return fitted<W, S, O, N>(rounded<Shift, Q>(code), negative(code), lost);
}

} // namespace bw_raw

#endif
