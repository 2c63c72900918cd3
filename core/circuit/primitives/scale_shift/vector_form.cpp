// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "circuit/operands.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "circuit/vector_form.h"

namespace bitwright {

std::optional<VectorForm> scaleShiftVectorForm(const Circuit& circuit, const Primitive& primitive,
                                               std::span<const ValueRange>)
{
    const auto scales = narrowCodes(primitive.constant("scale"));
    const auto biases = narrowCodes(primitive.constant("bias"));
    if (!scales || !biases) return std::nullopt;
    const ProductRule product =
        productRule(circuit.input(primitive).format, primitive.constant("scale").format);
    const FixedFormat bias = storageFormat(primitive.constant("bias").format);
    const FixedFormat sum = sumFormat(product.format, bias);
    const int product_shift = sum.fractionBits() - product.format.fractionBits();
    const int bias_shift = sum.fractionBits() - bias.fractionBits();
    const auto store = storeStep(Conversion(sum, storageFormat(circuit.output(primitive).format)));
    if (!store || product_shift > 20 || bias_shift > 20) return std::nullopt;

    kernels::ElementStep step;
    step.product_shift_left = product_shift;
    step.store = *store;
    for (std::size_t i = 0; i < scales->size(); ++i) {
        const std::int64_t scale = (*scales)[i];
        step.multiplier.push_back(effectiveWeight(product, scale));
        step.addend.push_back(productOffset(product, scale) * (std::int64_t{1} << product_shift) +
                              (*biases)[i] * (std::int64_t{1} << bias_shift));
    }
    const auto all = [](const std::vector<std::int64_t>& values, std::int64_t value) {
        return std::all_of(values.begin(), values.end(), [value](std::int64_t v) { return v == value; });
    };
    if (all(step.multiplier, 1)) step.multiplier.clear();
    if (all(step.addend, 0)) step.addend.clear();
    return VectorForm(ElementForm{{std::move(step)}});
}

} // namespace bitwright
