// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Softmax in hls4ml's implementations (hls4ml reference, section 2.12). Config: n, outer, inner, reuse_factor,
/// implementation, accumulator_t, exp_t, inverse_t, inverse_input_t, normalised_t, exp_size, inverse_size,
/// exp_entry(k), inverse_entry(k); table_t for the legacy one.
#ifndef BW_SOFTMAX_H
#define BW_SOFTMAX_H

#include "bw_table.h"

namespace bw {

template <unsigned N>
struct address_bits {
    static const int value = N <= 1 ? 0 : 1 + address_bits<(N + 1) / 2>::value;
};
template <>
struct address_bits<1> {
    static const int value = 0;
};
template <>
struct address_bits<0> {
    static const int value = 0;
};

/// The topmost bits of @p x as a table address.
template <unsigned Size, class T>
unsigned top_bits(T x)
{
#pragma HLS INLINE
    if (Size <= 1) return 0;
    static const int width = traits<T>::width;
    // A number with fewer bits than an address has zeros below.
    static const int missing = larger<0, address_bits<Size>::value - width>::value;
    static const int lowest = larger<0, width - address_bits<Size>::value>::value;
    const unsigned address = x.range(width - 1, lowest).to_uint() << missing;
    return address < Size ? address : Size - 1;
}

/// Sum in a balanced tree, every addition stored in T: the largest power of two below N on the left.
template <class T, unsigned N>
struct tree_sum {
    static const unsigned left = 1u << (address_bits<N>::value - 1);
    static T of(const T x[])
    {
#pragma HLS INLINE
        return T(tree_sum<T, left>::of(x) + tree_sum<T, N - left>::of(x + left));
    }
};
template <class T>
struct tree_sum<T, 1> {
    static T of(const T x[])
    {
#pragma HLS INLINE
        return x[0];
    }
};

/// From the table entries of the exponentials to the result.
template <class Config, class Output>
void softmax_normalise(const typename Config::accumulator_t e[], Output y[])
{
#pragma HLS INLINE
    typedef typename Config::accumulator_t accumulator_t;
    const typename Config::inverse_input_t sum = tree_sum<accumulator_t, Config::n>::of(e);
    const typename Config::inverse_t inverse = Config::inverse_entry(top_bits<Config::inverse_size>(sum));
    for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
        y[i] = Output(e[i] * inverse);
    }
}

/// Normalised by the maximum first; the difference wraps in normalised_t.
struct softmax_stable {
    template <class Config, class Input, class Output>
    static void run(const Input x[Config::n], Output y[Config::n])
    {
#pragma HLS PIPELINE II=Config::reuse_factor
        Input maximum = x[0];
        for (unsigned i = 1; i < Config::n; ++i) {
#pragma HLS UNROLL
            if (x[i] > maximum) maximum = x[i];
        }
        typename Config::accumulator_t e[Config::n];
#pragma HLS ARRAY_PARTITION variable=e complete
        for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
            const typename Config::normalised_t difference = maximum - x[i];
            e[i] = Config::exp_entry(top_bits<Config::exp_size>(difference));
        }
        softmax_normalise<Config>(e, y);
    }
};

/// The input itself addresses the table.
struct softmax_latency {
    template <class Config, class Input, class Output>
    static void run(const Input x[Config::n], Output y[Config::n])
    {
#pragma HLS PIPELINE II=Config::reuse_factor
        typename Config::accumulator_t e[Config::n];
#pragma HLS ARRAY_PARTITION variable=e complete
        for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
            e[i] = Config::exp_entry(top_bits<Config::exp_size>(x[i]));
        }
        softmax_normalise<Config>(e, y);
    }
};

/// 1 at the first maximum, 0 elsewhere.
struct softmax_argmax {
    template <class Config, class Input, class Output>
    static void run(const Input x[Config::n], Output y[Config::n])
    {
#pragma HLS PIPELINE II=Config::reuse_factor
        Input maximum = x[0];
        unsigned first = 0;
        for (unsigned i = 1; i < Config::n; ++i) {
#pragma HLS UNROLL
            if (x[i] > maximum) {
                maximum = x[i];
                first = i;
            }
        }
        for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
            y[i] = i == first ? Output(1) : Output(0);
        }
    }
};

/// 1 / sum of exp(x_j - x_i), two tables, everything in table_t.
struct softmax_legacy {
    template <class Config, class Input, class Output>
    static void run(const Input x[Config::n], Output y[Config::n])
    {
#pragma HLS PIPELINE II=Config::reuse_factor
        typedef typename Config::table_t table_t;
        typedef ap_fixed<traits<Input>::width + 1, traits<Input>::integer_bits + 1> difference_t;
        for (unsigned i = 0; i < Config::n; ++i) {
#pragma HLS UNROLL
            table_t sum = 0;
            for (unsigned j = 0; j < Config::n; ++j) {
#pragma HLS UNROLL
                table_t term = 1;
                if (i != j) {
                    const difference_t difference = x[j] - x[i];
                    const int position = table_position<Config::exp_size, 4>(difference);
                    term = Config::exp_entry(
                        table_address<Config::exp_size>(wrapped_sum(position, Config::exp_size / 2)));
                }
                sum = table_t(sum + term);
            }
            const int position = table_position<Config::inverse_size, 6>(sum);
            y[i] = Output(Config::inverse_entry(table_address<Config::inverse_size>(position)));
        }
    }
};

template <class Config, class Input, class Output>
void softmax(const Input x[Config::outer * Config::n * Config::inner],
             Output y[Config::outer * Config::n * Config::inner])
{
#pragma HLS INLINE
    for (unsigned outer = 0; outer < Config::outer; ++outer) {
#pragma HLS UNROLL
        for (unsigned inner = 0; inner < Config::inner; ++inner) {
#pragma HLS UNROLL
            Input line_x[Config::n];
            Output line_y[Config::n];
#pragma HLS ARRAY_PARTITION variable=line_x complete
#pragma HLS ARRAY_PARTITION variable=line_y complete
            for (unsigned k = 0; k < Config::n; ++k) {
#pragma HLS UNROLL
                line_x[k] = x[(outer * Config::n + k) * Config::inner + inner];
            }
            Config::implementation::template run<Config>(line_x, line_y);
            for (unsigned k = 0; k < Config::n; ++k) {
#pragma HLS UNROLL
                y[(outer * Config::n + k) * Config::inner + inner] = line_y[k];
            }
        }
    }
}

template <class Config, class Input, unsigned SizeIn, class Output, unsigned SizeOut>
void softmax(hls::stream<pack<Input, SizeIn> >& in, hls::stream<pack<Output, SizeOut> >& out)
{
    if (Config::inner == 1 && Config::n % SizeIn == 0 && Config::n % SizeOut == 0) {
        Input x[Config::n];
        Output y[Config::n];
#pragma HLS ARRAY_PARTITION variable=x complete
#pragma HLS ARRAY_PARTITION variable=y complete
        for (unsigned outer = 0; outer < Config::outer; ++outer) {
            read_vector<Config::n>(in, x);
            Config::implementation::template run<Config>(x, y);
            write_vector<Config::n>(y, out);
        }
        return;
    }
    // The normalised axis is not the innermost one, or an entry holds parts of several slices.
    static const unsigned all = Config::outer * Config::n * Config::inner;
    Input x[all];
    Output y[all];
#pragma HLS ARRAY_PARTITION variable=x complete
#pragma HLS ARRAY_PARTITION variable=y complete
    read_vector<all>(in, x);
    softmax<Config>(x, y);
    write_vector<all>(y, out);
}

} // namespace bw

#endif
