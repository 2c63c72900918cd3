// 120 codes of fixed<9,5,RND_INF,SAT_ZERO,0>, shape [10, 12]
#ifndef layer1_Dense_MatMul_0_weight_H
#define layer1_Dense_MatMul_0_weight_H

#ifdef __SYNTHESIS__
typedef ap_int<9> layer1_Dense_MatMul_0_weight_code_t;
#else
typedef signed short layer1_Dense_MatMul_0_weight_code_t;
#endif
static const layer1_Dense_MatMul_0_weight_code_t layer1_Dense_MatMul_0_weight[120] = {
    9, -10, 5, -10, 8, -12, -6, -5, -17, 7, -12, -10, -4, 6, -6, 16, 0, -2, 4, -1,
    -8, -4, 1, 12, 2, 4, -18, -2, 0, 14, 13, 1, 4, 0, -6, 0, -3, 2, 6, -2,
    9, -9, 0, 2, -15, 5, 6, 14, 0, 5, 5, -13, 2, -12, 2, 6, 2, -16, 12, 2,
    8, -6, -3, 17, -2, -4, -3, 8, -12, -2, -7, 20, 9, 1, 2, -2, -4, -1, 14, -2,
    -2, 2, 12, 4, -8, 0, 0, -10, -6, 3, -4, 14, 3, -4, 0, -7, -5, 6, 0, -15,
    -11, 5, -9, -2, 9, -2, -2, -3, 9, -6, -10, 1, 13, 3, 13, 10, -9, 1, 0, 0,
};

#endif
