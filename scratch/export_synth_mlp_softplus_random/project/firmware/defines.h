// Written by Bitwright.
// The number type of every value.
#ifndef DEFINES_H
#define DEFINES_H

#include "bw/bw_stream.h"

typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> input1_global_in_t;
typedef ap_fixed<14, 4, AP_TRN_ZERO, AP_SAT, 0> layer1_Dense_MatMul_0_out_t;
typedef ap_fixed<8, 4, AP_RND_INF, AP_WRAP, 0> layer2_bn_Add_0_out_t;
typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> layer3_Softplus_0_out_t;
typedef ap_fixed<6, 3, AP_RND, AP_SAT_ZERO, 0> layer4_Dense_MatMul_1_out_t;
typedef ap_fixed<6, 1, AP_TRN_ZERO, AP_WRAP, 0> layer5_bn_Add_1_out_t;

#endif
