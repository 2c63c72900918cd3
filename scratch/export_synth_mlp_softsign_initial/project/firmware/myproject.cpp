// Written by Bitwright.
#include "myproject.h"

#include "parameters.h"

void myproject(
    const input1_global_in_t input1_global_in[10],
    layer3_Dense_MatMul_1_out_t layer3_Dense_MatMul_1_out[6])
{
#pragma HLS ARRAY_RESHAPE variable=input1_global_in complete dim=0
#pragma HLS INTERFACE ap_vld port=input1_global_in
#pragma HLS ARRAY_PARTITION variable=layer3_Dense_MatMul_1_out complete dim=0
#pragma HLS INTERFACE ap_vld port=layer3_Dense_MatMul_1_out
#pragma HLS PIPELINE II=1

    // MatMul_0: Dense_MatMul_0
    layer1_Dense_MatMul_0_out_t layer1_Dense_MatMul_0_out[12];
#pragma HLS ARRAY_PARTITION variable=layer1_Dense_MatMul_0_out complete dim=0
    bw::dense<layer1_Dense_MatMul_0_config>(input1_global_in, layer1_Dense_MatMul_0_out, layer1_Dense_MatMul_0_weight, layer1_Dense_MatMul_0_bias);

    // Softsign_0: Softsign_0
    layer2_Softsign_0_out_t layer2_Softsign_0_out[12];
#pragma HLS ARRAY_PARTITION variable=layer2_Softsign_0_out complete dim=0
    bw::elementwise<layer2_Softsign_0_config>(layer1_Dense_MatMul_0_out, layer2_Softsign_0_out);

    // MatMul_1: Dense_MatMul_1
    bw::dense<layer3_Dense_MatMul_1_config>(layer2_Softsign_0_out, layer3_Dense_MatMul_1_out, layer3_Dense_MatMul_1_weight, layer3_Dense_MatMul_1_bias);
}
