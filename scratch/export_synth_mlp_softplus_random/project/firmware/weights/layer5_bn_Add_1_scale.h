// 6 codes of uint<1>, shape [6]
#ifndef layer5_bn_Add_1_scale_H
#define layer5_bn_Add_1_scale_H

#ifdef __SYNTHESIS__
typedef ap_uint<1> layer5_bn_Add_1_scale_code_t;
#else
typedef unsigned char layer5_bn_Add_1_scale_code_t;
#endif
static const layer5_bn_Add_1_scale_code_t layer5_bn_Add_1_scale[6] = {
    1, 1, 1, 1, 1, 1,
};

#endif
