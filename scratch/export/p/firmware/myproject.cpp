// Written by Bitwright.
#include "myproject.h"

#include "parameters.h"

void myproject(
    const input1_global_in_t input1_global_in[16],
    layer7_Dense_MatMul_3_out_t layer7_Dense_MatMul_3_out[5])
{
#pragma HLS ARRAY_RESHAPE variable=input1_global_in complete dim=0
#pragma HLS INTERFACE ap_vld port=input1_global_in
#pragma HLS ARRAY_PARTITION variable=layer7_Dense_MatMul_3_out complete dim=0
#pragma HLS INTERFACE ap_vld port=layer7_Dense_MatMul_3_out
#pragma HLS PIPELINE II=1

    // MatMul_0: Dense_MatMul_0
    layer1_Dense_MatMul_0_out_t layer1_Dense_MatMul_0_out[64];
#pragma HLS ARRAY_PARTITION variable=layer1_Dense_MatMul_0_out complete dim=0
    bw::dense<layer1_Dense_MatMul_0_config>(input1_global_in, layer1_Dense_MatMul_0_out, layer1_Dense_MatMul_0_weight, layer1_Dense_MatMul_0_bias);

    // Relu_0: Relu_0
    layer2_Relu_0_out_t layer2_Relu_0_out[64];
#pragma HLS ARRAY_PARTITION variable=layer2_Relu_0_out complete dim=0
    bw::elementwise<layer2_Relu_0_config>(layer1_Dense_MatMul_0_out, layer2_Relu_0_out);

    // MatMul_1: Dense_MatMul_1
    layer3_Dense_MatMul_1_out_t layer3_Dense_MatMul_1_out[32];
#pragma HLS ARRAY_PARTITION variable=layer3_Dense_MatMul_1_out complete dim=0
    bw::dense<layer3_Dense_MatMul_1_config>(layer2_Relu_0_out, layer3_Dense_MatMul_1_out, layer3_Dense_MatMul_1_weight, layer3_Dense_MatMul_1_bias);

    // Relu_1: Relu_1
    layer4_Relu_1_out_t layer4_Relu_1_out[32];
#pragma HLS ARRAY_PARTITION variable=layer4_Relu_1_out complete dim=0
    bw::elementwise<layer4_Relu_1_config>(layer3_Dense_MatMul_1_out, layer4_Relu_1_out);

    // MatMul_2: Dense_MatMul_2
    layer5_Dense_MatMul_2_out_t layer5_Dense_MatMul_2_out[32];
#pragma HLS ARRAY_PARTITION variable=layer5_Dense_MatMul_2_out complete dim=0
    bw::dense<layer5_Dense_MatMul_2_config>(layer4_Relu_1_out, layer5_Dense_MatMul_2_out, layer5_Dense_MatMul_2_weight, layer5_Dense_MatMul_2_bias);

    // Relu_2: Relu_2
    layer6_Relu_2_out_t layer6_Relu_2_out[32];
#pragma HLS ARRAY_PARTITION variable=layer6_Relu_2_out complete dim=0
    bw::elementwise<layer6_Relu_2_config>(layer5_Dense_MatMul_2_out, layer6_Relu_2_out);

    // MatMul_3: Dense_MatMul_3
    bw::dense<layer7_Dense_MatMul_3_config>(layer6_Relu_2_out, layer7_Dense_MatMul_3_out, layer7_Dense_MatMul_3_weight, layer7_Dense_MatMul_3_bias);
}
