// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/pooling/pooling_arithmetic.h"

namespace bitwright {

namespace {

FixedFormat exactFormat(const FixedFormat& term, std::int64_t terms)
{
    FixedFormat sum = term;
    sum.rounding = Rounding::Trn;
    sum.overflow = Overflow::Wrap;
    sum.saturation_bits = 0;
    for (std::int64_t reach = 1; reach < terms; reach *= 2) {
        ++sum.width_bits;
        ++sum.integer_bits;
    }
    return sum;
}

} // namespace

std::string_view poolingName(PoolingOperation operation)
{
    return operation == PoolingOperation::Maximum ? "maximum" : "average";
}

void PoolingAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(operation).add(is_global).add(reuse_factor);
    window.hashInto(hasher);
}

PoolingArithmetic::PoolingArithmetic(const Circuit& circuit, const Primitive& primitive)
    : in(storageFormat(circuit.input(primitive).format)), accumulator(storageFormat(primitive.formats.at("accumulator"))),
      sum(sumFormat(accumulator, accumulator)), exact(exactFormat(in, primitive.attributesAs<PoolingAttributes>().window.taps())),
      load(in, accumulator), accumulate(sum, accumulator),
      store_result(accumulator, storageFormat(circuit.output(primitive).format))
{
    const auto& attributes = primitive.attributesAs<PoolingAttributes>();
    is_maximum = attributes.operation == PoolingOperation::Maximum;
    is_stream = circuit.input(primitive).transport.kind == IoType::Stream;
    is_tree = is_stream && !attributes.is_global;
    divides_as_unsigned = !is_tree && accumulator.family == FixedFamily::Integer && accumulator.is_signed &&
                          accumulator.width_bits <= 33;
    if (is_stream) return;
    sum = sumFormat(accumulator, in);
    accumulate = Conversion(sum, accumulator);
}

int PoolingArithmetic::neededBits() const
{
    const Conversion exact_to_accumulator(exact, accumulator);
    return std::max({load.neededBits(codeBits(in) + 1), accumulate.neededBits(codeBits(sum)),
                     store_result.neededBits(codeBits(accumulator)), exact_to_accumulator.neededBits(codeBits(exact)),
                     divides_as_unsigned ? 36 : 0});
}

std::vector<ValueRange> poolingRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs)
{
    const PoolingArithmetic arithmetic(circuit, primitive);
    const ImageWindow& window = primitive.attributesAs<PoolingAttributes>().window;
    CodeInterval terms = inputs.front().hull();
    if (window.reachesPadding()) {
        const auto padding = arithmetic.paddingCode<WideInt>();
        terms = hullOf(terms, {padding, padding});
    }
    if (arithmetic.is_maximum)
        return {ValueRange{{storedInterval(storedInterval(terms, arithmetic.load), arithmetic.store_result)}}};
    // An average lies among its terms where no sum on the way can leave the accumulator.
    const auto count = static_cast<WideInt>(window.taps());
    const WideInt zero = 0;
    const CodeInterval sums{std::min(zero, WideInt(terms.low * count)), std::max(zero, WideInt(terms.high * count))};
    StoreEvent event = StoreEvent::None;
    const WideInt low = arithmetic.load(sums.low, event);
    const WideInt high = arithmetic.load(sums.high, event);
    const bool is_exact = event == StoreEvent::None && arithmetic.load.keepsFraction() && !arithmetic.divides_as_unsigned;
    const CodeInterval averages = is_exact ? CodeInterval{low / count, high / count}
                                           : formatInterval(NumberFormat(arithmetic.accumulator));
    return {ValueRange{{storedInterval(averages, arithmetic.store_result)}}};
}

const PrimitiveDescriptor& poolingPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "pooling",
        .title = "Pooling",
        .emulate = poolingKernel,
        .vector_form = NotSupported{"Windows are compared and added by the exact kernel."},
        .range = poolingRange,
        .cost = poolingCost,
        .hls = poolingHls,
    };
    return kDescriptor;
}

} // namespace bitwright
