// Written by Bitwright.
#include "myproject.h"

#include "parameters.h"

void myproject(
    const input1_global_in_t input1_global_in[10],
    layer5_bn_Add_1_out_t layer5_bn_Add_1_out[6])
{
#pragma HLS ARRAY_RESHAPE variable=input1_global_in complete dim=0
#pragma HLS INTERFACE ap_vld port=input1_global_in
#pragma HLS ARRAY_PARTITION variable=layer5_bn_Add_1_out complete dim=0
#pragma HLS INTERFACE ap_vld port=layer5_bn_Add_1_out
#pragma HLS DATAFLOW

    // MatMul_0: Dense_MatMul_0
    layer1_Dense_MatMul_0_out_t layer1_Dense_MatMul_0_out[12];
#pragma HLS ARRAY_PARTITION variable=layer1_Dense_MatMul_0_out complete dim=0
    bw::dense<layer1_Dense_MatMul_0_config>(input1_global_in, layer1_Dense_MatMul_0_out, layer1_Dense_MatMul_0_weight, layer1_Dense_MatMul_0_bias);

    // Add_0: bn_Add_0
    layer2_bn_Add_0_out_t layer2_bn_Add_0_out[12];
#pragma HLS ARRAY_PARTITION variable=layer2_bn_Add_0_out complete dim=0
    bw::elementwise<layer2_bn_Add_0_config>(layer1_Dense_MatMul_0_out, layer2_bn_Add_0_out);

    // Softplus_0: Softplus_0
    layer3_Softplus_0_out_t layer3_Softplus_0_out[12];
#pragma HLS ARRAY_PARTITION variable=layer3_Softplus_0_out complete dim=0
    bw::elementwise<layer3_Softplus_0_config>(layer2_bn_Add_0_out, layer3_Softplus_0_out);

    // MatMul_1: Dense_MatMul_1
    layer4_Dense_MatMul_1_out_t layer4_Dense_MatMul_1_out[6];
#pragma HLS ARRAY_PARTITION variable=layer4_Dense_MatMul_1_out complete dim=0
    bw::dense<layer4_Dense_MatMul_1_config>(layer3_Softplus_0_out, layer4_Dense_MatMul_1_out, layer4_Dense_MatMul_1_weight, layer4_Dense_MatMul_1_bias);

    // Add_1: bn_Add_1
    bw::elementwise<layer5_bn_Add_1_config>(layer4_Dense_MatMul_1_out, layer5_bn_Add_1_out);
}
