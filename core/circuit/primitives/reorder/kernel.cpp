// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/reorder/reorder.h"

namespace bitwright {

namespace {

std::vector<Conversion> conversionsOf(const Circuit& circuit, const Primitive& primitive)
{
    const FixedFormat to = storageFormat(circuit.output(primitive).format);
    std::vector<Conversion> conversions;
    for (std::size_t i = 0; i < primitive.inputs.size(); ++i)
        conversions.emplace_back(storageFormat(circuit.input(primitive, i).format), to);
    return conversions;
}

ElementSource sourceOf(const ReorderAttributes& attributes, std::int64_t element)
{
    const auto i = static_cast<std::size_t>(element);
    return {attributes.source.empty() ? 0 : static_cast<std::size_t>(attributes.source[i]),
            attributes.element.empty() ? element : attributes.element[i]};
}

template <class Int>
struct Reorder {
    const ReorderAttributes attributes;
    std::vector<Conversion> conversions;

    int operands() const { return 1; }
    ElementSource source(std::int64_t element, int) const { return sourceOf(attributes, element); }
    Int compute(std::int64_t element, const Int& x, const Int&, Observation& seen) const
    {
        return storeObserved(conversions[source(element, 0).input], x, seen);
    }
};

} // namespace

std::unique_ptr<Kernel> reorderKernel(const KernelRequest& request)
{
    const std::vector<Conversion> conversions = conversionsOf(request.circuit, request.primitive);
    int bits = 0;
    for (std::size_t i = 0; i < conversions.size(); ++i) {
        const FixedFormat from = storageFormat(request.circuit.input(request.primitive, i).format);
        bits = std::max(bits, conversions[i].neededBits(codeBits(from)));
    }
    const auto& attributes = request.primitive.attributesAs<ReorderAttributes>();
    return makeElementwise(request, bits, false,
                           [&]<class Int>(Int) { return Reorder<Int>{attributes, conversions}; });
}

std::vector<ValueRange> reorderRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs)
{
    const std::vector<Conversion> conversions = conversionsOf(circuit, primitive);
    const auto& attributes = primitive.attributesAs<ReorderAttributes>();
    const std::int64_t elements = elementCount(circuit.output(primitive).shape).value_or(0);
    ValueRange result;
    for (std::int64_t e = 0; e < elements; ++e) {
        const ElementSource from = sourceOf(attributes, e);
        result.intervals.push_back(storedInterval(inputs[from.input].of(static_cast<std::size_t>(from.element)),
                                                  conversions[from.input]));
    }
    return {result};
}

} // namespace bitwright
