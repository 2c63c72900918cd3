// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "flows/hls4ml/layers.h"
#include "flows/hls4ml/pass.h"
#include "flows/hls4ml/rules.h"
#include "flows/hls4ml/type_choice.h"

namespace bitwright {

namespace {

using namespace hls4ml;

constexpr int kGuardBits = 16; ///< fraction bits that an input keeps beyond its quantiser's steps

/// The entry that hls4ml's generator writes for a layer, told by what it becomes.
LayerSettings generated(const Layer& layer)
{
    LayerSettings settings;
    settings.formats[slots::kResult] = Auto{};
    settings.tunables[tunables::kTrace] = false;
    const std::string& type = layer.type;
    const auto holds = [&](const char* word) { return type.find(word) != std::string::npos; };
    if (type != "Input" && type != "BipolarQuant" && type != "Reshape" && type != "Transpose" && !holds("ZeroPadding")
        && type != "Resize")
        settings.tunables[tunables::kReuseFactor] = std::int64_t{1};
    if (type == "Dense" || holds("Conv") || holds("Pooling"))
        settings.formats[slots::kAccumulator] = Auto{};
    if (type == "ParametrizedActivation" || type == "PReLU")
        settings.formats[slots::kParameter] = Auto{};
    if (type == "Activation" || type == "ParametrizedActivation" || type == "PReLU" || type == "Softmax")
        settings.tunables[tunables::kTableSize] = std::int64_t{1024};
    if (type == "Softmax") {
        FixedFormat accumulator = fixedFormat(18, 8, true);
        accumulator.rounding = Rounding::Rnd;
        accumulator.overflow = Overflow::Sat;
        settings.formats[slots::kAccumulator] = NumberFormat{accumulator};
        settings.tunables[tunables::kImplementation] = std::string("stable");
        settings.tunables[tunables::kSkip] = false;
    }
    return settings;
}

/// A type for an input that only a quantiser reads: the quantiser's own where it is a type, else its range with room
/// to spare below its steps.
std::optional<FixedFormat> inputFormat(const QuantPayload& quant)
{
    if (quant.is_bipolar)
        return std::nullopt;
    if (const auto scale = impliedScale(quant)) {
        FixedFormat format = fixedFormat(quant.width_bits, quant.width_bits + exponentOf(*scale), quant.is_signed);
        format.rounding = quant.rounding;
        format.overflow = quant.is_narrow ? Overflow::SatSym : Overflow::Sat;
        return format;
    }
    double largest = 0;
    double smallest = HUGE_VAL;
    for (const double value : quant.scale->values) {
        largest = std::max(largest, std::abs(value));
        smallest = std::min(smallest, std::abs(value));
    }
    double offset = 0;
    for (const double value : quant.zero_point->values)
        offset = std::max(offset, std::abs(value));
    const double range = largest * (std::ldexp(1.0, quant.width_bits) + offset);
    const int integer = static_cast<int>(std::ceil(std::log2(range))) + 1;
    const int fraction = kGuardBits - static_cast<int>(std::floor(std::log2(smallest)));
    if (!(integer + fraction >= 1 && integer + fraction <= 62))
        return std::nullopt;
    FixedFormat format = fixedFormat(integer + fraction, integer, true);
    format.rounding = Rounding::Rnd;
    format.overflow = Overflow::Sat;
    return format;
}

/// Where every reader of an input is the same kind of quantiser, the type that serves them all.
std::optional<FixedFormat> formatForReaders(LayerGraph& graph, const LayerNode& input)
{
    std::optional<FixedFormat> common;
    for (const LayerNode* reader : graph.consumers(input.output)) {
        const auto* quant = reader->as<QuantPayload>();
        const auto format = quant ? inputFormat(*quant) : std::nullopt;
        if (!format || (common && *common != *format))
            return std::nullopt;
        common = format;
    }
    return common;
}

} // namespace

Configuration initialHls4mlConfiguration(const Model& model)
{
    Configuration configuration;
    configuration.flow = "hls4ml";
    configuration.model.formats[slots::kDefault] = NumberFormat{FixedFormat{}};
    configuration.model.tunables[tunables::kReuseFactor] = std::int64_t{1};
    configuration.model.tunables[tunables::kStrategy] = std::string("latency");
    configuration.model.unknown["BramFactor"] = "1000000000";
    configuration.model.unknown["TraceOutput"] = "false";
    for (const Layer& layer : hls4mlLayers(model, configuration))
        configuration.setLayer(layer.id, generated(layer));
    ParsedModel parsed = parseModel(model, false);
    for (std::size_t i = 0; i < parsed.graph.size(); ++i) {
        const LayerNode& node = parsed.graph.node(i);
        const auto format = node.as<InputPayload>() ? formatForReaders(parsed.graph, node) : std::nullopt;
        if (!format)
            continue;
        LayerSettings settings = configuration.layer(node.name);
        settings.formats[slots::kResult] = NumberFormat{*format};
        configuration.setLayer(node.name, std::move(settings));
    }
    return configuration;
}

} // namespace bitwright
