// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// y = x W + b: every product is stored in the accumulator's format before it is added (hls4ml reference,
/// section 2.1). Config: n_in, n_out, rows, reuse_factor, accumulator_t, weight_t, bias_t, product, result.
#ifndef BW_DENSE_H
#define BW_DENSE_H

#include "bw_product.h"
#include "bw_stream.h"

namespace bw {

struct result_of_sum {
    template <class Config, class Output>
    static Output of(const typename Config::accumulator_t& sum)
    {
#pragma HLS INLINE
        return Output(sum);
    }
};
struct result_of_agreements {
    template <class Config, class Output>
    static Output of(const typename Config::accumulator_t& count)
    {
#pragma HLS INLINE
        const ap_int<Config::result_width> sum = count * ap_int<32>(2) - ap_uint<32>(Config::n_in);
        return Output(sum);
    }
};

// ---- one vector ----------------------------------------------------------------------------------------------

/// All multipliers side by side, shared reuse_factor times. Weights [n_in][n_out].
template <class Config, class Input, class Output, class WeightCode, class BiasCode>
void dense_latency(const Input x[Config::n_in], Output y[Config::n_out],
                   const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
{
#pragma HLS PIPELINE II=Config::reuse_factor
    typedef typename Config::accumulator_t accumulator_t;
    accumulator_t sum[Config::n_out];
#pragma HLS ARRAY_PARTITION variable=sum complete
    for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
        sum[j] = accumulator_t(constant<typename Config::bias_t>(biases, j));
    }
    for (unsigned i = 0; i < Config::n_in; ++i) {
#pragma HLS UNROLL
        for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
            const typename Config::weight_t w =
                constant<typename Config::weight_t>(weights, i * Config::n_out + j);
            sum[j] = accumulator_t(sum[j] + accumulator_t(Config::product::of(x[i], w)));
        }
    }
    for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
        y[j] = Config::result::template of<Config, Output>(sum[j]);
    }
}

/// n_in * n_out / reuse_factor multipliers, each with a memory of reuse_factor weights. Weights [n_out][n_in];
/// multiplier m takes the weights from m * reuse_factor on, in turn.
template <class Config, class Input, class Output, class WeightCode, class BiasCode>
void dense_resource(const Input x[Config::n_in], Output y[Config::n_out],
                    const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
{
    typedef typename Config::accumulator_t accumulator_t;
    static const unsigned multipliers = Config::n_in * Config::n_out / Config::reuse_factor;
#pragma HLS ARRAY_RESHAPE variable=weights block factor=multipliers
    accumulator_t sum[Config::n_out];
#pragma HLS ARRAY_PARTITION variable=sum complete
    for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
        sum[j] = accumulator_t(constant<typename Config::bias_t>(biases, j));
    }
    for (unsigned step = 0; step < Config::reuse_factor; ++step) {
#pragma HLS PIPELINE II=1 rewind
        for (unsigned m = 0; m < multipliers; ++m) {
#pragma HLS UNROLL
            const unsigned place = m * Config::reuse_factor + step;
            const unsigned i = place % Config::n_in;
            const unsigned j = place / Config::n_in;
            const typename Config::weight_t w = constant<typename Config::weight_t>(weights, place);
            sum[j] = accumulator_t(sum[j] + accumulator_t(Config::product::of(x[i], w)));
        }
    }
    for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
        y[j] = Config::result::template of<Config, Output>(sum[j]);
    }
}

/// The same order with the weights wired in: zeros and powers of two cost no multiplier. Weights [n_in][n_out].
template <class Config, class Input, class Output, class WeightCode, class BiasCode>
void dense_resource_unrolled(const Input x[Config::n_in], Output y[Config::n_out],
                             const WeightCode weights[Config::n_in * Config::n_out],
                             const BiasCode biases[Config::n_out])
{
#pragma HLS PIPELINE II=Config::reuse_factor
    typedef typename Config::accumulator_t accumulator_t;
    accumulator_t sum[Config::n_out];
#pragma HLS ARRAY_PARTITION variable=sum complete
    for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
        sum[j] = accumulator_t(constant<typename Config::bias_t>(biases, j));
    }
    for (unsigned step = 0; step < Config::reuse_factor && step < Config::n_in; ++step) {
#pragma HLS UNROLL
        for (unsigned i = step; i < Config::n_in; i += Config::reuse_factor) {
#pragma HLS UNROLL
            for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
                const typename Config::weight_t w =
                    constant<typename Config::weight_t>(weights, i * Config::n_out + j);
                sum[j] = accumulator_t(sum[j] + accumulator_t(Config::product::of(x[i], w)));
            }
        }
    }
    for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
        y[j] = Config::result::template of<Config, Output>(sum[j]);
    }
}

// ---- all rows ------------------------------------------------------------------------------------------------

struct latency {
    template <class Config, class Input, class Output, class WeightCode, class BiasCode>
    static void run(const Input x[Config::n_in], Output y[Config::n_out],
                    const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
    {
#pragma HLS INLINE
        dense_latency<Config>(x, y, weights, biases);
    }
};
struct resource {
    template <class Config, class Input, class Output, class WeightCode, class BiasCode>
    static void run(const Input x[Config::n_in], Output y[Config::n_out],
                    const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
    {
#pragma HLS INLINE
        dense_resource<Config>(x, y, weights, biases);
    }
};
struct resource_unrolled {
    template <class Config, class Input, class Output, class WeightCode, class BiasCode>
    static void run(const Input x[Config::n_in], Output y[Config::n_out],
                    const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
    {
#pragma HLS INLINE
        dense_resource_unrolled<Config>(x, y, weights, biases);
    }
};

template <class Config, class Input, class Output, class WeightCode, class BiasCode>
void dense(const Input x[Config::rows * Config::n_in], Output y[Config::rows * Config::n_out],
           const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
{
#pragma HLS INLINE
    if (Config::rows == 1) {
        Config::strategy::template run<Config>(x, y, weights, biases);
        return;
    }
    for (unsigned row = 0; row < Config::rows; ++row) {
        Input row_x[Config::n_in];
        Output row_y[Config::n_out];
#pragma HLS ARRAY_PARTITION variable=row_x complete
#pragma HLS ARRAY_PARTITION variable=row_y complete
        for (unsigned i = 0; i < Config::n_in; ++i) {
#pragma HLS UNROLL
            row_x[i] = x[row * Config::n_in + i];
        }
        Config::strategy::template run<Config>(row_x, row_y, weights, biases);
        for (unsigned j = 0; j < Config::n_out; ++j) {
#pragma HLS UNROLL
            y[row * Config::n_out + j] = row_y[j];
        }
    }
}

template <class Config, class Input, unsigned SizeIn, class Output, unsigned SizeOut, class WeightCode,
          class BiasCode>
void dense(hls::stream<pack<Input, SizeIn> >& in, hls::stream<pack<Output, SizeOut> >& out,
           const WeightCode weights[Config::n_in * Config::n_out], const BiasCode biases[Config::n_out])
{
    if (Config::n_in % SizeIn == 0 && Config::n_out % SizeOut == 0) {
        Input x[Config::n_in];
        Output y[Config::n_out];
#pragma HLS ARRAY_PARTITION variable=x complete
#pragma HLS ARRAY_PARTITION variable=y complete
        for (unsigned row = 0; row < Config::rows; ++row) {
            read_vector<Config::n_in>(in, x);
            Config::strategy::template run<Config>(x, y, weights, biases);
            write_vector<Config::n_out>(y, out);
        }
        return;
    }
    // An entry holds parts of several rows.
    Input x[Config::rows * Config::n_in];
    Output y[Config::rows * Config::n_out];
#pragma HLS ARRAY_PARTITION variable=x complete
#pragma HLS ARRAY_PARTITION variable=y complete
    read_vector<Config::rows * Config::n_in>(in, x);
    dense<Config>(x, y, weights, biases);
    write_vector<Config::rows * Config::n_out>(y, out);
}

} // namespace bw

#endif
