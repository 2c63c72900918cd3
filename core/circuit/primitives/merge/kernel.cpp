// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/merge/merge.h"

namespace bitwright {

namespace {

/// The exact result before it is stored, and how far operands move to line up.
struct Formats {
    FixedFormat a;
    FixedFormat b;
    FixedFormat exact;
    int shift_a = 0;
    int shift_b = 0;
    FixedFormat out;
};

FixedFormat quotientFormat(const FixedFormat& a, const FixedFormat& b)
{
    const int sign = b.is_signed ? 1 : 0;
    FixedFormat result;
    result.width_bits = a.width_bits + std::max(b.fractionBits(), 0) + sign;
    result.integer_bits = a.integer_bits + b.fractionBits() + sign;
    result.is_signed = a.is_signed || b.is_signed;
    result.family = a.family == b.family ? a.family : FixedFamily::Fixed;
    return result;
}

Formats formatsOf(const Circuit& circuit, const Primitive& primitive)
{
    const MergeOperation operation = primitive.attributesAs<MergeAttributes>().operation;
    Formats f{.a = storageFormat(circuit.input(primitive, 0).format),
              .b = storageFormat(circuit.input(primitive, 1).format),
              .out = storageFormat(circuit.output(primitive).format)};
    f.exact = operation == MergeOperation::Subtract ? differenceFormat(f.a, f.b) : sumFormat(f.a, f.b);
    f.shift_a = f.exact.fractionBits() - f.a.fractionBits();
    f.shift_b = f.exact.fractionBits() - f.b.fractionBits();
    if (operation == MergeOperation::Average) // times ap_ufixed<1,0>(0.5), whose code is 1
        f.exact = productFormat(f.exact, {.width_bits = 1, .integer_bits = 0, .is_signed = false});
    if (operation == MergeOperation::Multiply) f.exact = productFormat(f.a, f.b);
    if (operation == MergeOperation::Divide) {
        f.exact = quotientFormat(f.a, f.b);
        f.shift_a = std::max(f.b.fractionBits(), 0);
    }
    return f;
}

template <class Int>
struct Merge {
    const MergeAttributes attributes;
    Formats formats;
    Conversion store;  ///< of the exact result
    Conversion store_a;
    Conversion store_b;

    Merge(const MergeAttributes& from, const Formats& f)
        : attributes(from), formats(f), store(f.exact, f.out), store_a(f.a, f.out), store_b(f.b, f.out)
    {
    }
    int operands() const { return 2; }
    ElementSource source(std::int64_t element, int operand) const
    {
        const auto& index = operand == 0 ? attributes.index_a : attributes.index_b;
        return {static_cast<std::size_t>(operand),
                index.empty() ? element : index[static_cast<std::size_t>(element)]};
    }
    Int exact(const Int& a, const Int& b) const
    {
        switch (attributes.operation) {
        case MergeOperation::Multiply: return a * b;
        // A divider's answer to 0 is undefined; 0 here.
        case MergeOperation::Divide: return b == 0 ? Int(0) : Int(shiftLeft(a, formats.shift_a) / b);
        case MergeOperation::Subtract:
            return shiftLeft(a, formats.shift_a) - shiftLeft(b, formats.shift_b);
        default: return shiftLeft(a, formats.shift_a) + shiftLeft(b, formats.shift_b);
        }
    }
    Int compute(std::int64_t, const Int& a, const Int& b, Observation& seen) const
    {
        const MergeOperation operation = attributes.operation;
        if (operation != MergeOperation::Maximum && operation != MergeOperation::Minimum)
            return storeObserved(store, exact(a, b), seen);
        const int order = compareCodes(a, formats.a, b, formats.b);
        const bool is_first = operation == MergeOperation::Maximum ? order > 0 : order < 0;
        return is_first ? storeObserved(store_a, a, seen) : storeObserved(store_b, b, seen);
    }
};

template <class Int>
CodeInterval exactInterval(const Merge<Int>& merge, const CodeInterval& a, const CodeInterval& b)
{
    switch (merge.attributes.operation) {
    case MergeOperation::Multiply: return productInterval(a, b);
    case MergeOperation::Divide: {
        // |a / b| is largest for the smallest divisor, one step.
        const WideInt bound = std::max(WideInt(abs(a.low)), WideInt(abs(a.high))) << merge.formats.shift_a;
        return {-bound, bound};
    }
    case MergeOperation::Subtract: return {merge.exact(a.low, b.high), merge.exact(a.high, b.low)};
    default: return {merge.exact(a.low, b.low), merge.exact(a.high, b.high)};
    }
}

} // namespace

std::unique_ptr<Kernel> mergeKernel(const KernelRequest& request)
{
    const Formats formats = formatsOf(request.circuit, request.primitive);
    const auto& attributes = request.primitive.attributesAs<MergeAttributes>();
    const Merge<WideInt> any(attributes, formats);
    int bits = any.store.neededBits(codeBits(formats.exact) + 1);
    bits = std::max(bits, any.store_a.neededBits(codeBits(formats.a)));
    bits = std::max(bits, any.store_b.neededBits(codeBits(formats.b)));
    bits = std::max(bits, comparisonBits(formats.a, formats.b));
    return makeElementwise(request, bits, false, [&]<class Int>(Int) { return Merge<Int>(attributes, formats); });
}

std::vector<ValueRange> mergeRange(const Circuit& circuit, const Primitive& primitive,
                                   std::span<const ValueRange> inputs)
{
    const Formats formats = formatsOf(circuit, primitive);
    const Merge<WideInt> merge(primitive.attributesAs<MergeAttributes>(), formats);
    const std::int64_t elements = elementCount(circuit.output(primitive).shape).value_or(0);
    const MergeOperation operation = merge.attributes.operation;
    const bool is_choice = operation == MergeOperation::Maximum || operation == MergeOperation::Minimum;
    ValueRange result;
    for (std::int64_t e = 0; e < elements; ++e) {
        const CodeInterval& a = inputs[0].of(static_cast<std::size_t>(merge.source(e, 0).element));
        const CodeInterval& b = inputs[1].of(static_cast<std::size_t>(merge.source(e, 1).element));
        result.intervals.push_back(is_choice
                                       ? hullOf(storedInterval(a, merge.store_a), storedInterval(b, merge.store_b))
                                       : storedInterval(exactInterval(merge, a, b), merge.store));
    }
    return {result};
}

} // namespace bitwright
