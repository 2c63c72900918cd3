// 72 codes of fixed<16,6,TRN,WRAP,0>, shape [12, 6]
#ifndef layer3_Dense_MatMul_1_weight_H
#define layer3_Dense_MatMul_1_weight_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer3_Dense_MatMul_1_weight_code_t;
#else
typedef signed short layer3_Dense_MatMul_1_weight_code_t;
#endif
static const layer3_Dense_MatMul_1_weight_code_t layer3_Dense_MatMul_1_weight[72] = {
    768, 720, -832, 528, 64, 224, 480, 992, 480, 0, 288, -720, 336, 176, -560, -672, -640, -384, 320, -48,
    -320, -112, 672, -128, -384, 1152, -400, 272, 480, 96, -96, 672, 96, 352, 0, 864, -432, -608, -416, -32,
    -96, 96, -304, 272, -688, -608, -112, -336, -384, -272, -352, 160, 384, 656, 96, -336, -528, -528, -784, 320,
    880, -32, 144, -1104, -16, -304, 48, -400, -352, -416, -304, 1040,
};

#endif
