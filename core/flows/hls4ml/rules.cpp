// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/rules.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

constexpr std::string_view kQonnx = "qonnx.custom_op.general";

constexpr NotSupported kTransposedConvolution{
    "The hls4ml flow has no transposed convolution: use Resize and a convolution instead."};
constexpr NotSupported kQdq{
    "This quantiser stands for no fixed-point format: give its pair one constant scale above 0, one constant zero point and integer codes."};
constexpr NotSupported kFloatQuant{
    "The hls4ml flow has fixed-point arithmetic only, so FloatQuant has no rule: use Quant instead."};
constexpr NotSupported kTrunc{
    "The hls4ml flow has no rule for Trunc: use Quant with the rounding mode FLOOR instead."};
constexpr NotSupported kMultiThreshold{
    "The hls4ml flow has no rule for MultiThreshold: use the QONNX form of the model from before the streamlining."};
constexpr NotSupported kNonlinear{
    "The hls4ml flow has no function table for this operator: keep it out of the part that goes on the chip."};
constexpr NotSupported kRecurrent{
    "The hls4ml flow has no rule for recurrent layers in ONNX form: choose a feed-forward network."};
constexpr NotSupported kGemm{
    "This Gemm could not be written as MatMul and Add because its weights are not constant: make its second input a constant."};

constexpr Rule kRules[] = {
    {"", "MatMul", parseMatMul, "Dense"},
    {"", "BatchNormalization", parseBatchNormalization, "BatchNormalization"},
    {kQonnx, "Quant", parseQuant, "Quant"},
    {kQonnx, "IntQuant", parseQuant, "Quant"},
    {kQonnx, "BipolarQuant", parseBipolarQuant, "BipolarQuant"},
    {"", "Relu", parseActivation, "Activation"},
    {"", "Sigmoid", parseActivation, "Activation"},
    {"", "Tanh", parseActivation, "Activation"},
    {"", "Softplus", parseActivation, "Activation"},
    {"", "Softsign", parseActivation, "Activation"},
    {"", "Selu", parseActivation, "Activation"},
    {"", "LeakyRelu", parseParametrizedActivation, "ParametrizedActivation"},
    {"", "ThresholdedRelu", parseParametrizedActivation, "ParametrizedActivation"},
    {"", "Elu", parseParametrizedActivation, "ParametrizedActivation"},
    {"", "PRelu", parsePrelu, "PReLU"},
    {"", "HardSigmoid", parseHardSigmoid, "HardActivation"},
    {"", "Softmax", parseSoftmax, "Softmax"},
    {"", "Add", parseMerge, "Merge"},
    {"", "Sub", parseMerge, "Merge"},
    {"", "Mul", parseMerge, "Merge"},
    {"", "Div", parseMerge, "Merge"},
    {"", "Sum", parseMerge, "Merge"},
    {"", "Mean", parseMerge, "Merge"},
    {"", "Max", parseMerge, "Merge"},
    {"", "Min", parseMerge, "Merge"},
    {"", "Concat", parseConcat, "Concatenate"},
    {"", "Reshape", parseReshape, "Reshape"},
    {"", "Flatten", parseReshape, "Reshape"},
    {"", "Squeeze", parseReshape, "Reshape"},
    {"", "Unsqueeze", parseReshape, "Reshape"},
    {"", "Transpose", parseTranspose, "Transpose"},
    {"", "Identity", parsePassThrough, ""},
    {"", "Dropout", parsePassThrough, ""},
    {"", "Gemm", kGemm, "Dense"},
    {"", "Conv", parseConvolution, "Conv2D"},
    {"", "ConvTranspose", kTransposedConvolution, ""},
    {"", "AveragePool", parsePool, "Pooling2D"},
    {"", "MaxPool", parsePool, "Pooling2D"},
    {"", "GlobalAveragePool", parseGlobalPool, "GlobalPooling2D"},
    {"", "GlobalMaxPool", parseGlobalPool, "GlobalPooling2D"},
    {"", "ReduceMean", parseReduceMean, "Pooling1D"},
    {"", "Resize", parseResize, "Resize"},
    {"", "Upsample", parseResize, "Resize"},
    {"", "Pad", parsePad, "ZeroPadding2D"},
    {"", "Clip", parseClip, "Activation"},
    {"", "QuantizeLinear", kQdq, ""},
    {"", "DequantizeLinear", kQdq, ""},
    {kQonnx, "Trunc", kTrunc, ""},
    {kQonnx, "FloatQuant", kFloatQuant, ""},
    {kQonnx, "MultiThreshold", kMultiThreshold, ""},
    {"", "Exp", kNonlinear, ""},
    {"", "Log", kNonlinear, ""},
    {"", "Sqrt", kNonlinear, ""},
    {"", "Pow", kNonlinear, ""},
    {"", "Erf", kNonlinear, ""},
    {"", "Gelu", kNonlinear, ""},
    {"", "LSTM", kRecurrent, "LSTM"},
    {"", "GRU", kRecurrent, "GRU"},
    {"", "RNN", kRecurrent, ""},
    {"", "Slice", parseMovement, ""},
    {"", "Split", parseMovement, ""},
    {"", "Gather", parseMovement, ""},
    {"", "Tile", parseMovement, ""},
    {"", "DepthToSpace", parseMovement, ""},
    {"", "SpaceToDepth", parseMovement, ""},
};

} // namespace

std::span<const Rule> rules() { return kRules; }

const Rule* findRule(std::string_view op_type)
{
    const auto found = std::find_if(std::begin(kRules), std::end(kRules),
                                    [&](const Rule& rule) { return rule.op_type == op_type; });
    return found == std::end(kRules) ? nullptr : found;
}

std::string unsupportedReason(const Node& node)
{
    const Rule* rule = findRule(node.op_type);
    if (rule && rule->parse)
        return {};
    return rule ? std::string(rule->parse.reason())
                : fmt::format("The hls4ml flow has no rule for {}: replace the operator, or keep it out of the part "
                              "that goes on the chip.",
                              node.op_type);
}

std::vector<OperatorRule> operatorRules()
{
    std::vector<OperatorRule> list;
    for (const Rule& rule : kRules)
        list.push_back({rule.domain, rule.op_type, rule.parse ? std::string_view{} : rule.parse.reason()});
    return list;
}

} // namespace bitwright::hls4ml
