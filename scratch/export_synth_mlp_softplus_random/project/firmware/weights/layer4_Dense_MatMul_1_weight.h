// 72 codes of fixed<12,1,RND_CONV,WRAP,0>, shape [6, 12]
#ifndef layer4_Dense_MatMul_1_weight_H
#define layer4_Dense_MatMul_1_weight_H

#ifdef __SYNTHESIS__
typedef ap_int<12> layer4_Dense_MatMul_1_weight_code_t;
#else
typedef signed short layer4_Dense_MatMul_1_weight_code_t;
#endif
static const layer4_Dense_MatMul_1_weight_code_t layer4_Dense_MatMul_1_weight[72] = {
    -1248, 32, 448, 832, -256, -192, 512, -800, 480, 800, -608, -768, 320, -288, -1184, -1760, 32, 1344, -832, -160,
    512, 288, 1984, -1056, 928, -768, -1280, -288, 1280, -992, -704, -576, -2016, 608, -864, -960, 192, 1152, -1280, 192,
    1760, -928, 64, 0, 288, -544, 1568, 384, 288, 128, 1952, -480, 448, -896, -480, -352, -448, 1856, -288, -96,
    256, 192, -160, 1248, -352, 1152, -1024, -704, -1024, 544, -640, -1696,
};

#endif
