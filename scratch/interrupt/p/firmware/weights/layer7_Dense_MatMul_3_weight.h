// 160 codes of fixed<6,2,RND_CONV,SAT_SYM,0>, shape [32, 5]
#ifndef layer7_Dense_MatMul_3_weight_H
#define layer7_Dense_MatMul_3_weight_H

#ifdef __SYNTHESIS__
typedef ap_int<6> layer7_Dense_MatMul_3_weight_code_t;
#else
typedef signed char layer7_Dense_MatMul_3_weight_code_t;
#endif
static const layer7_Dense_MatMul_3_weight_code_t layer7_Dense_MatMul_3_weight[160] = {
    -16, -6, 12, 7, -7, 0, 0, 2, -12, -2, -5, -2, 8, -2, -1, -7, 6, -2, 3, 1,
    0, 1, -13, 2, -2, -4, 2, 1, -8, 2, 0, -2, 7, 11, 3, -9, -9, 1, -11, 0,
    -1, -4, -6, 2, 7, -2, 2, 0, -5, -1, 0, 3, 5, 4, -4, -1, -14, 6, -1, 0,
    -4, 6, -6, 2, 3, 4, 0, 1, 0, -10, 5, -17, -3, 5, 4, 2, 0, -3, -1, -10,
    3, -5, 5, 2, -14, 1, -10, -3, 1, 5, 5, -5, 3, -2, 7, 2, 5, -9, -5, -3,
    -12, -2, -3, -2, 7, 9, -6, -3, 2, 3, 0, -6, 4, -9, -1, 1, -11, -6, 3, 10,
    -3, 5, 7, 0, -10, -10, 1, 3, 9, -2, -12, -8, 4, 1, 6, 8, -2, -2, -3, 8,
    2, -5, -5, 2, -5, 2, 5, -6, 1, -5, 11, -3, -1, 2, 2, 0, -9, 5, -2, -6,
};

#endif
