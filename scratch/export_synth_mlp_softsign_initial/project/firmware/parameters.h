// Written by Bitwright.
// What the templates need to know about each layer.
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include "defines.h"

#include "bw/bw_dense.h"
#include "bw/bw_table.h"

#include "weights/layer1_Dense_MatMul_0_weight.h"
#include "weights/layer1_Dense_MatMul_0_bias.h"
#include "weights/layer2_Softsign_0_table.h"
#include "weights/layer3_Dense_MatMul_1_weight.h"
#include "weights/layer3_Dense_MatMul_1_bias.h"

struct layer1_Dense_MatMul_0_config {
    static const unsigned n_in = 10;
    static const unsigned n_out = 12;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 1;
    typedef ap_fixed<37, 17, AP_TRN, AP_WRAP, 0> accumulator_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

struct layer2_Softsign_0_config {
    typedef ap_fixed<18, 8, AP_TRN, AP_WRAP, 0> table_t;
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned)
    {
#pragma HLS INLINE
        return bw::table_value<Output, table_t, 1024, 4>(x, layer2_Softsign_0_table);
    }
    static const unsigned n = 12;
    static const unsigned reuse_factor = 1;
};

struct layer3_Dense_MatMul_1_config {
    static const unsigned n_in = 12;
    static const unsigned n_out = 6;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 1;
    typedef ap_fixed<37, 17, AP_TRN, AP_WRAP, 0> accumulator_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

#endif
