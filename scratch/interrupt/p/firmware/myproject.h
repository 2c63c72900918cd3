// Written by Bitwright.
#ifndef myproject_TOP_H
#define myproject_TOP_H

#include "defines.h"

void myproject(
    const input1_global_in_t input1_global_in[16],
    layer7_Dense_MatMul_3_out_t layer7_Dense_MatMul_3_out[5]);

#endif
