// 12 codes of fixed<16,6,TRN,WRAP,0>, shape [12]
#ifndef layer1_Dense_MatMul_0_bias_H
#define layer1_Dense_MatMul_0_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer1_Dense_MatMul_0_bias_code_t;
#else
typedef signed short layer1_Dense_MatMul_0_bias_code_t;
#endif
static const layer1_Dense_MatMul_0_bias_code_t layer1_Dense_MatMul_0_bias[12] = {
    624, -496, -224, 368, -416, -512, 400, -304, -320, 352, 80, 144,
};

#endif
