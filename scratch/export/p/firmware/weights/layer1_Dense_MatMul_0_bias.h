// 64 codes of fixed<16,6,TRN,WRAP,0>, shape [64]
#ifndef layer1_Dense_MatMul_0_bias_H
#define layer1_Dense_MatMul_0_bias_H

#ifdef __SYNTHESIS__
typedef ap_int<16> layer1_Dense_MatMul_0_bias_code_t;
#else
typedef signed short layer1_Dense_MatMul_0_bias_code_t;
#endif
static const layer1_Dense_MatMul_0_bias_code_t layer1_Dense_MatMul_0_bias[64] = {
    267, -56, 229, 12, -65, -322, -145, -609, 59, 54, -342, 400, 57, 158, -134, 51, 648, -209, -352, -69,
    -114, -372, 279, -68, 407, -615, 64, 48, 401, -158, 386, -640, -207, 297, -102, 28, -41, -483, 128, 159,
    206, 247, -87, -340, -293, -194, -424, -393, -393, -176, -35, 94, 241, -217, -332, -79, 244, -87, -380, 214,
    452, 61, -37, -240,
};

#endif
