// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Applies a function to every element. Config: n (all elements), reuse_factor, and
/// `template <class Output, class Input> static Output apply(const Input& x, unsigned i)`.
#ifndef BW_ELEMENTWISE_H
#define BW_ELEMENTWISE_H

#include "bw_stream.h"

namespace bw {

template <class Config, class Input, class Output>
void elementwise(const Input x[Config::n], Output y[Config::n])
{
#pragma HLS PIPELINE II=Config::reuse_factor
    for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
        y[i] = Config::template apply<Output>(x[i], i);
    }
}

template <class Config, class Input, class Output, unsigned Size>
void elementwise(hls::stream<pack<Input, Size> >& in, hls::stream<pack<Output, Size> >& out)
{
    for (unsigned beat = 0; beat < Config::n / Size; ++beat) {
#pragma HLS PIPELINE II=Config::reuse_factor
        const pack<Input, Size> x = in.read();
        pack<Output, Size> y;
        for (unsigned k = 0; k < Size; ++k) {
#pragma HLS UNROLL
            y.data[k] = Config::template apply<Output>(x.data[k], beat * Size + k);
        }
        out.write(y);
    }
}

/// Packs of different sizes: everything is collected first.
template <class Config, class Input, unsigned SizeIn, class Output, unsigned SizeOut>
void elementwise(hls::stream<pack<Input, SizeIn> >& in, hls::stream<pack<Output, SizeOut> >& out)
{
    Input x[Config::n];
    Output y[Config::n];
#pragma HLS ARRAY_PARTITION variable=x complete
#pragma HLS ARRAY_PARTITION variable=y complete
    read_vector<Config::n>(in, x);
    elementwise<Config>(x, y);
    write_vector<Config::n>(y, out);
}

} // namespace bw

#endif
