// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/peer_layers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/merge/merge.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "circuit/primitives/softmax/softmax.h"
#include "circuit/primitives/table_function/table_function.h"
#include "support/circuit_builders.h"
#include "support/peer_program.h"

namespace bitwright::test {

namespace {

/// A C++ array of constants, set bit by bit.
std::string arrayOf(const std::string& name, const NumberFormat& type, const CodeTensor& tensor)
{
    std::string text = fmt::format("  {0} {1}[{2}];\n  {{ const long long c[] = {{{3}}}; for (int i = 0; i < {2}; ++i) {1}[i].range({4}, 0) = c[i]; }}\n",
                                   apType(type), name, tensor.size(), fmt::join(tensor.codes, ", "), widthBits(type) - 1);
    return text;
}

std::string productName(const NumberFormat& data, const NumberFormat& weight)
{
    const bool is_data_bit = std::holds_alternative<BipolarFormat>(data);
    const bool is_weight_bit = std::holds_alternative<BipolarFormat>(weight);
    if (is_data_bit && is_weight_bit) return "both_binary";
    if (is_weight_bit) return "weight_binary";
    if (is_data_bit) return "data_binary";
    return weight == format("int<2>") ? "weight_ternary" : "mult";
}

} // namespace

std::int64_t PeerLayers::between(std::int64_t low, std::int64_t high)
{
    return low + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(high - low + 1));
}

std::string PeerLayers::formatText(int narrowest, int widest, bool may_be_integer)
{
    constexpr std::array kRoundings{"TRN", "TRN_ZERO", "RND", "RND_ZERO", "RND_INF", "RND_MIN_INF", "RND_CONV"};
    constexpr std::array kOverflows{"WRAP", "SAT", "SAT_ZERO", "SAT_SYM"};
    const std::int64_t width = between(narrowest, widest);
    const char* sign = between(0, 3) == 0 ? "u" : "";
    if (may_be_integer && between(0, 5) == 0) return fmt::format("{}int<{}>", sign, width);
    return fmt::format("{}fixed<{},{},{},{}>", sign, width, between(1, width), kRoundings[static_cast<std::size_t>(between(0, 6))],
                       kOverflows[static_cast<std::size_t>(between(0, 3))]);
}

std::vector<std::int64_t> PeerLayers::numbers(std::int64_t count)
{
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < count; ++i) all.push_back(between(-40000, 40000));
    return all;
}

PeerLayer PeerLayers::dense()
{
    const std::int64_t kind = between(0, 7);
    DenseSketch sketch;
    sketch.n_in = 6;
    sketch.n_out = 3;
    std::string in = kind == 0 || kind == 2 ? "bipolar" : formatText(3, 10);
    sketch.weight_format = kind <= 1 ? "bipolar" : (kind == 3 ? "int<2>" : formatText(2, 9));
    sketch.bias_format = formatText(3, 9);
    sketch.accumulator = formatText(6, between(0, 1) == 0 ? 14 : 30);
    sketch.result = formatText(3, 14);
    sketch.weights = numbers(18);
    sketch.biases = numbers(3);
    sketch.strategy = between(0, 1) == 0 ? Strategy::Latency : Strategy::Resource;
    sketch.reuse_factor = std::array{1, 2, 3, 6, 18}[static_cast<std::size_t>(between(0, 4))];
    CircuitBuilder builder;
    sketch.input = builder.input({6}, in);
    const CircuitIndex y = builder.dense(sketch);
    PeerLayer layer{.title = "dense", .circuit = builder.finish({y}), .input_formats = {in}, .n_in = 6, .n_out = 3};
    const bool is_latency = sketch.strategy == Strategy::Latency;
    const Primitive& primitive = layer.circuit->primitives[0];
    CodeTensor weights = primitive.constant("weight");
    if (!is_latency) // stored transposed there
        for (std::int64_t i = 0; i < 6; ++i)
            for (std::int64_t j = 0; j < 3; ++j)
                weights.codes[static_cast<std::size_t>(j * 6 + i)] = primitive.constant("weight").codes[static_cast<std::size_t>(i * 3 + j)];
    const int id = m_count++;
    layer.declarations = fmt::format(
        "struct dense{0} : nnet::dense_config {{ static const unsigned n_in = 6, n_out = 3, reuse_factor = {1}, multiplier_limit = 18;\n"
        "  typedef {2} weight_t; typedef {3} bias_t; typedef {4} accum_t;\n"
        "  template <class A, class B> using product = nnet::product::{5}<A, B>; }};\n",
        id, sketch.reuse_factor, apType(format(sketch.weight_format)), apType(format(sketch.bias_format)),
        apType(format(sketch.accumulator)), productName(format(in), format(sketch.weight_format)));
    layer.call = arrayOf("w", format(sketch.weight_format), weights) + arrayOf("b", format(sketch.bias_format), primitive.constant("bias")) +
                 fmt::format("  nnet::dense_{}<X0, Y, dense{}>(x0, y, w, b);\n", is_latency ? "latency" : "resource", id);
    return layer;
}

PeerLayer PeerLayers::scaleShift()
{
    const std::string in = between(0, 3) == 0 ? "bipolar" : formatText(3, 10);
    const std::string scale = between(0, 3) == 0 ? "int<2>" : formatText(2, 9);
    const std::string bias = formatText(2, 9);
    const auto scales = codes({4}, scale, numbers(4));
    const auto biases = codes({4}, bias, numbers(4));
    auto attributes = std::make_shared<ScaleShiftAttributes>();
    attributes->n = 4;
    CircuitBuilder builder;
    const CircuitIndex x = builder.input({4}, in);
    const CircuitIndex y = builder.unary("scale_shift", x, formatText(3, 12), attributes, {{"scale", scales}, {"bias", biases}});
    PeerLayer layer{.title = "scale_shift", .circuit = builder.finish({y}), .input_formats = {in}, .n_in = 4, .n_out = 4};
    const int id = m_count++;
    layer.declarations = fmt::format("struct norm{} : nnet::batchnorm_config {{ static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;\n"
                                     "  typedef {} scale_t; typedef {} bias_t;\n  template <class A, class B> using product = nnet::product::{}<A, B>; }};\n",
                                     id, apType(format(scale)), apType(format(bias)), productName(format(in), format(scale)));
    layer.call = arrayOf("w", format(scale), *scales) + arrayOf("b", format(bias), *biases) +
                 fmt::format("  nnet::normalize<X0, Y, norm{}>(x0, y, w, b);\n", id);
    return layer;
}

PeerLayer PeerLayers::activation()
{
    constexpr std::array kFunctions{ActivationFunction::Linear, ActivationFunction::Relu, ActivationFunction::Relu1, ActivationFunction::Relu6,
                                    ActivationFunction::LeakyRelu, ActivationFunction::Prelu, ActivationFunction::ThresholdedRelu,
                                    ActivationFunction::BinaryTanh, ActivationFunction::TernaryTanh};
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = kFunctions[static_cast<std::size_t>(between(0, 8))];
    const std::string in = formatText(3, 10);
    const std::string parameter_format = formatText(2, 8, false);
    const bool has_scalar = attributes->function == ActivationFunction::LeakyRelu || attributes->function == ActivationFunction::ThresholdedRelu;
    const bool is_prelu = attributes->function == ActivationFunction::Prelu;
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants;
    if (has_scalar) constants["parameter"] = codes({1}, parameter_format, numbers(1));
    if (is_prelu) constants["parameter"] = codes({4}, parameter_format, numbers(4));
    CircuitBuilder builder;
    const CircuitIndex x = builder.input({4}, in);
    const CircuitIndex y = builder.unary("activation", x, formatText(3, 12), attributes, constants);
    PeerLayer layer{.title = std::string(activationName(attributes->function)), .circuit = builder.finish({y}), .input_formats = {in}, .n_in = 4, .n_out = 4};
    if (constants.empty()) {
        layer.call = fmt::format("  nnet::{}<X0, Y, activ4>(x0, y);\n", layer.title);
        return layer;
    }
    layer.call = arrayOf("a", format(parameter_format), *constants["parameter"]) +
                 fmt::format("  nnet::{}<X0, {}, Y, activ4>(x0, {}", layer.title, apType(format(parameter_format)), is_prelu ? "a, y);\n" : "a[0], y);\n");
    return layer;
}

PeerLayer PeerLayers::tableFunction()
{
    auto attributes = std::make_shared<TableFunctionAttributes>();
    attributes->function = static_cast<TableFunction>(between(0, 5));
    attributes->size = std::array{64, 100, 1024}[static_cast<std::size_t>(between(0, 2))];
    const std::string in = formatText(4, 12);
    const std::string table_format = formatText(6, 14, false);
    const bool is_elu = attributes->function == TableFunction::Elu;
    const bool is_selu = attributes->function == TableFunction::Selu;
    const std::string alpha = formatText(3, 6, false);
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants;
    constants["table"] = std::make_shared<CodeTensor>(functionTable(attributes->function, attributes->size, fixedFormat(table_format)));
    if (is_elu) constants["parameter"] = codes({1}, alpha, numbers(1));
    if (is_selu) constants["parameter"] = codes({1}, "ufixed<16,1>", {34429});
    CircuitBuilder builder;
    const CircuitIndex x = builder.input({4}, in);
    const CircuitIndex y = builder.unary("table_function", x, formatText(4, 14), attributes, constants);
    PeerLayer layer{.title = std::string(tableFunctionName(attributes->function)), .circuit = builder.finish({y}), .input_formats = {in}, .n_in = 4, .n_out = 4};
    const int id = m_count++;
    layer.declarations = fmt::format("struct table{} : nnet::activ_config {{ static const unsigned n_in = 4, table_size = {}; typedef {} table_t; }};\n", id,
                                     attributes->size, apType(format(table_format)));
    if (is_elu)
        layer.call = arrayOf("a", format(alpha), *constants["parameter"]) + fmt::format("  nnet::elu<X0, {}, Y, table{}>(x0, a[0], y);\n", apType(format(alpha)), id);
    else layer.call = fmt::format("  nnet::{}<X0, Y, table{}>(x0, y);\n", layer.title, id);
    return layer;
}

PeerLayer PeerLayers::softmax()
{
    auto attributes = std::make_shared<SoftmaxAttributes>();
    attributes->implementation = static_cast<SoftmaxImplementation>(between(0, 3));
    attributes->n = 5;
    const std::int64_t width = between(6, 16);
    const std::int64_t integer = between(3, 6);
    const std::string in = fmt::format("fixed<{},{}>", width, integer);
    const std::string normalised = fmt::format("ufixed<{},{}>", width - 1, integer - 1);
    const bool is_legacy = attributes->implementation == SoftmaxImplementation::Legacy;
    const bool is_stable = attributes->implementation == SoftmaxImplementation::Stable;
    const std::string exp_format = formatText(10, 18, false);
    const std::string inverse_format = is_legacy ? exp_format : formatText(10, 18, false);
    const std::string accumulator = formatText(10, 20, false);
    const std::string inverse_input = formatText(10, 18, false);
    const std::int64_t size = 32;
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants;
    constants["exp_table"] = std::make_shared<CodeTensor>(
        is_legacy ? softmaxLegacyExpTable(size, fixedFormat(exp_format))
                  : softmaxExpTable(size, fixedFormat(is_stable ? normalised : in), is_stable, fixedFormat(exp_format)));
    constants["inverse_table"] = std::make_shared<CodeTensor>(
        is_legacy ? softmaxLegacyInverseTable(size, fixedFormat(inverse_format)) : softmaxInverseTable(size, fixedFormat(inverse_input), fixedFormat(inverse_format)));
    CircuitBuilder builder;
    const CircuitIndex x = builder.input({5}, in);
    const CircuitIndex y = builder.unary("softmax", x, formatText(6, 14, false), attributes, constants,
                                         {{"accumulator", format(accumulator)}, {"inverse_input", format(inverse_input)}, {"normalised_input", format(normalised)}});
    PeerLayer layer{.title = fmt::format("softmax {}", softmaxImplementationName(attributes->implementation)), .circuit = builder.finish({y}),
                    .input_formats = {in}, .n_in = 5, .n_out = 5};
    const int id = m_count++;
    layer.declarations = fmt::format(
        "struct soft{} : nnet::activ_config {{ static const unsigned n_in = 5, n_slice = 5, exp_table_size = {}, inv_table_size = {};\n"
        "  static constexpr float exp_scale = 1.0; typedef {} table_t; typedef {} exp_table_t; typedef {} inv_table_t; typedef {} accum_t;\n"
        "  typedef {} inv_inp_t; typedef {} inp_norm_t; }};\n",
        id, size, size, apType(format(exp_format)), apType(format(exp_format)), apType(format(inverse_format)), apType(format(accumulator)),
        apType(format(inverse_input)), apType(format(normalised)));
    layer.call = fmt::format("  nnet::softmax_{}<X0, Y, soft{}>(x0, y);\n", softmaxImplementationName(attributes->implementation), id);
    return layer;
}

PeerLayer PeerLayers::merge()
{
    constexpr std::array kOperations{MergeOperation::Add, MergeOperation::Subtract, MergeOperation::Multiply,
                                     MergeOperation::Average, MergeOperation::Maximum, MergeOperation::Minimum};
    constexpr std::array kNames{"add", "subtract", "multiply", "average", "maximum", "minimum"};
    const auto which = static_cast<std::size_t>(between(0, 5));
    auto attributes = std::make_shared<MergeAttributes>();
    attributes->operation = kOperations[which];
    // Wide operands of different signedness compare as C would.
    const int widest = between(0, 2) == 0 ? 40 : 10;
    const std::string in = formatText(3, widest);
    const std::string second = formatText(3, widest);
    CircuitBuilder builder;
    const CircuitIndex a = builder.input({4}, in);
    const CircuitIndex b = builder.input({4}, second);
    const CircuitIndex y = builder.add({.kind = "merge", .name = "merge", .inputs = {a, b}, .attributes = attributes, .shape = {4}, .result = format(formatText(3, 12))});
    return {.title = kNames[which], .circuit = builder.finish({y}), .input_formats = {in, second}, .n_in = 4, .n_out = 4,
            .call = fmt::format("  nnet::{}<X0, X1, Y, merge4>(x0, x1, y);\n", kNames[which])};
}

} // namespace bitwright::test
