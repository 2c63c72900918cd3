// 12 codes of fixed<11,1,TRN_ZERO,SAT_ZERO,0>, shape [12]
#ifndef layer2_bn_Add_0_bias_H
#define layer2_bn_Add_0_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<11> layer2_bn_Add_0_bias_code_t;
#else
typedef signed short layer2_bn_Add_0_bias_code_t;
#endif
static const layer2_bn_Add_0_bias_code_t layer2_bn_Add_0_bias[12] = {
    656, 752, 416, 656, -272, 448, -512, -144, -608, 672, -176, 432,
};

#endif
