// Written by Bitwright.
// What the templates need to know about each layer.
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include "defines.h"

#include "bw/bw_activation.h"
#include "bw/bw_dense.h"

#include "weights/layer1_Dense_MatMul_0_weight.h"
#include "weights/layer1_Dense_MatMul_0_bias.h"
#include "weights/layer3_Dense_MatMul_1_weight.h"
#include "weights/layer3_Dense_MatMul_1_bias.h"
#include "weights/layer5_Dense_MatMul_2_weight.h"
#include "weights/layer5_Dense_MatMul_2_bias.h"
#include "weights/layer7_Dense_MatMul_3_weight.h"
#include "weights/layer7_Dense_MatMul_3_bias.h"

struct layer1_Dense_MatMul_0_config {
    static const unsigned n_in = 16;
    static const unsigned n_out = 64;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 1;
    typedef ap_fixed<20, 10, AP_TRN, AP_WRAP, 0> accumulator_t;
    typedef ap_fixed<6, 2, AP_RND_CONV, AP_SAT_SYM, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

struct layer2_Relu_0_config {
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned)
    {
#pragma HLS INLINE
        return bw::relu<Output>(x);
    }
    static const unsigned n = 64;
    static const unsigned reuse_factor = 1;
};

struct layer3_Dense_MatMul_1_config {
    static const unsigned n_in = 64;
    static const unsigned n_out = 32;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 1;
    typedef ap_fixed<22, 12, AP_TRN, AP_WRAP, 0> accumulator_t;
    typedef ap_fixed<6, 2, AP_RND_CONV, AP_SAT_SYM, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

struct layer4_Relu_1_config {
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned)
    {
#pragma HLS INLINE
        return bw::relu<Output>(x);
    }
    static const unsigned n = 32;
    static const unsigned reuse_factor = 1;
};

struct layer5_Dense_MatMul_2_config {
    static const unsigned n_in = 32;
    static const unsigned n_out = 32;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 1;
    typedef ap_fixed<21, 11, AP_TRN, AP_WRAP, 0> accumulator_t;
    typedef ap_fixed<6, 2, AP_RND_CONV, AP_SAT_SYM, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

struct layer6_Relu_2_config {
    template <class Output, class Input>
    static Output apply(const Input& x, unsigned)
    {
#pragma HLS INLINE
        return bw::relu<Output>(x);
    }
    static const unsigned n = 32;
    static const unsigned reuse_factor = 1;
};

struct layer7_Dense_MatMul_3_config {
    static const unsigned n_in = 32;
    static const unsigned n_out = 5;
    static const unsigned rows = 1;
    static const unsigned reuse_factor = 1;
    typedef ap_fixed<21, 11, AP_TRN, AP_WRAP, 0> accumulator_t;
    typedef ap_fixed<6, 2, AP_RND_CONV, AP_SAT_SYM, 0> weight_t;
    typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> bias_t;
    typedef bw::product_full product;
    typedef bw::result_of_sum result;
    typedef bw::latency strategy;
};

#endif
