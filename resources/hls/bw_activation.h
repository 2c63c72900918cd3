// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Piecewise linear functions of one element (hls4ml reference, section 2.6).
#ifndef BW_ACTIVATION_H
#define BW_ACTIVATION_H

#include "bw_elementwise.h"

namespace bw {

template <class Output, class Input>
Output linear(const Input& x)
{
#pragma HLS INLINE
    return Output(x);
}

template <class Output, class Input>
Output relu(const Input& x)
{
#pragma HLS INLINE
    return is_positive(x) ? Output(x) : Output(0);
}

/// Clipped at the whole number Limit.
template <class Output, int Limit, class Input>
Output relu_clipped(const Input& x)
{
#pragma HLS INLINE
    if (is_above(x, Limit)) return Output(Limit);
    return relu<Output>(x);
}

/// Also PReLU, with one alpha per element.
template <class Output, class Input, class Alpha>
Output leaky_relu(const Input& x, const Alpha& alpha)
{
#pragma HLS INLINE
    return is_positive(x) ? Output(x) : Output(alpha * x);
}

template <class Output, class Input, class Theta>
Output thresholded_relu(const Input& x, const Theta& theta)
{
#pragma HLS INLINE
    return is_greater(x, theta) ? Output(x) : Output(0);
}

/// -1 or +1.
template <class Output, class Input>
Output binary_tanh(const Input& x)
{
#pragma HLS INLINE
    return x >= Input(0) ? Output(1) : Output(-1);
}
/// The same in one bit: 0 or 1.
template <class Output, class Input>
Output binary_step(const Input& x)
{
#pragma HLS INLINE
    return x >= Input(0) ? Output(1) : Output(0);
}

/// -1 up to and including -1, +1 above +1, 0 between.
template <class Output, class Input>
Output ternary_tanh(const Input& x)
{
#pragma HLS INLINE
    if (is_above(x, 1)) return Output(1);
    if (is_above(x, -1)) return Output(0);
    return Output(-1);
}
/// The same of 2x, stored in x's own type first, as parallel designs do.
template <class Output, class Input>
Output ternary_tanh_of_double(const Input& x)
{
#pragma HLS INLINE
    return ternary_tanh<Output>(Input(x * ap_int<32>(2)));
}

/// slope * x + shift in full, with its type.
template <class Input, class Slope, class Shift>
struct line {
    static const int product_integer = traits<Input>::integer_bits + traits<Slope>::integer_bits;
    static const int product_fraction = traits<Input>::width + traits<Slope>::width - product_integer;
    static const int shift_fraction = traits<Shift>::width - traits<Shift>::integer_bits;
    static const int integer_bits = larger<product_integer, traits<Shift>::integer_bits>::value + 2;
    typedef ap_fixed<integer_bits + larger<product_fraction, shift_fraction>::value, integer_bits> type;
};

/// slope * x + shift, clamped to [0, 1].
template <class Output, class Input, class Slope, class Shift>
Output hard_sigmoid(const Input& x, const Slope& slope, const Shift& shift)
{
#pragma HLS INLINE
    typedef typename line<Input, Slope, Shift>::type line_t;
    const line_t y = slope * x + shift;
    if (is_above(y, 1)) return Output(1);
    return is_positive(y) ? Output(y) : Output(0);
}
/// 2 * (slope * x + shift, clamped to [0, 1]) - 1.
template <class Output, class Input, class Slope, class Shift>
Output hard_tanh(const Input& x, const Slope& slope, const Shift& shift)
{
#pragma HLS INLINE
    typedef typename line<Input, Slope, Shift>::type line_t;
    const line_t y = slope * x + shift;
    if (is_above(y, 1)) return Output(1);
    return is_positive(y) ? Output(y * ap_int<32>(2) - ap_int<32>(1)) : Output(-1);
}

} // namespace bw

#endif
