// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/activation/activation.h"

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

} // namespace

Cost activationCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile)
{
    const CircuitValue& input = circuit.input(primitive);
    const CircuitValue& output = circuit.output(primitive);
    ElementwiseFacts facts = elementwiseFacts(input, output);
    facts.kernel = "activation";
    facts.regime = regimeOf(primitive.attributesAs<ActivationAttributes>().function,
                            narrowingBetween(input.format, output.format));
    if (const double density = nonzeroPerOutputBefore(circuit, input); density >= 0)
        facts.live_share = liveShare(density, profile);
    return elementwiseCost(facts, profile);
}

} // namespace bitwright
