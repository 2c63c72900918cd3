// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/build_settings.h"

#include <algorithm>

#include "flows/hls4ml/legality.h"
#include "flows/hls4ml/tunables.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

constexpr std::int64_t kDefaultTableSize = 1024;

std::int64_t wholeNumber(const std::optional<TunableChoice>& choice, std::int64_t fallback)
{
    const auto* number = choice ? std::get_if<std::int64_t>(&*choice) : nullptr;
    return number ? *number : fallback;
}

std::string word(const std::optional<TunableChoice>& choice, const std::string& fallback)
{
    const auto* text = choice ? std::get_if<std::string>(&*choice) : nullptr;
    return text ? *text : fallback;
}

/// Convolutions have fewer strategies, and a number of pixels computed at the same time.
std::string assignImage(LayerNode& node, const ConvolutionPayload& image, std::string strategy, const TypeChooser& types)
{
    const std::vector<std::int64_t> legal = legalParallelizationFactors(image.window.outputPixels());
    const std::int64_t wanted = types.number(node, kParallelizationFactor, 1);
    node.numbers[kParallelizationFactor] = nearestReuseFactor(legal, static_cast<double>(wanted));
    if (image.isDepthwise())
        return strategy == "resource" ? strategy : "latency";
    return strategy == "resource_unrolled" && types.ioType() == IoType::Parallel ? "resource" : strategy;
}

void assignDense(LayerNode& node, const DensePayload& dense, const TypeChooser& types, Diagnostics& findings)
{
    const std::int64_t wanted = node.numbers.at(tunables::kReuseFactor);
    const std::string strategy = word(types.tunable(node, tunables::kStrategy), "latency");
    const std::int64_t cycles = wholeNumber(types.tunable(node, kTargetCycles), 0);
    const std::string possible = dense.convolution ? assignImage(node, *dense.convolution, strategy, types) : strategy;
    const std::int64_t n_in = dense.convolution ? dense.n_in * dense.convolution->groups : dense.n_in;
    BuiltStrategy built = buildStrategy(possible, wanted, cycles, n_in, dense.n_out);
    if (built.strategy == "distributed_arithmetic" && types.ioType() == IoType::Stream)
        built.strategy = "latency"; // the stream version of the layer has no adder graph
    node.variant = built.strategy;
    node.numbers[tunables::kReuseFactor] = built.reuse_factor;
    const LayerLocation where{node.origin.layer, tunables::kReuseFactor};
    if (built.strategy != strategy)
        findings.push_back({DiagnosticCode::StrategyReplaced, {node.origin.layer, strategy, built.strategy}, where});
    if (built.reuse_factor != wanted && cycles == 0)
        findings.push_back({DiagnosticCode::ReuseFactorReplaced,
                            {node.origin.layer, std::to_string(wanted), built.strategy, std::to_string(built.reuse_factor)},
                            where});
}

} // namespace

void assignBuildSettings(LayerNode& node, const TypeChooser& types, Diagnostics& findings)
{
    node.numbers[tunables::kReuseFactor] = wholeNumber(types.tunable(node, tunables::kReuseFactor), 1);
    if (const auto* dense = node.as<DensePayload>())
        assignDense(node, *dense, types, findings);
    if (node.as<ActivationPayload>())
        node.numbers[tunables::kTableSize] = types.number(node, tunables::kTableSize, kDefaultTableSize);
    if (node.as<SoftmaxPayload>())
        node.variant = word(types.attribute(node, tunables::kImplementation), "stable");
}

void assignSoftmaxTables(const LayerGraph& graph, LayerNode& node, const TypeChooser& types)
{
    if (!node.as<SoftmaxPayload>())
        return;
    const NumberFormat input = *graph.inputNode(node)->types.at(slots::kResult).format;
    const auto* fixed = std::get_if<FixedFormat>(&input);
    const bool is_inverse_decided = types.attribute(node, kInverseTableSize).has_value();
    std::int64_t size = types.number(node, tunables::kTableSize, kDefaultTableSize);
    const int address_bits = std::min(widthBits(input), widthBits(*node.types.at(slots::kInverseTable).format));
    if (!is_inverse_decided && address_bits < 62)
        size = std::min(size, std::int64_t{1} << address_bits);
    std::int64_t exp_size = types.number(node, kExpTableSize, size);
    const std::int64_t inverse_size = types.number(node, kInverseTableSize, size);
    const FixedFormat plain = fixed ? *fixed : integerFormat(1, false); // one bit means 0 and 1 here
    const int sign = plain.is_signed ? 1 : 0;
    TypeVariable normalised = types.table(
        node, slots::kNormalisedInput, fixedFormat(plain.width_bits - sign, plain.integer_bits - sign, false));
    if (node.variant == "stable" && normalised.source == SettingSource::BuiltIn && plain.is_signed
        && plain.width_bits - 1 < 62)
        exp_size = std::min(inverse_size, std::int64_t{1} << (plain.width_bits - 1));
    else if (node.variant == "stable" && normalised.source == SettingSource::BuiltIn && plain.is_signed)
        exp_size = inverse_size;
    if (!normalised.format)
        normalised = {types.modelDefault(), SettingSource::ModelDefault};
    const bool is_legacy_stream = node.variant == "legacy" && types.ioType() == IoType::Stream;
    node.types[slots::kNormalisedInput] = normalised;
    node.numbers[tunables::kTableSize] = size;
    node.numbers[kExpTableSize] = is_legacy_stream ? kDefaultTableSize : exp_size;
    node.numbers[kInverseTableSize] = is_legacy_stream ? kDefaultTableSize : inverse_size;
}

} // namespace bitwright::hls4ml
