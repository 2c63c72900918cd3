// 12 codes of uint<1>, shape [12]
#ifndef layer2_bn_Add_0_scale_H
#define layer2_bn_Add_0_scale_H

#ifdef __SYNTHESIS__
typedef ap_uint<1> layer2_bn_Add_0_scale_code_t;
#else
typedef unsigned char layer2_bn_Add_0_scale_code_t;
#endif
static const layer2_bn_Add_0_scale_code_t layer2_bn_Add_0_scale[12] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

#endif
