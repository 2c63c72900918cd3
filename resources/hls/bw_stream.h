// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Moving values through FIFOs: packs of elements, whole vectors, copies.
#ifndef BW_STREAM_H
#define BW_STREAM_H

#include "bw_common.h"

namespace bw {

/// One FIFO entry: Size neighbouring elements.
template <class T, unsigned Size>
struct pack {
    T data[Size];
};

/// Reads N elements, Size at a time.
template <unsigned N, class T, unsigned Size>
void read_vector(hls::stream<pack<T, Size> >& in, T x[N])
{
    for (unsigned beat = 0; beat < N / Size; ++beat) {
#pragma HLS PIPELINE II=1
        const pack<T, Size> entry = in.read();
        for (unsigned k = 0; k < Size; ++k) {
#pragma HLS UNROLL
            x[beat * Size + k] = entry.data[k];
        }
    }
}

template <unsigned N, class T, unsigned Size>
void write_vector(const T y[N], hls::stream<pack<T, Size> >& out)
{
    for (unsigned beat = 0; beat < N / Size; ++beat) {
#pragma HLS PIPELINE II=1
        pack<T, Size> entry;
        for (unsigned k = 0; k < Size; ++k) {
#pragma HLS UNROLL
            entry.data[k] = y[beat * Size + k];
        }
        out.write(entry);
    }
}

/// Sends each of @p Beats entries to two readers.
template <unsigned Beats, class Entry>
void split(hls::stream<Entry>& in, hls::stream<Entry>& first, hls::stream<Entry>& second)
{
    for (unsigned beat = 0; beat < Beats; ++beat) {
#pragma HLS PIPELINE II=1
        const Entry entry = in.read();
        first.write(entry);
        second.write(entry);
    }
}

template <unsigned N, class T>
void split(const T x[N], T first[N], T second[N])
{
#pragma HLS PIPELINE II=1
    for (unsigned i = 0; i < N; ++i) {
#pragma HLS UNROLL
        first[i] = x[i];
        second[i] = x[i];
    }
}

/// Passes entries on.
template <unsigned Beats, class Entry>
void forward(hls::stream<Entry>& in, hls::stream<Entry>& out)
{
    for (unsigned beat = 0; beat < Beats; ++beat) {
#pragma HLS PIPELINE II=1
        out.write(in.read());
    }
}

/// Takes entries that nobody needs.
template <unsigned Beats, class Entry>
void drain(hls::stream<Entry>& in)
{
    for (unsigned beat = 0; beat < Beats; ++beat) {
#pragma HLS PIPELINE II=1
        in.read();
    }
}

/// Passes an array on.
template <unsigned N, class T>
void forward(const T x[N], T y[N])
{
#pragma HLS PIPELINE II=1
    for (unsigned i = 0; i < N; ++i) {
#pragma HLS UNROLL
        y[i] = x[i];
    }
}

} // namespace bw

#endif
