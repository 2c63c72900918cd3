// SPDX-License-Identifier: GPL-3.0-or-later
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
    if (is_greater(x, ap_int<5>(Limit))) return Output(Limit);
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
    if (is_greater(x, ap_int<2>(1))) return Output(1);
    if (is_greater(x, ap_int<2>(-1))) return Output(0);
    return Output(-1);
}
/// The same of 2x, stored in x's own type first, as parallel designs do.
template <class Output, class Input>
Output ternary_tanh_of_double(const Input& x)
{
#pragma HLS INLINE
    return ternary_tanh<Output>(Input(x * ap_int<3>(2)));
}

/// slope * x + shift, clamped to [0, 1].
template <class Output, class Input, class Slope, class Shift>
Output hard_sigmoid(const Input& x, const Slope& slope, const Shift& shift)
{
#pragma HLS INLINE
    if (is_greater(slope * x + shift, ap_int<2>(1))) return Output(1);
    if (is_greater(ap_int<2>(0), slope * x + shift)) return Output(0);
    return Output(slope * x + shift);
}
/// 2 * (slope * x + shift, clamped to [0, 1]) - 1.
template <class Output, class Input, class Slope, class Shift>
Output hard_tanh(const Input& x, const Slope& slope, const Shift& shift)
{
#pragma HLS INLINE
    if (is_greater(slope * x + shift, ap_int<2>(1))) return Output(1);
    if (is_greater(ap_int<2>(0), slope * x + shift)) return Output(-1);
    return Output((slope * x + shift) * ap_int<3>(2) - ap_int<2>(1));
}

} // namespace bw

#endif
