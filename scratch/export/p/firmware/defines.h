// Written by Bitwright.
// The number type of every value.
#ifndef DEFINES_H
#define DEFINES_H

#include "bw/bw_stream.h"

typedef ap_fixed<8, 3, AP_RND_CONV, AP_SAT, 0> input1_global_in_t;
typedef ap_fixed<20, 10, AP_TRN, AP_WRAP, 0> layer1_Dense_MatMul_0_out_t;
typedef ap_ufixed<6, 3, AP_RND_CONV, AP_SAT, 0> layer2_Relu_0_out_t;
typedef ap_fixed<22, 12, AP_TRN, AP_WRAP, 0> layer3_Dense_MatMul_1_out_t;
typedef ap_ufixed<6, 3, AP_RND_CONV, AP_SAT, 0> layer4_Relu_1_out_t;
typedef ap_fixed<21, 11, AP_TRN, AP_WRAP, 0> layer5_Dense_MatMul_2_out_t;
typedef ap_ufixed<6, 3, AP_RND_CONV, AP_SAT, 0> layer6_Relu_2_out_t;
typedef ap_fixed<21, 11, AP_TRN, AP_WRAP, 0> layer7_Dense_MatMul_3_out_t;

#endif
