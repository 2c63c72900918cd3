// Written by Bitwright.
#ifndef myproject_TOP_H
#define myproject_TOP_H

#include "defines.h"

void myproject(
    const input1_global_in_t input1_global_in[10],
    layer3_Dense_MatMul_1_out_t layer3_Dense_MatMul_1_out[6]);

#endif
