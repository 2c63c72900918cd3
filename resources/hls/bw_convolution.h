// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Convolutions: the product of a dense layer for every window, group by group (hls4ml reference, sections 2.2 and 2.3).
/// Config: that of bw_window.h and groups; its struct `dense` is the Config of bw_dense.h for one group.
#ifndef BW_CONVOLUTION_H
#define BW_CONVOLUTION_H

#include "bw_dense.h"
#include "bw_window.h"

namespace bw {

/// Weights group by group, each as the strategy wants them; biases in the order of the filters.
template <class Config, class WeightCode, class BiasCode>
struct convolution_kernel {
    const WeightCode* weights;
    const BiasCode* biases;

    template <class Input, class Output>
    void operator()(const Input window[Config::kernel_height * Config::kernel_width * Config::channels], unsigned,
                    Output result[Config::results]) const
    {
#pragma HLS INLINE
        typedef typename Config::dense product;
        static const unsigned width = Config::channels / Config::groups;
        for (unsigned g = 0; g < Config::groups; ++g) {
#pragma HLS UNROLL
            Input x[product::n_in];
            Output y[product::n_out];
#pragma HLS ARRAY_PARTITION variable=x complete
#pragma HLS ARRAY_PARTITION variable=y complete
            for (unsigned i = 0; i < product::n_in; ++i) {
#pragma HLS UNROLL
                x[i] = window[i / width * Config::channels + g * width + i % width];
            }
            product::strategy::template run<product>(x, y, weights + g * product::n_in * product::n_out,
                                                     biases + g * product::n_out);
            for (unsigned j = 0; j < product::n_out; ++j) {
#pragma HLS UNROLL
                result[g * product::n_out + j] = y[j];
            }
        }
    }
};

template <class Config, class Input, class Output, class WeightCode, class BiasCode>
void convolution(const Input x[Config::in_height * Config::in_width * Config::channels],
                 Output y[Config::out_height * Config::out_width * Config::results], const WeightCode weights[],
                 const BiasCode biases[])
{
    const convolution_kernel<Config, WeightCode, BiasCode> kernel = {weights, biases};
    slide<Config>(x, y, Input(0), kernel);
}

template <class Config, class Input, unsigned SizeIn, class Output, unsigned SizeOut, class WeightCode, class BiasCode>
void convolution(hls::stream<pack<Input, SizeIn> >& in, hls::stream<pack<Output, SizeOut> >& out,
                 const WeightCode weights[], const BiasCode biases[])
{
    const convolution_kernel<Config, WeightCode, BiasCode> kernel = {weights, biases};
    slide<Config, Input, SizeIn, Output, SizeOut>(in, out, kernel);
}

} // namespace bw

#endif
