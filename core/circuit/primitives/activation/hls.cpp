// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/activation/activation.h"

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

namespace {

/// The call of the function of `bw_activation.h`, and whether it depends on the element's index.
struct ElementCall {
    std::string text;
    bool uses_index = false;
};

ElementCall withParameter(HlsConfiguration& config, const Primitive& primitive, std::string_view function)
{
    const auto count = static_cast<std::int64_t>(primitive.constant("parameter").size());
    const std::string index = HlsConfiguration::periodicIndex(count, config.outputSize());
    return {fmt::format("bw::{}<Output>(x, {})", function, config.constant("parameter", index)), index != "0"};
}

/// Slope and shift are the two entries of "parameter"; the shift is stored in the format of slot "shift".
ElementCall hardFunction(HlsConfiguration& config, const Primitive& primitive, std::string_view function)
{
    const std::string slope = config.constant("parameter", "0");
    auto shift = std::make_shared<CodeTensor>();
    const CodeTensor& both = primitive.constant("parameter");
    shift->shape = {1};
    shift->format = primitive.formats.at("shift");
    if (both.isWide()) shift->wide_codes = {both.wide_codes[1]};
    else shift->codes = {both.codes[1]};
    config.type("shift_t", shift->format);
    const std::string array = config.array("shift", shift);
    return {fmt::format("bw::{}<Output>(x, {}, bw::constant<shift_t>({}, 0))", function, slope, array)};
}

ElementCall elementCall(HlsConfiguration& config, const Circuit& circuit, const Primitive& primitive)
{
    switch (primitive.attributesAs<ActivationAttributes>().function) {
    case ActivationFunction::Linear: return {"bw::linear<Output>(x)"};
    case ActivationFunction::Relu: return {"bw::relu<Output>(x)"};
    case ActivationFunction::Relu1: return {"bw::relu_clipped<Output, 1>(x)"};
    case ActivationFunction::Relu6: return {"bw::relu_clipped<Output, 6>(x)"};
    case ActivationFunction::LeakyRelu:
    case ActivationFunction::Prelu: return withParameter(config, primitive, "leaky_relu");
    case ActivationFunction::ThresholdedRelu: return withParameter(config, primitive, "thresholded_relu");
    case ActivationFunction::BinaryTanh:
        return {storageFormat(circuit.output(primitive).format) == integerFormat(1, false)
                    ? "bw::binary_step<Output>(x)"
                    : "bw::binary_tanh<Output>(x)"};
    case ActivationFunction::TernaryTanh:
        return {circuit.input(primitive).transport.kind == IoType::Stream ? "bw::ternary_tanh<Output>(x)"
                                                                          : "bw::ternary_tanh_of_double<Output>(x)"};
    case ActivationFunction::HardSigmoid: return hardFunction(config, primitive, "hard_sigmoid");
    case ActivationFunction::HardTanh: break;
    }
    return hardFunction(config, primitive, "hard_tanh");
}

} // namespace

Result<HlsFragment> activationHls(const Circuit& circuit, const Primitive& primitive)
{
    HlsConfiguration config(circuit, primitive);
    config.header("bw_activation.h");
    const ElementCall call = elementCall(config, circuit, primitive);
    config.apply(call.text, call.uses_index);
    return finishElementwise(config, primitive.attributesAs<ActivationAttributes>().reuse_factor);
}

} // namespace bitwright
