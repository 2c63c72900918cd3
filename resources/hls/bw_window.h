// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Windows that slide over an image, channels last: what convolutions and pools read. Config: in_height, in_width, channels,
/// kernel_height, kernel_width, stride_height, stride_width, dilation_height, dilation_width, pad_top, pad_left,
/// out_height, out_width, results (per window).
#ifndef BW_WINDOW_H
#define BW_WINDOW_H

#include "bw_stream.h"

namespace bw {

/// The window of output pixel @p pixel: [kernel_height][kernel_width][channels], @p padding outside the image.
/// @return how many places lie on the image
template <class Config, class Input>
unsigned load_window(const Input x[Config::in_height * Config::in_width * Config::channels], unsigned pixel,
                     const Input& padding, Input window[Config::kernel_height * Config::kernel_width * Config::channels])
{
#pragma HLS INLINE
    unsigned inside = 0;
    for (unsigned ky = 0; ky < Config::kernel_height; ++ky) {
#pragma HLS UNROLL
        for (unsigned kx = 0; kx < Config::kernel_width; ++kx) {
#pragma HLS UNROLL
            const int y = int(pixel / Config::out_width * Config::stride_height + ky * Config::dilation_height) - int(Config::pad_top);
            const int column = int(pixel % Config::out_width * Config::stride_width + kx * Config::dilation_width) - int(Config::pad_left);
            const bool is_inside = y >= 0 && y < int(Config::in_height) && column >= 0 && column < int(Config::in_width);
            if (is_inside) ++inside;
            for (unsigned c = 0; c < Config::channels; ++c) {
#pragma HLS UNROLL
                window[(ky * Config::kernel_width + kx) * Config::channels + c] =
                    is_inside ? x[(y * int(Config::in_width) + column) * int(Config::channels) + int(c)] : padding;
            }
        }
    }
    return inside;
}

/// Calls kernel(window, places on the image, results) for every output pixel in turn.
template <class Config, class Input, class Output, class Kernel>
void slide(const Input x[Config::in_height * Config::in_width * Config::channels],
           Output y[Config::out_height * Config::out_width * Config::results], const Input& padding, const Kernel& kernel)
{
    for (unsigned pixel = 0; pixel < Config::out_height * Config::out_width; ++pixel) {
        Input window[Config::kernel_height * Config::kernel_width * Config::channels];
        Output result[Config::results];
#pragma HLS ARRAY_PARTITION variable=window complete
#pragma HLS ARRAY_PARTITION variable=result complete
        const unsigned inside = load_window<Config>(x, pixel, padding, window);
        kernel(window, inside, result);
        for (unsigned j = 0; j < Config::results; ++j) {
#pragma HLS UNROLL
            y[pixel * Config::results + j] = result[j];
        }
    }
}

/// The same on a stream: the last rows of the image wait in a buffer. Windows lie on the image; padding comes as pixels.
template <class Config, class Input, unsigned SizeIn, class Output, unsigned SizeOut, class Kernel>
void slide(hls::stream<pack<Input, SizeIn> >& in, hls::stream<pack<Output, SizeOut> >& out, const Kernel& kernel)
{
    static const unsigned reach_y = (Config::kernel_height - 1) * Config::dilation_height;
    static const unsigned reach_x = (Config::kernel_width - 1) * Config::dilation_width;
    Input rows[reach_y + 1][Config::in_width * Config::channels];
#pragma HLS ARRAY_PARTITION variable=rows complete dim=1
    for (unsigned y = 0; y < Config::in_height; ++y) {
        for (unsigned x = 0; x < Config::in_width; ++x) {
            Input pixel[Config::channels];
#pragma HLS ARRAY_PARTITION variable=pixel complete
            read_vector<Config::channels>(in, pixel);
            for (unsigned c = 0; c < Config::channels; ++c) {
#pragma HLS UNROLL
                rows[y % (reach_y + 1)][x * Config::channels + c] = pixel[c];
            }
            if (y < reach_y || x < reach_x) continue;
            const unsigned top = y - reach_y;
            const unsigned left = x - reach_x;
            const bool is_output = top % Config::stride_height == 0 && left % Config::stride_width == 0 &&
                                   top / Config::stride_height < Config::out_height &&
                                   left / Config::stride_width < Config::out_width;
            if (!is_output) continue;
            Input window[Config::kernel_height * Config::kernel_width * Config::channels];
            Output result[Config::results];
#pragma HLS ARRAY_PARTITION variable=window complete
#pragma HLS ARRAY_PARTITION variable=result complete
            for (unsigned ky = 0; ky < Config::kernel_height; ++ky) {
#pragma HLS UNROLL
                for (unsigned kx = 0; kx < Config::kernel_width; ++kx) {
#pragma HLS UNROLL
                    for (unsigned c = 0; c < Config::channels; ++c) {
#pragma HLS UNROLL
                        window[(ky * Config::kernel_width + kx) * Config::channels + c] =
                            rows[(top + ky * Config::dilation_height) % (reach_y + 1)]
                                [(left + kx * Config::dilation_width) * Config::channels + c];
                    }
                }
            }
            kernel(window, Config::kernel_height * Config::kernel_width, result);
            write_vector<Config::results>(result, out);
        }
    }
}

} // namespace bw

#endif
