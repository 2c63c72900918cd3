// Written by Bitwright.
// What the templates need to know about each layer.
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include "defines.h"

#include "bw/bw_dense.h"
#include "bw/bw_scale_shift.h"
#include "bw/bw_table.h"

#include "weights/layer1_Dense_MatMul_0_weight.h"
#include "weights/layer1_Dense_MatMul_0_bias.h"
#include "weights/layer2_bn_Add_0_scale.h"
#include "weights/layer2_bn_Add_0_bias.h"
#include "weights/layer3_Softplus_0_table.h"
#include "weights/layer4_Dense_MatMul_1_weight.h"
#include "weights/layer4_Dense_MatMul_1_bias.h"
#include "weights/layer5_bn_Add_1_scale.h"
#include "weights/layer5_bn_Add_1_bias.h"

struct layer1_Dense_MatMul_0_config {
    static const unsigned n_in = 10;
    static const unsigned n_out = 12;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 2;
    typedef ap_fixed<10, 1, AP_RND_INF, AP_SAT_ZERO, 0> accumulator_t;
    typedef ap_fixed<9, 5, AP_RND_INF, AP_SAT_ZERO, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

struct layer2_bn_Add_0_config {
    typedef ap_uint<1> scale_t;
    typedef ap_fixed<11, 1, AP_TRN_ZERO, AP_SAT_ZERO, 0> bias_t;
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned i)
    {
#pragma HLS INLINE
        return bw::scale_shift<Output, bw::product_full>(x, bw::constant<scale_t>(layer2_bn_Add_0_scale, i), bw::constant<bias_t>(layer2_bn_Add_0_bias, i));
    }
    static const unsigned n = 12;
    static const unsigned reuse_factor = 1;
};

struct layer3_Softplus_0_config {
    typedef ap_fixed<19, 2, AP_RND_ZERO, AP_SAT_SYM, 0> table_t;
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned)
    {
#pragma HLS INLINE
        return bw::table_value<Output, table_t, 1024, 4>(x, layer3_Softplus_0_table);
    }
    static const unsigned n = 12;
    static const unsigned reuse_factor = 1;
};

struct layer4_Dense_MatMul_1_config {
    static const unsigned n_in = 12;
    static const unsigned n_out = 6;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 36;
    typedef ap_fixed<17, 1, AP_TRN, AP_SAT_ZERO, 0> accumulator_t;
    typedef ap_fixed<12, 1, AP_RND_CONV, AP_WRAP, 0> weight_t;
    typedef ap_fixed<14, 7, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::resource strategy;
};

struct layer5_bn_Add_1_config {
    typedef ap_uint<1> scale_t;
    typedef ap_fixed<4, 3, AP_RND_INF, AP_SAT, 0> bias_t;
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned i)
    {
#pragma HLS INLINE
        return bw::scale_shift<Output, bw::product_full>(x, bw::constant<scale_t>(layer5_bn_Add_1_scale, i), bw::constant<bias_t>(layer5_bn_Add_1_bias, i));
    }
    static const unsigned n = 6;
    static const unsigned reuse_factor = 1;
};

#endif
