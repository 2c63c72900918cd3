// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "circuit/operands.h"
#include "circuit/primitives/threshold/threshold.h"
#include "circuit/vector_form.h"

namespace bitwright {

/// x >= t is 1 + clamp(x - t, -1, 0) on codes of equal fraction bits.
std::optional<VectorForm> thresholdVectorForm(const Circuit& circuit, const Primitive& primitive,
                                              std::span<const ValueRange>)
{
    if (primitive.attributesAs<ThresholdAttributes>().is_ternary) return std::nullopt;
    const CodeTensor& threshold = primitive.constant("threshold");
    const FixedFormat data = storageFormat(circuit.input(primitive).format);
    const FixedFormat limit = storageFormat(threshold.format);
    // Mixed signs at 32 bits and more compare as C does, which is not this.
    if (data.is_signed != limit.is_signed && comparisonBits(data, limit) >= 32) return std::nullopt;
    const auto codes = narrowCodes(threshold);
    const int fraction = std::max(data.fractionBits(), limit.fractionBits());
    const int limit_shift = fraction - limit.fractionBits();
    const Conversion conversion(integerFormat(1, false), storageFormat(circuit.output(primitive).format));
    const auto store = storeStep(conversion, {0, 1});
    if (!codes || limit_shift > 20 || !store) return std::nullopt;

    kernels::ElementStep compare;
    compare.product_shift_left = fraction - data.fractionBits();
    for (const std::int64_t code : *codes)
        compare.addend.push_back(-(code * (std::int64_t{1} << limit_shift)));
    compare.store.bound = kernels::StoreStep::Bound::Clamp;
    compare.store.low = -1;
    compare.store.high = 0;
    kernels::ElementStep verdict;
    verdict.addend = {1};
    verdict.store = *store;
    return VectorForm(ElementForm{{std::move(compare), std::move(verdict)}});
}

} // namespace bitwright
