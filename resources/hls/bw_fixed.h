// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// `ap_fixed`, `ap_ufixed`, `ap_int` and `ap_uint` for C simulation without a vendor's headers: the same names,
/// parameters and arithmetic, as far as the `bw_*` templates use them (hls4ml reference, section 1).
/// Synthesis uses the vendor's own headers.
///
/// A number of width W with I integer bits is code * 2^(I - W). Operators are exact (division truncates toward
/// zero); what does not fit is decided where a result is stored, by the modes of the target.
#ifndef BW_FIXED_H
#define BW_FIXED_H

#include <cmath>
#include <type_traits>

#include "bw_store.h"

namespace bw_raw {

constexpr int larger(int a, int b)
{
    return a > b ? a : b;
}

/// Storage for shifting a source of width Ws by Shift to the last place of a target of width W.
template <int Ws, int Shift, int W>
struct middle {
    typedef typename storage<larger(Ws + 1 + larger(0, -Shift), W + 2) + 1>::type type;
};

/// Bits hi..lo of a number, to be read and written. A part is at most 64 bits long; all bits can be copied at once.
template <class Number>
class range_reference {
public:
    range_reference(Number& number, int hi, int lo) : m_number(number), m_hi(hi), m_lo(lo) {}
    range_reference(const range_reference& other) = default;

    template <class T>
    typename std::enable_if<std::is_integral<T>::value, range_reference&>::type operator=(T value)
    {
        m_number.set_bits(m_hi, m_lo, static_cast<i64>(value));
        return *this;
    }
    template <class Other>
    range_reference& operator=(const range_reference<Other>& other)
    {
        m_number.set_bits(m_hi, m_lo, other.bits());
        return *this;
    }
    range_reference& operator=(const range_reference& other)
    {
        m_number.set_bits(m_hi, m_lo, other.bits());
        return *this;
    }
    typename Number::bits_type bits() const { return m_number.get_bits(m_hi, m_lo); }
    u64 to_uint64() const { return low_word(bits()); }
    unsigned to_uint() const { return static_cast<unsigned>(to_uint64()); }

private:
    Number& m_number;
    int m_hi;
    int m_lo;
};

} // namespace bw_raw

/// What all four types share; also the type of every operator's result.
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
struct bw_number {
    static const int width = W;
    static const int iwidth = I;
    typedef typename bw_raw::storage<W + (S ? 0 : 1)>::type raw_type;
    typedef typename bw_raw::storage<W + 65>::type bits_type;

    raw_type V; ///< the code

    template <int W2, int I2, bool S2, ap_q_mode Q2, ap_o_mode O2, int N2>
    void store(const bw_number<W2, I2, S2, Q2, O2, N2>& source)
    {
        store_code<W2, W2 - I2, Q>(source.V);
    }
    template <class T>
    void store_integer(T source)
    {
        // a 128-bit storage holds every C integer, signed or not
        store_code<65, 0, Q>(static_cast<bw_raw::i128>(source));
    }
    /// Infinities count as 2^1024, NaN as zero.
    void store_double(double source)
    {
        int exponent = 0;
        double fraction = std::frexp(source, &exponent);
        if (source != source) fraction = 0;
        if (source - source != 0 && fraction != 0) {
            fraction = source > 0 ? 0.5 : -0.5;
            exponent = 1025;
        }
        bw_raw::i64 mantissa = static_cast<bw_raw::i64>(std::ldexp(fraction, 53));
        // Farther than this from the last place, rounding and overflow no longer depend on the distance.
        const int finest = 60;
        int place = exponent - 53 + W - I;
        if (place < -finest) place = -finest;
        if (place > W + 2) {
            mantissa = (mantissa > 0) - (mantissa < 0);
            place = W + 2;
        }
        typedef typename bw_raw::storage<W + 2 + finest + 56>::type middle_type;
        const middle_type code = bw_raw::shift_left(bw_raw::small<middle_type>(mantissa), place + finest);
        V = bw_raw::convert<raw_type>::from(bw_raw::stored<W, S, Q, O, N, finest, W + 118>(code));
    }
    /// Stores code * 2^-F2 by rounding mode Mode and the overflow mode of this type.
    template <int W2, int F2, ap_q_mode Mode, class T>
    void store_code(const T& code)
    {
        const int shift = F2 - (W - I);
        typedef typename bw_raw::middle<W2, shift, W>::type middle_type;
        const middle_type source = bw_raw::convert<middle_type>::from(code);
        V = bw_raw::convert<raw_type>::from(bw_raw::stored<W, S, Mode, O, N, shift, W2>(source));
    }

    /// The low 32 bits of the number, its fraction dropped toward zero.
    int to_int() const;

    template <class T>
    void set_bits(int hi, int lo, const T& value)
    {
        if (lo == 0 && hi == W - 1) {
            V = bw_raw::keep(bw_raw::convert<raw_type>::from(value), W, S);
            return;
        }
        const bits_type part =
            bw_raw::keep(bw_raw::convert<bits_type>::from(value), hi - lo + 1, false);
        const bits_type change = bw_raw::subtract(part, get_bits(hi, lo));
        const bits_type changed = bw_raw::add(get_bits(W - 1, 0), bw_raw::shift_left(change, lo));
        V = bw_raw::keep(bw_raw::convert<raw_type>::from(changed), W, S);
    }
    bits_type get_bits(int hi, int lo) const
    {
        const bits_type code = bw_raw::convert<bits_type>::from(V);
        return bw_raw::keep(bw_raw::shift_right(code, lo), hi - lo + 1, false);
    }
    bw_raw::range_reference<bw_number> range(int hi, int lo)
    {
        return bw_raw::range_reference<bw_number>(*this, hi, lo);
    }
};

// ---- operators -----------------------------------------------------------------------------------------------

#define BW_TWO_NUMBERS                                                                                       \
    template <int W1, int I1, bool S1, ap_q_mode Q1, ap_o_mode O1, int N1, int W2, int I2, bool S2,          \
              ap_q_mode Q2, ap_o_mode O2, int N2>
#define BW_LEFT const bw_number<W1, I1, S1, Q1, O1, N1>&
#define BW_RIGHT const bw_number<W2, I2, S2, Q2, O2, N2>&

namespace bw_raw {

/// Result types of sum and difference of <W1, I1, S1> and <W2, I2, S2>.
template <int W1, int I1, bool S1, int W2, int I2, bool S2>
struct both {
    static const int integer_bits = larger(I1 + (S2 && !S1 ? 1 : 0), I2 + (S1 && !S2 ? 1 : 0)) + 1;
    static const int fraction_bits = larger(W1 - I1, W2 - I2);
    static const int width = integer_bits + fraction_bits;
    typedef bw_number<width, integer_bits, S1 || S2, AP_TRN, AP_WRAP, 0> sum;
    typedef bw_number<width, integer_bits, true, AP_TRN, AP_WRAP, 0> difference;
    /// Storage in which both can be aligned, whatever their signs.
    typedef typename storage<width + 2>::type aligned;
    template <class T>
    static aligned left(const T& code)
    {
        return shift_left(convert<aligned>::from(code), fraction_bits - (W1 - I1));
    }
    template <class T>
    static aligned right(const T& code)
    {
        return shift_left(convert<aligned>::from(code), fraction_bits - (W2 - I2));
    }
};

} // namespace bw_raw

BW_TWO_NUMBERS
bw_number<W1 + W2, I1 + I2, S1 || S2, AP_TRN, AP_WRAP, 0> operator*(BW_LEFT a, BW_RIGHT b)
{
    bw_number<W1 + W2, I1 + I2, S1 || S2, AP_TRN, AP_WRAP, 0> result;
    typedef typename bw_raw::storage<W1 + W2 + 1>::type wide_type;
    result.V = bw_raw::convert<decltype(result.V)>::from(
        bw_raw::multiply(bw_raw::convert<wide_type>::from(a.V), bw_raw::convert<wide_type>::from(b.V)));
    return result;
}

BW_TWO_NUMBERS
typename bw_raw::both<W1, I1, S1, W2, I2, S2>::sum operator+(BW_LEFT a, BW_RIGHT b)
{
    typedef bw_raw::both<W1, I1, S1, W2, I2, S2> types;
    typename types::sum result;
    result.V = bw_raw::convert<decltype(result.V)>::from(bw_raw::add(types::left(a.V), types::right(b.V)));
    return result;
}

BW_TWO_NUMBERS
typename bw_raw::both<W1, I1, S1, W2, I2, S2>::difference operator-(BW_LEFT a, BW_RIGHT b)
{
    typedef bw_raw::both<W1, I1, S1, W2, I2, S2> types;
    typename types::difference result;
    result.V = bw_raw::convert<decltype(result.V)>::from(
        bw_raw::subtract(types::left(a.V), types::right(b.V)));
    return result;
}

/// The divisor is not zero.
BW_TWO_NUMBERS
bw_number<W1 + bw_raw::larger(W2 - I2, 0) + (S2 ? 1 : 0), I1 + W2 - I2 + (S2 ? 1 : 0), S1 || S2, AP_TRN, AP_WRAP, 0>
operator/(BW_LEFT a, BW_RIGHT b)
{
    const int lift = bw_raw::larger(W2 - I2, 0);
    bw_number<W1 + lift + (S2 ? 1 : 0), I1 + W2 - I2 + (S2 ? 1 : 0), S1 || S2, AP_TRN, AP_WRAP, 0> result;
    typedef typename bw_raw::storage<bw_raw::larger(W1 + lift, W2) + 2>::type wide_type;
    result.V = bw_raw::convert<decltype(result.V)>::from(
        bw_raw::divide(bw_raw::shift_left(bw_raw::convert<wide_type>::from(a.V), lift),
                       bw_raw::convert<wide_type>::from(b.V)));
    return result;
}

template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
bw_number<W + 1, I + 1, true, AP_TRN, AP_WRAP, 0> operator-(const bw_number<W, I, S, Q, O, N>& a)
{
    bw_number<W + 1, I + 1, true, AP_TRN, AP_WRAP, 0> result;
    result.V = bw_raw::negate(bw_raw::convert<decltype(result.V)>::from(a.V));
    return result;
}

BW_TWO_NUMBERS
bool operator<(BW_LEFT a, BW_RIGHT b)
{
    typedef bw_raw::both<W1, I1, S1, W2, I2, S2> types;
    return bw_raw::less(types::left(a.V), types::right(b.V));
}
BW_TWO_NUMBERS
bool operator>(BW_LEFT a, BW_RIGHT b)
{
    return b < a;
}
BW_TWO_NUMBERS
bool operator<=(BW_LEFT a, BW_RIGHT b)
{
    return !(b < a);
}
BW_TWO_NUMBERS
bool operator>=(BW_LEFT a, BW_RIGHT b)
{
    return !(a < b);
}
BW_TWO_NUMBERS
bool operator==(BW_LEFT a, BW_RIGHT b)
{
    return !(a < b) && !(b < a);
}
BW_TWO_NUMBERS
bool operator!=(BW_LEFT a, BW_RIGHT b)
{
    return !(a == b);
}

#undef BW_TWO_NUMBERS
#undef BW_LEFT
#undef BW_RIGHT

// ---- the four types ------------------------------------------------------------------------------------------

/// Conversions of a fixed-point type: by its own modes.
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
struct bw_fixed_point : bw_number<W, I, S, Q, O, N> {
    bw_fixed_point() = default;
    template <int W2, int I2, bool S2, ap_q_mode Q2, ap_o_mode O2, int N2>
    bw_fixed_point(const bw_number<W2, I2, S2, Q2, O2, N2>& source)
    {
        this->store(source);
    }
    template <class T, class = typename std::enable_if<std::is_integral<T>::value>::type>
    bw_fixed_point(T source)
    {
        this->store_integer(source);
    }
    bw_fixed_point(float source) { this->store_double(source); }
    bw_fixed_point(double source) { this->store_double(source); }
};

/// Conversions of an integer type: the fraction is dropped toward zero, high bits are lost. From a format without
/// integer bits every negative number becomes -1 (a carry into a bit that does not exist).
template <int W, bool S>
struct bw_integer : bw_number<W, W, S, AP_TRN, AP_WRAP, 0> {
    bw_integer() = default;
    template <int W2, int I2, bool S2, ap_q_mode Q2, ap_o_mode O2, int N2>
    bw_integer(const bw_number<W2, I2, S2, Q2, O2, N2>& source)
    {
        if (I2 <= 0 && W2 > I2)
            this->store_integer(bw_raw::negative(source.V) ? -1 : 0);
        else
            this->template store_code<W2, W2 - I2, AP_TRN_ZERO>(source.V);
    }
    template <class T, class = typename std::enable_if<std::is_integral<T>::value>::type>
    bw_integer(T source)
    {
        this->store_integer(source);
    }
};

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
struct ap_fixed : bw_fixed_point<W, I, true, Q, O, N> {
    using bw_fixed_point<W, I, true, Q, O, N>::bw_fixed_point;
    ap_fixed() = default;
};
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
struct ap_ufixed : bw_fixed_point<W, I, false, Q, O, N> {
    using bw_fixed_point<W, I, false, Q, O, N>::bw_fixed_point;
    ap_ufixed() = default;
};
template <int W>
struct ap_int : bw_integer<W, true> {
    using bw_integer<W, true>::bw_integer;
    ap_int() = default;
};
template <int W>
struct ap_uint : bw_integer<W, false> {
    using bw_integer<W, false>::bw_integer;
    ap_uint() = default;
};

template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
int bw_number<W, I, S, Q, O, N>::to_int() const
{
    return static_cast<int>(ap_int<32>(*this).V);
}

#endif
