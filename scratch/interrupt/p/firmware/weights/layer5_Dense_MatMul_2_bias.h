// 32 codes of fixed<16,6,TRN,WRAP,0>, shape [32]
#ifndef layer5_Dense_MatMul_2_bias_H
#define layer5_Dense_MatMul_2_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer5_Dense_MatMul_2_bias_code_t;
#else
typedef signed short layer5_Dense_MatMul_2_bias_code_t;
#endif
static const layer5_Dense_MatMul_2_bias_code_t layer5_Dense_MatMul_2_bias[32] = {
    136, 8, -50, -31, 256, 85, -83, 74, 56, 35, -79, -20, 273, 35, -487, 244, -93, 155, 154, 149,
    126, 527, 157, -34, 15, 141, 112, -248, 115, 495, -33, 307,
};

#endif
