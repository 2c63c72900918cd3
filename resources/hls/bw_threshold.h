// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Batch normalisation and a binary or ternary tanh merged into comparisons (hls4ml reference, section 2.6).
#ifndef BW_THRESHOLD_H
#define BW_THRESHOLD_H

#include "bw_elementwise.h"

namespace bw {

/// 1 from the threshold on, else 0.
template <class Output, class Input, class Threshold>
Output binary_threshold(const Input& x, const Threshold& threshold)
{
#pragma HLS INLINE
    return is_greater(threshold, x) ? Output(0) : Output(1);
}

/// +1 above @p high, -1 up to @p low, 0 between.
template <class Output, class Input, class Threshold>
Output ternary_threshold(const Input& x, const Threshold& low, const Threshold& high)
{
#pragma HLS INLINE
    if (is_greater(x, high)) return Output(1);
    return is_greater(x, low) ? Output(0) : Output(-1);
}

} // namespace bw

#endif
