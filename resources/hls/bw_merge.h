// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Element by element combination of two values (hls4ml reference, section 2.9). Config: n, n_a, n_b, reuse_factor,
/// operation, index_a(i), index_b(i).
#ifndef BW_MERGE_H
#define BW_MERGE_H

#include "bw_stream.h"

namespace bw {

struct merge_add {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        return Output(a + b);
    }
};
struct merge_subtract {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        return Output(a - b);
    }
};
struct merge_multiply {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        return Output(a * b);
    }
};
/// Truncated toward zero; 0 where b is 0. One bit more on the left keeps the smallest number divided by -1.
struct merge_divide {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        typedef ap_fixed<traits<A>::width + 2, traits<A>::integer_bits + 2> numerator_t;
        return b == B(0) ? Output(0) : Output(numerator_t(a) / b);
    }
};
/// Half of the exact sum.
struct merge_average {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        return Output((a + b) * from_code<ap_ufixed<1, 0> >(1));
    }
};
struct merge_maximum {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        return is_greater(a, b) ? Output(a) : Output(b);
    }
};
struct merge_minimum {
    template <class Output, class A, class B>
    static Output of(const A& a, const B& b)
    {
#pragma HLS INLINE
        return is_greater(b, a) ? Output(a) : Output(b);
    }
};

template <class Config, class A, class B, class Output>
void merge(const A a[Config::n_a], const B b[Config::n_b], Output y[Config::n])
{
#pragma HLS PIPELINE II=Config::reuse_factor
    for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
        y[i] = Config::operation::template of<Output>(a[Config::index_a(i)], b[Config::index_b(i)]);
    }
}

/// Equal sizes: entry by entry.
template <class Config, class A, class B, class Output, unsigned Size>
void merge(hls::stream<pack<A, Size> >& in_a, hls::stream<pack<B, Size> >& in_b,
           hls::stream<pack<Output, Size> >& out)
{
    for (unsigned beat = 0; beat < Config::n / Size; ++beat) {
#pragma HLS PIPELINE II=Config::reuse_factor
        const pack<A, Size> a = in_a.read();
        const pack<B, Size> b = in_b.read();
        pack<Output, Size> y;
        for (unsigned k = 0; k < Size; ++k) {
#pragma HLS UNROLL
            y.data[k] = Config::operation::template of<Output>(a.data[k], b.data[k]);
        }
        out.write(y);
    }
}

/// Broadcast: both operands are collected first.
template <class Config, class A, unsigned SizeA, class B, unsigned SizeB, class Output, unsigned SizeOut>
void merge_collected(hls::stream<pack<A, SizeA> >& in_a, hls::stream<pack<B, SizeB> >& in_b,
                     hls::stream<pack<Output, SizeOut> >& out)
{
    A a[Config::n_a];
    B b[Config::n_b];
    Output y[Config::n];
#pragma HLS ARRAY_PARTITION variable=a complete
#pragma HLS ARRAY_PARTITION variable=b complete
#pragma HLS ARRAY_PARTITION variable=y complete
    read_vector<Config::n_a>(in_a, a);
    read_vector<Config::n_b>(in_b, b);
    merge<Config>(a, b, y);
    write_vector<Config::n>(y, out);
}

/// Packs of different sizes.
template <class Config, class A, unsigned SizeA, class B, unsigned SizeB, class Output, unsigned SizeOut>
void merge(hls::stream<pack<A, SizeA> >& in_a, hls::stream<pack<B, SizeB> >& in_b,
           hls::stream<pack<Output, SizeOut> >& out)
{
#pragma HLS INLINE
    merge_collected<Config>(in_a, in_b, out);
}

} // namespace bw

#endif
