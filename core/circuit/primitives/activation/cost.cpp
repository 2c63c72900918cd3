// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/activation/activation.h"

#include <algorithm>

#include "circuit/cost_laws/circuit_facts.h"

namespace bitwright {
namespace {

// Measured classes of functions; the narrowing of the result decides more than the function does.
std::string_view regimeOf(ActivationFunction function, Narrowing narrowing)
{
    switch (function) {
    case ActivationFunction::Linear:
        return narrowing == Narrowing::Rounding ? "relu_round" : "linear";
    case ActivationFunction::LeakyRelu:
        return "leaky_relu";
    case ActivationFunction::Prelu:
        return "prelu";
    case ActivationFunction::HardSigmoid:
    case ActivationFunction::HardTanh:
        return "hard_activ";
    case ActivationFunction::BinaryTanh:
    case ActivationFunction::TernaryTanh:
        return "sign";
    case ActivationFunction::Relu:
    case ActivationFunction::Relu1:
    case ActivationFunction::Relu6:
    case ActivationFunction::ThresholdedRelu:
        break;
    }
    if (narrowing == Narrowing::Rounding) return "relu_round";
    return narrowing == Narrowing::Truncation ? "relu_truncate" : "relu";
}

// Outputs of sparse products have bits that never change.
double liveShareAfter(const Circuit& circuit, const CircuitValue& value, const CostProfile& profile)
{
    if (value.producer < 0) return 1;
    const Primitive& producer = circuit.primitives[static_cast<std::size_t>(value.producer)];
    if (!producer.hasConstant(slots::kWeight)) return 1;
    const CodeTensor& weight = producer.constant(slots::kWeight);
    if (weight.isWide() || weight.shape.empty() || std::holds_alternative<BipolarFormat>(weight.format)) return 1;
    const auto zeros = std::count(weight.codes.begin(), weight.codes.end(), std::int64_t{0});
    const double nonzero = static_cast<double>(static_cast<std::ptrdiff_t>(weight.codes.size()) - zeros);
    return liveShare(nonzero / static_cast<double>(std::max<std::int64_t>(1, weight.shape.back())), profile);
}

} // namespace

Cost activationCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const CircuitValue& input = circuit.input(primitive);
    const CircuitValue& output = circuit.output(primitive);
    ElementwiseFacts facts = elementwiseFacts(input, output);
    facts.kernel = "activation";
    facts.regime = regimeOf(primitive.attributesAs<ActivationAttributes>().function,
                            narrowingBetween(input.format, output.format));
    facts.live_share = liveShareAfter(circuit, input, profile);
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
