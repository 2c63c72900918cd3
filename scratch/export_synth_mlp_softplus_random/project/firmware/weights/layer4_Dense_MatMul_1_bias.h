// 6 codes of fixed<14,7,TRN,WRAP,0>, shape [6]
#ifndef layer4_Dense_MatMul_1_bias_H
#define layer4_Dense_MatMul_1_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<14> layer4_Dense_MatMul_1_bias_code_t;
#else
typedef signed short layer4_Dense_MatMul_1_bias_code_t;
#endif
static const layer4_Dense_MatMul_1_bias_code_t layer4_Dense_MatMul_1_bias[6] = {
    0, 0, 0, 0, 0, 0,
};

#endif
