// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// y = x * scale + bias with a single quantisation at the end (hls4ml reference, section 2.5).
#ifndef BW_SCALE_SHIFT_H
#define BW_SCALE_SHIFT_H

#include "bw_elementwise.h"
#include "bw_product.h"

namespace bw {

template <class Output, class Product, class Input, class Scale, class Bias>
Output scale_shift(const Input& x, const Scale& scale, const Bias& bias)
{
#pragma HLS INLINE
    return Output(Product::of(x, scale) + bias);
}

} // namespace bw

#endif
