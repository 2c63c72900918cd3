// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of one element, and softmax: tables are filled here, so that nothing is left to compute later.
#include <algorithm>
#include <bit>
#include <cmath>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/softmax/softmax.h"
#include "circuit/primitives/table_function/table_function.h"
#include "flows/hls4ml/emitter.h"
#include "flows/hls4ml/tunables.h"
#include "flows/hls4ml/type_choice.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

constexpr double kSeluLambda = 1.0507009873554805;
constexpr std::int64_t kMaximumTableSize = std::int64_t{1} << 20;

struct TableWord {
    std::string_view function; ///< the model's operator
    TableFunction table;
};
constexpr TableWord kTableWords[] = {
    {"Sigmoid", TableFunction::Sigmoid},   {"Tanh", TableFunction::Tanh}, {"Softplus", TableFunction::Softplus},
    {"Softsign", TableFunction::Softsign}, {"Elu", TableFunction::Elu},   {"Selu", TableFunction::Selu},
};

struct PieceWord {
    std::string_view function;
    ActivationFunction activation;
};
constexpr PieceWord kPieceWords[] = {
    {"linear", ActivationFunction::Linear},
    {"Relu", ActivationFunction::Relu},
    {"Relu1", ActivationFunction::Relu1},
    {"Relu6", ActivationFunction::Relu6},
    {"LeakyRelu", ActivationFunction::LeakyRelu},
    {"PRelu", ActivationFunction::Prelu},
    {"ThresholdedRelu", ActivationFunction::ThresholdedRelu},
    {"binary_tanh", ActivationFunction::BinaryTanh},
    {"HardSigmoid", ActivationFunction::HardSigmoid},
};

const TableWord* tableWord(std::string_view function)
{
    const auto found = std::find_if(std::begin(kTableWords), std::end(kTableWords),
                                    [&](const TableWord& word) { return word.function == function; });
    return found == std::end(kTableWords) ? nullptr : found;
}

SoftmaxImplementation implementationOf(const std::string& name)
{
    for (const auto implementation :
         {SoftmaxImplementation::Latency, SoftmaxImplementation::Argmax, SoftmaxImplementation::Legacy}) {
        if (softmaxImplementationName(implementation) == name)
            return implementation;
    }
    return SoftmaxImplementation::Stable;
}

ContentHash tableKey(std::string_view what, std::int64_t size, std::initializer_list<const FixedFormat*> formats)
{
    ContentHasher hasher;
    hasher.text(what).add(size);
    for (const FixedFormat* format : formats)
        hashInto(hasher, NumberFormat{*format});
    return hasher.value();
}

/// The types that hls4ml gives the constants of a hard sigmoid, wider ones where they would not hold the number.
FixedFormat hardSigmoidFormat(double value, FixedFormat usual)
{
    const WideInt code = codeFromDouble(value, usual);
    const bool fits = value >= 0 && std::abs(codeToDouble(code, NumberFormat{usual}) - value) < std::ldexp(1.0, -16);
    if (fits)
        return usual;
    int exponent = 0;
    std::frexp(value, &exponent);
    const int integer = std::max(exponent, 0) + (value < 0 ? 1 : 0);
    return fixedFormat(16 + integer, integer, value < 0);
}

} // namespace

void Emitter::emitPayload(const ActivationPayload& activation)
{
    if (tableWord(activation.function))
        return emitTableFunction(activation);
    const auto found = std::find_if(std::begin(kPieceWords), std::end(kPieceWords),
                                    [&](const PieceWord& word) { return word.function == activation.function; });
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = found->activation;
    attributes->reuse_factor = reuseFactor();
    if (activation.slopes)
        m_primitive.constants["parameter"] = weight({activation.slopes, std::nullopt, std::nullopt}, slots::kParameter);
    else if (activation.function == "HardSigmoid")
        emitHardSigmoid(activation);
    else if (m_node->types.count(slots::kParameter) != 0)
        m_primitive.constants["parameter"] = oneNumber(activation.parameter, fixedType(slots::kParameter));
    if (m_primitive.constants.count("parameter") != 0 && m_primitive.formats.empty())
        m_primitive.formats["parameter"] = m_primitive.constants["parameter"]->format;
    finish("activation", std::move(attributes));
}

void Emitter::emitHardSigmoid(const ActivationPayload& activation)
{
    const FixedFormat slope = hardSigmoidFormat(activation.parameter, fixedFormat(16, 0, false));
    const FixedFormat shift = hardSigmoidFormat(activation.shift, fixedFormat(2, 0, false));
    CodeTensor both = *oneNumber(activation.parameter, slope);
    both.codes.push_back(oneNumber(activation.shift, shift)->codes.front());
    both.shape = {2};
    m_primitive.constants["parameter"] = std::make_shared<const CodeTensor>(std::move(both));
    m_primitive.formats["parameter"] = slope;
    m_primitive.formats["shift"] = shift;
}

void Emitter::emitTableFunction(const ActivationPayload& activation)
{
    auto attributes = std::make_shared<TableFunctionAttributes>();
    attributes->function = tableWord(activation.function)->table;
    attributes->size = number(tunables::kTableSize, 1024);
    attributes->reuse_factor = reuseFactor();
    if (attributes->size > kMaximumTableSize)
        return fail(DiagnosticCode::TableTooLarge,
                    {m_node->name, std::to_string(attributes->size), std::to_string(kMaximumTableSize)});
    const FixedFormat format = fixedType(slots::kTable);
    m_primitive.constants["table"] =
        m_constants.codes(tableKey(activation.function, attributes->size, {&format}),
                          [&] { return functionTable(attributes->function, attributes->size, format); });
    if (attributes->function == TableFunction::Elu) {
        m_primitive.constants["parameter"] = oneNumber(activation.parameter, fixedType(slots::kParameter));
    } else if (attributes->function == TableFunction::Selu) {
        const auto* input = std::get_if<FixedFormat>(&inputFormat());
        const bool is_stream = m_circuit.design.io_type == IoType::Stream; // there the factor takes the data's type
        m_primitive.constants["parameter"] = oneNumber(kSeluLambda, is_stream && input ? *input : fixedFormat(16, 1, false));
    }
    finish("table_function", std::move(attributes));
}

bool Emitter::checkTableSizes(std::initializer_list<std::int64_t> sizes)
{
    for (const std::int64_t size : sizes) {
        if (size > 0 && std::has_single_bit(static_cast<std::uint64_t>(size)))
            continue;
        const auto below = std::bit_floor(static_cast<std::uint64_t>(std::max<std::int64_t>(size, 1)));
        m_findings.push_back({DiagnosticCode::ConfigurationValue,
                              {std::to_string(size), "TableSize of '" + m_node->name + "'",
                               "the top bits of a value address a softmax table, so its size has to be a power of two"},
                              LayerLocation{m_node->origin.layer, tunables::kTableSize},
                              "Choose " + std::to_string(below) + " or " + std::to_string(2 * below) + "."});
        m_has_failed = true;
        return false;
    }
    return true;
}

void Emitter::emitPayload(const SoftmaxPayload& softmax)
{
    auto attributes = std::make_shared<SoftmaxAttributes>();
    attributes->implementation = implementationOf(m_node->variant);
    attributes->outer = softmax.outer;
    attributes->n = softmax.n;
    attributes->inner = softmax.inner;
    attributes->reuse_factor = reuseFactor();
    const bool is_bit = std::holds_alternative<BipolarFormat>(inputFormat()); // here one that means 0 and 1
    const FixedFormat bit = integerFormat(1, false);
    const auto* input = is_bit ? &bit : std::get_if<FixedFormat>(&inputFormat());
    const std::int64_t exp_size = number(kExpTableSize, 1024);
    const std::int64_t inverse_size = number(kInverseTableSize, 1024);
    if (std::max(exp_size, inverse_size) > kMaximumTableSize)
        return fail(DiagnosticCode::TableTooLarge, {m_node->name, std::to_string(std::max(exp_size, inverse_size)),
                                                    std::to_string(kMaximumTableSize)});
    const bool is_legacy = attributes->implementation == SoftmaxImplementation::Legacy;
    if (!is_legacy && attributes->implementation != SoftmaxImplementation::Argmax && !checkTableSizes({exp_size, inverse_size})) return;
    const bool is_stable = attributes->implementation == SoftmaxImplementation::Stable;
    if (!input || (is_stable && fixedType(slots::kNormalisedInput).width_bits < 1))
        return fail(DiagnosticCode::SoftmaxInputTooNarrow, {m_node->name, shortName(inputFormat())});
    for (const char* slot : {slots::kAccumulator, slots::kExpTable, slots::kInverseTable, slots::kInverseInput})
        m_primitive.formats[slot] = fixedType(slot);
    if (is_legacy) {
        const FixedFormat table = fixedFormat(18, 8, true); // the configured type never reaches this form
        m_primitive.formats["table"] = table;
        m_primitive.constants["exp_table"] = m_constants.codes(
            tableKey("legacy exp", exp_size, {&table}), [&] { return softmaxLegacyExpTable(exp_size, table); });
        m_primitive.constants["inverse_table"] =
            m_constants.codes(tableKey("legacy inverse", inverse_size, {&table}),
                              [&] { return softmaxLegacyInverseTable(inverse_size, table); });
    } else if (attributes->implementation != SoftmaxImplementation::Argmax) {
        const FixedFormat address = is_stable ? fixedType(slots::kNormalisedInput) : *input;
        const FixedFormat exp = fixedType(slots::kExpTable);
        const FixedFormat inverse = fixedType(slots::kInverseTable);
        const FixedFormat sum = fixedType(slots::kInverseInput);
        m_primitive.formats["normalised_input"] = address;
        m_primitive.constants["exp_table"] =
            m_constants.codes(tableKey(is_stable ? "exp of difference" : "exp", exp_size, {&address, &exp}),
                              [&] { return softmaxExpTable(exp_size, address, is_stable, exp); });
        m_primitive.constants["inverse_table"] =
            m_constants.codes(tableKey("inverse", inverse_size, {&sum, &inverse}),
                              [&] { return softmaxInverseTable(inverse_size, sum, inverse); });
    }
    finish("softmax", std::move(attributes));
}

} // namespace bitwright::hls4ml
