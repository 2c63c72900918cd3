// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Pure data movement from one or several values into one; each element is stored in the result's format.
/// One part per input: n_in (elements of the input), n (elements taken), from(j), to(j): element from(j) of the
/// input becomes element to(j) of the result.
#ifndef BW_REORDER_H
#define BW_REORDER_H

#include "bw_stream.h"

namespace bw {

template <class Part, class Input, class Output>
void place(const Input x[], Output y[])
{
#pragma HLS INLINE
    for (unsigned j = 0; j < Part::n; ++j) {
#pragma HLS UNROLL
        y[Part::to(j)] = Output(x[Part::from(j)]);
    }
}

template <class Part, class Input, unsigned Size, class Output>
void place(hls::stream<pack<Input, Size> >& in, Output y[])
{
#pragma HLS INLINE
    Input x[Part::n_in];
#pragma HLS ARRAY_PARTITION variable=x complete
    read_vector<Part::n_in>(in, x);
    place<Part>(x, y);
}

} // namespace bw

#endif
