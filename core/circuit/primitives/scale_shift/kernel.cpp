// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/scale_shift/scale_shift.h"

namespace bitwright {

namespace {

struct Formats {
    ProductRule product;
    FixedFormat bias;
    FixedFormat sum;
    Conversion store;
};

Formats formatsOf(const Circuit& circuit, const Primitive& primitive)
{
    const ProductRule product =
        productRule(circuit.input(primitive).format, primitive.constant("scale").format);
    const FixedFormat bias = storageFormat(primitive.constant("bias").format);
    const FixedFormat sum = sumFormat(product.format, bias);
    return {product, bias, sum, Conversion(sum, storageFormat(circuit.output(primitive).format))};
}

template <class Int>
struct ScaleShift {
    std::vector<Int> factor; ///< aligned to the fraction bits of the sum, as is the addend
    std::vector<Int> addend;
    Conversion store;

    ScaleShift(const Formats& formats, const Primitive& primitive) : store(formats.store)
    {
        const CodeTensor& scales = primitive.constant("scale");
        const CodeTensor& biases = primitive.constant("bias");
        const int fraction = formats.sum.fractionBits();
        const int product_shift = fraction - formats.product.format.fractionBits();
        const int bias_shift = fraction - formats.bias.fractionBits();
        for (std::size_t i = 0; i < scales.size(); ++i) {
            const auto scale = static_cast<Int>(scales.at(i));
            factor.push_back(shiftLeft(effectiveWeight(formats.product, scale), product_shift));
            addend.push_back(shiftLeft(productOffset(formats.product, scale), product_shift) +
                             shiftLeft(static_cast<Int>(biases.at(i)), bias_shift));
        }
    }
    int operands() const { return 1; }
    ElementSource source(std::int64_t element, int) const { return {0, element}; }
    Int compute(std::int64_t element, const Int& x, const Int&, Observation& seen) const
    {
        const std::size_t i = static_cast<std::size_t>(element) % factor.size();
        return storeObserved(store, Int(x * factor[i] + addend[i]), seen);
    }
};

} // namespace

std::unique_ptr<Kernel> scaleShiftKernel(const KernelRequest& request)
{
    const Formats formats = formatsOf(request.circuit, request.primitive);
    const int bits = formats.store.neededBits(codeBits(formats.sum) + 1);
    const bool is_uniform = request.primitive.constant("scale").size() == 1;
    return makeElementwise(request, bits, is_uniform, [&]<class Int>(Int) {
        return ScaleShift<Int>(formats, request.primitive);
    });
}

std::vector<ValueRange> scaleShiftRange(const Circuit& circuit, const Primitive& primitive,
                                        std::span<const ValueRange> inputs)
{
    const Formats formats = formatsOf(circuit, primitive);
    const ScaleShift<WideInt> function(formats, primitive);
    const std::int64_t elements = elementCount(circuit.input(primitive).shape).value_or(0);
    const bool is_uniform = inputs.front().intervals.size() == 1;
    const std::size_t count = is_uniform ? function.factor.size() : static_cast<std::size_t>(elements);
    ValueRange result;
    for (std::size_t e = 0; e < count; ++e) {
        const std::size_t i = e % function.factor.size();
        CodeInterval exact =
            productInterval(inputs.front().of(e), {function.factor[i], function.factor[i]});
        exact.low += function.addend[i];
        exact.high += function.addend[i];
        result.intervals.push_back(storedInterval(exact, formats.store));
    }
    if (static_cast<std::int64_t>(count) != elements) return {ValueRange{{result.hull()}}};
    return {result};
}

} // namespace bitwright
