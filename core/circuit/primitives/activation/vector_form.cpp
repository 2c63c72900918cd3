// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/operands.h"
#include "circuit/primitives/activation/activation.h"
#include "circuit/vector_form.h"

namespace bitwright {

std::optional<VectorForm> activationVectorForm(const Circuit& circuit, const Primitive& primitive,
                                               std::span<const ValueRange> inputs)
{
    const ActivationFunction function = primitive.attributesAs<ActivationAttributes>().function;
    if (function != ActivationFunction::Linear && function != ActivationFunction::Relu) return std::nullopt;
    const auto range = laneRange(inputs.front());
    if (!range) return std::nullopt;
    const Conversion conversion(storageFormat(circuit.input(primitive).format),
                                storageFormat(circuit.output(primitive).format));
    const auto store = storeStep(conversion, *range);
    if (!store) return std::nullopt;
    kernels::ElementStep step;
    step.drops_negative = function == ActivationFunction::Relu;
    step.store = *store;
    return VectorForm(ElementForm{{std::move(step)}});
}

} // namespace bitwright
