// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/activation/activation.h"

namespace bitwright {

std::string_view activationName(ActivationFunction function)
{
    switch (function) {
    case ActivationFunction::Linear: return "linear";
    case ActivationFunction::Relu: return "relu";
    case ActivationFunction::Relu1: return "relu1";
    case ActivationFunction::Relu6: return "relu6";
    case ActivationFunction::LeakyRelu: return "leaky_relu";
    case ActivationFunction::Prelu: return "prelu";
    case ActivationFunction::ThresholdedRelu: return "thresholded_relu";
    case ActivationFunction::BinaryTanh: return "binary_tanh";
    case ActivationFunction::TernaryTanh: return "ternary_tanh";
    case ActivationFunction::HardSigmoid: return "hard_sigmoid";
    case ActivationFunction::HardTanh: return "hard_tanh";
    }
    return "";
}

void ActivationAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(function).add(reuse_factor);
}

const PrimitiveDescriptor& activationPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "activation",
        .title = "Activation",
        .emulate = activationKernel,
        .vector_form = activationVectorForm,
        .range = activationRange,
        .cost = activationCost,
        .hls = activationHls,
    };
    return kDescriptor;
}

} // namespace bitwright
