// 32 codes of fixed<16,6,TRN,WRAP,0>, shape [32]
#ifndef layer3_Dense_MatMul_1_bias_H
#define layer3_Dense_MatMul_1_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer3_Dense_MatMul_1_bias_code_t;
#else
typedef signed short layer3_Dense_MatMul_1_bias_code_t;
#endif
static const layer3_Dense_MatMul_1_bias_code_t layer3_Dense_MatMul_1_bias[32] = {
    188, -157, 179, 191, 249, 22, -16, 28, 83, 606, 269, -325, 458, -44, -146, 171, -141, 346, 26, -369,
    18, 482, -45, 457, 136, -421, 252, 174, 37, -236, 162, 190,
};

#endif
