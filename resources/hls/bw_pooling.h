// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Maximum and average of windows, channel by channel (hls4ml reference, section 2.4). Config: that of bw_window.h,
/// accumulator_t, operation, has_high_padding (the code with only the highest bit set, else 0).
#ifndef BW_POOLING_H
#define BW_POOLING_H

#include "bw_window.h"

namespace bw {

/// Compared as they are, then stored.
struct pool_maximum {
    template <class Config, class Output, class Input>
    static Output of(const Input x[], unsigned)
    {
#pragma HLS INLINE
        Input highest = x[0];
        for (unsigned i = 1; i < Config::kernel_height * Config::kernel_width; ++i) {
#pragma HLS UNROLL
            if (x[i] > highest) highest = x[i];
        }
        return Output(typename Config::accumulator_t(highest));
    }
};
/// Stored in the accumulator's format, then compared.
struct pool_stored_maximum {
    template <class Config, class Output, class Input>
    static Output of(const Input x[], unsigned)
    {
#pragma HLS INLINE
        typedef typename Config::accumulator_t accumulator_t;
        accumulator_t highest = accumulator_t(x[0]);
        for (unsigned i = 1; i < Config::kernel_height * Config::kernel_width; ++i) {
#pragma HLS UNROLL
            const accumulator_t next = accumulator_t(x[i]);
            if (next > highest) highest = next;
        }
        return Output(highest);
    }
};

/// total / count, toward zero, at the accumulator's fraction bits.
template <class Accumulator>
Accumulator mean_of(const Accumulator& total, unsigned count)
{
#pragma HLS INLINE
    typedef ap_fixed<traits<Accumulator>::width + 2, traits<Accumulator>::integer_bits + 2> numerator_t;
    return Accumulator(numerator_t(total) / ap_int<32>(int(count)));
}

/// Added one after the other.
struct pool_average {
    template <class Config, class Output, class Input>
    static Output of(const Input x[], unsigned inside)
    {
#pragma HLS INLINE
        typedef typename Config::accumulator_t accumulator_t;
        accumulator_t total = accumulator_t(0);
        for (unsigned i = 0; i < Config::kernel_height * Config::kernel_width; ++i) {
#pragma HLS UNROLL
            total = accumulator_t(total + x[i]);
        }
        return Output(mean_of(total, inside));
    }
};
/// Stored in the accumulator's format, then added one after the other.
struct pool_stored_average {
    template <class Config, class Output, class Input>
    static Output of(const Input x[], unsigned inside)
    {
#pragma HLS INLINE
        typedef typename Config::accumulator_t accumulator_t;
        accumulator_t total = accumulator_t(0);
        for (unsigned i = 0; i < Config::kernel_height * Config::kernel_width; ++i) {
#pragma HLS UNROLL
            total = accumulator_t(total + accumulator_t(x[i]));
        }
        return Output(mean_of(total, inside));
    }
};

constexpr unsigned half_of_tree(unsigned count, unsigned left)
{
    return 2 * left < count ? half_of_tree(count, 2 * left) : left;
}
/// The sum of Count terms: a power of two of them on the left, the rest on the right.
template <class T, unsigned Count>
struct sum_tree {
    static const unsigned left = half_of_tree(Count, 1);
    static T of(const T x[])
    {
#pragma HLS INLINE
        return T(sum_tree<T, left>::of(x) + sum_tree<T, Count - left>::of(x + left));
    }
};
template <class T>
struct sum_tree<T, 1> {
    static T of(const T x[]) { return x[0]; }
};
/// Stored in the accumulator's format, then added in a tree.
struct pool_tree_average {
    template <class Config, class Output, class Input>
    static Output of(const Input x[], unsigned inside)
    {
#pragma HLS INLINE
        typedef typename Config::accumulator_t accumulator_t;
        static const unsigned count = Config::kernel_height * Config::kernel_width;
        accumulator_t terms[count];
#pragma HLS ARRAY_PARTITION variable=terms complete
        for (unsigned i = 0; i < count; ++i) {
#pragma HLS UNROLL
            terms[i] = accumulator_t(x[i]);
        }
        return Output(mean_of(sum_tree<accumulator_t, count>::of(terms), inside));
    }
};

template <class Config>
struct pooling_kernel {
    template <class Input, class Output>
    void operator()(const Input window[Config::kernel_height * Config::kernel_width * Config::channels], unsigned inside,
                    Output result[Config::results]) const
    {
#pragma HLS INLINE
        for (unsigned c = 0; c < Config::channels; ++c) {
#pragma HLS UNROLL
            Input x[Config::kernel_height * Config::kernel_width];
#pragma HLS ARRAY_PARTITION variable=x complete
            for (unsigned i = 0; i < Config::kernel_height * Config::kernel_width; ++i) {
#pragma HLS UNROLL
                x[i] = window[i * Config::channels + c];
            }
            result[c] = Config::operation::template of<Config, Output>(x, inside);
        }
    }
};

template <class Config, class Input, class Output>
void pooling(const Input x[Config::in_height * Config::in_width * Config::channels],
             Output y[Config::out_height * Config::out_width * Config::results])
{
    const Input padding = from_code<Input>(Config::has_high_padding ? 1ULL << (traits<Input>::width - 1) : 0ULL);
    slide<Config>(x, y, padding, pooling_kernel<Config>());
}

template <class Config, class Input, unsigned SizeIn, class Output, unsigned SizeOut>
void pooling(hls::stream<pack<Input, SizeIn> >& in, hls::stream<pack<Output, SizeOut> >& out)
{
    if (Config::channels % SizeIn == 0 && Config::results % SizeOut == 0 && Config::pad_top == 0 && Config::pad_left == 0) {
        slide<Config, Input, SizeIn, Output, SizeOut>(in, out, pooling_kernel<Config>());
        return;
    }
    // An entry holds parts of several pixels.
    Input x[Config::in_height * Config::in_width * Config::channels];
    Output y[Config::out_height * Config::out_width * Config::results];
    read_vector<Config::in_height * Config::in_width * Config::channels>(in, x);
    pooling<Config>(x, y);
    write_vector<Config::out_height * Config::out_width * Config::results>(y, out);
}

} // namespace bw

#endif
