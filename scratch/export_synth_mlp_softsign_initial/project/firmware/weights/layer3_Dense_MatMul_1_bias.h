// 6 codes of fixed<16,6,TRN,WRAP,0>, shape [6]
#ifndef layer3_Dense_MatMul_1_bias_H
#define layer3_Dense_MatMul_1_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer3_Dense_MatMul_1_bias_code_t;
#else
typedef signed short layer3_Dense_MatMul_1_bias_code_t;
#endif
static const layer3_Dense_MatMul_1_bias_code_t layer3_Dense_MatMul_1_bias[6] = {
    352, -720, -96, -160, 1056, -896,
};

#endif
