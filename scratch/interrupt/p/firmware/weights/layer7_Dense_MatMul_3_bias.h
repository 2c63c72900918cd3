// 5 codes of fixed<16,6,TRN,WRAP,0>, shape [5]
#ifndef layer7_Dense_MatMul_3_bias_H
#define layer7_Dense_MatMul_3_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer7_Dense_MatMul_3_bias_code_t;
#else
typedef signed short layer7_Dense_MatMul_3_bias_code_t;
#endif
static const layer7_Dense_MatMul_3_bias_code_t layer7_Dense_MatMul_3_bias[5] = {
    48, 255, -80, -21, -193,
};

#endif
