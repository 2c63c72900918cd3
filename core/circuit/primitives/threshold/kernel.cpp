// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/threshold/threshold.h"

namespace bitwright {

namespace {

/// What the comparisons give before it is stored: one bit, or an `ap_int<2>`.
FixedFormat verdictFormat(bool is_ternary) { return is_ternary ? integerFormat(2) : integerFormat(1, false); }

template <class Int>
struct Threshold {
    FixedFormat data;
    FixedFormat limit;
    std::vector<Int> low;
    std::vector<Int> high; ///< empty for the binary form
    Conversion store;

    int operands() const { return 1; }
    ElementSource source(std::int64_t element, int) const { return {0, element}; }
    Int compute(std::int64_t element, const Int& x, const Int&, Observation& seen) const
    {
        const std::size_t i = static_cast<std::size_t>(element) % low.size();
        const int below = compareCodes(x, data, low[i], limit);
        if (high.empty()) return storeObserved(store, Int(below >= 0 ? 1 : 0), seen);
        if (compareCodes(x, data, high[i], limit) > 0) return storeObserved(store, Int(1), seen);
        return storeObserved(store, Int(below <= 0 ? -1 : 0), seen);
    }
};

} // namespace

std::unique_ptr<Kernel> thresholdKernel(const KernelRequest& request)
{
    const Primitive& primitive = request.primitive;
    const bool is_ternary = primitive.attributesAs<ThresholdAttributes>().is_ternary;
    const CodeTensor& low = primitive.constant(is_ternary ? "low" : "threshold");
    const FixedFormat data = storageFormat(request.circuit.input(primitive).format);
    const FixedFormat limit = storageFormat(low.format);
    const Conversion store(verdictFormat(is_ternary), storageFormat(request.circuit.output(primitive).format));
    const int bits = std::max(comparisonBits(data, limit), store.neededBits(2));
    return makeElementwise(request, bits, low.size() == 1, [&]<class Int>(Int) {
        std::vector<Int> high;
        if (is_ternary) high = codesAs<Int>(primitive.constant("high"));
        return Threshold<Int>{data, limit, codesAs<Int>(low), std::move(high), store};
    });
}

std::vector<ValueRange> thresholdRange(const Circuit& circuit, const Primitive& primitive,
                                       std::span<const ValueRange>)
{
    const bool is_ternary = primitive.attributesAs<ThresholdAttributes>().is_ternary;
    const Conversion store(verdictFormat(is_ternary), storageFormat(circuit.output(primitive).format));
    return {ValueRange{{storedInterval({is_ternary ? -1 : 0, 1}, store)}}};
}

} // namespace bitwright
