// Written by Bitwright.
// The number type of every value.
#ifndef DEFINES_H
#define DEFINES_H

#include "bw/bw_stream.h"

typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> input1_global_in_t;
typedef ap_fixed<37, 17, AP_TRN, AP_WRAP, 0> layer1_Dense_MatMul_0_out_t;
typedef ap_fixed<16, 6, AP_TRN, AP_WRAP, 0> layer2_Softsign_0_out_t;
typedef ap_fixed<37, 17, AP_TRN, AP_WRAP, 0> layer3_Dense_MatMul_1_out_t;

#endif
