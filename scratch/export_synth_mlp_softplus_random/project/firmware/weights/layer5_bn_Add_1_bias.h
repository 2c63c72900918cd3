// 6 codes of fixed<4,3,RND_INF,SAT,0>, shape [6]
#ifndef layer5_bn_Add_1_bias_H
#define layer5_bn_Add_1_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<4> layer5_bn_Add_1_bias_code_t;
#else
typedef signed char layer5_bn_Add_1_bias_code_t;
#endif
static const layer5_bn_Add_1_bias_code_t layer5_bn_Add_1_bias[6] = {
    0, -2, 0, 0, 0, 1,
};

#endif
