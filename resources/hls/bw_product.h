// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Products of a datum and a constant: full, and the cheap forms for constants or data of one or two bits (hls4ml
/// reference, section 2).
#ifndef BW_PRODUCT_H
#define BW_PRODUCT_H

#include "bw_common.h"

namespace bw {

/// The type of -x.
template <class T>
struct negated {
    typedef ap_fixed<traits<T>::width + 1, traits<T>::integer_bits + 1> type;
};
template <int W>
struct negated<ap_int<W> > {
    typedef ap_int<W + 1> type;
};
template <int W>
struct negated<ap_uint<W> > {
    typedef ap_int<W + 1> type;
};

struct product_full {
    template <class Input, class Weight>
    static auto of(const Input& x, const Weight& w) -> decltype(x * w)
    {
#pragma HLS INLINE
        return x * w;
    }
};

/// One-bit weights mean -1 and +1.
struct product_sign_of_weight {
    template <class Input, class Weight>
    static typename negated<Input>::type of(const Input& x, const Weight& w)
    {
#pragma HLS INLINE
        typedef typename negated<Input>::type product_t;
        return w == Weight(0) ? product_t(-x) : product_t(x);
    }
};

/// One-bit inputs mean -1 and +1.
struct product_sign_of_input {
    template <class Input, class Weight>
    static typename negated<Weight>::type of(const Input& x, const Weight& w)
    {
#pragma HLS INLINE
        typedef typename negated<Weight>::type product_t;
        return x == Input(0) ? product_t(-w) : product_t(w);
    }
};

/// Two-bit weights: 0, -1, and everything else is +1.
struct product_ternary {
    template <class Input, class Weight>
    static typename negated<Input>::type of(const Input& x, const Weight& w)
    {
#pragma HLS INLINE
        typedef typename negated<Input>::type product_t;
        if (w == Weight(0)) return product_t(0);
        return w == Weight(-1) ? product_t(-x) : product_t(x);
    }
};

/// Both are one bit: 1 where they agree. `result_of_agreements` turns their count into the sum of signs.
struct product_agreement {
    template <class Input, class Weight>
    static ap_uint<1> of(const Input& x, const Weight& w)
    {
#pragma HLS INLINE
        return ap_uint<1>(x == w ? 1 : 0);
    }
};

} // namespace bw

#endif
