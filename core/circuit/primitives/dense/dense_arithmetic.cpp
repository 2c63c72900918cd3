// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/dense/dense_arithmetic.h"

#include <algorithm>

namespace bitwright {

namespace {

int ceilLog2(std::int64_t n)
{
    int bits = 0;
    while ((std::int64_t{1} << bits) < n)
        ++bits;
    return bits;
}

/// Holds bias + n products, whatever the accumulator.
FixedFormat exactFormat(const FixedFormat& product, const FixedFormat& bias, std::int64_t n)
{
    FixedFormat sum = product;
    const int growth = ceilLog2(n) + 1;
    sum.width_bits += growth;
    sum.integer_bits += growth;
    return sumFormat(sum, bias);
}

FixedFormat accumulatorOf(const Primitive& primitive, const FixedFormat& exact)
{
    const bool is_exact = primitive.attributesAs<DenseAttributes>().strategy == Strategy::DistributedArithmetic;
    return is_exact ? exact : primitive.fixedFormat("accumulator");
}

bool isBit(const NumberFormat& format) { return storageFormat(format) == integerFormat(1, false); }

} // namespace

FixedFormat doubledFormat(const FixedFormat& format)
{
    return differenceFormat(productFormat(format, integerFormat(32)), integerFormat(32, false));
}

DenseArithmetic::DenseArithmetic(const Circuit& circuit, const Primitive& primitive)
    : product(productRule(circuit.input(primitive).format, primitive.constant("weight").format)),
      bias(storageFormat(primitive.constant("bias").format)),
      accumulator(accumulatorOf(
          primitive, exactFormat(product.format, bias, primitive.attributesAs<DenseAttributes>().n_in))),
      store_product(product.format, accumulator), store_bias(bias, accumulator),
      accumulate(sumFormat(accumulator, accumulator), accumulator),
      is_xnor_cast(isBit(circuit.input(primitive).format) && isBit(primitive.constant("weight").format)),
      casted(is_xnor_cast ? integerFormat(std::max(1, ceilLog2(primitive.attributesAs<DenseAttributes>().n_in)) + 2)
                          : accumulator),
      before_cast(is_xnor_cast ? doubledFormat(accumulator) : accumulator), store_cast(before_cast, casted),
      store_result(casted, storageFormat(circuit.output(primitive).format)),
      exact(exactFormat(product.format, bias, primitive.attributesAs<DenseAttributes>().n_in)),
      n_in(primitive.attributesAs<DenseAttributes>().n_in)
{
}

int DenseArithmetic::neededBits() const
{
    // One more bit than the product's format: 2 x w is formed before w is taken off.
    int bits = std::max({store_product.neededBits(codeBits(product.format) + 1), store_bias.neededBits(codeBits(bias)),
                         accumulate.neededBits(codeBits(accumulator) + 1), store_cast.neededBits(codeBits(before_cast)),
                         store_result.neededBits(codeBits(casted))});
    const Conversion exact_to_accumulator(exact, accumulator);
    bits = std::max(bits, exact_to_accumulator.neededBits(codeBits(exact)));
    if (is_xnor_cast) return std::max(bits, Conversion(doubledFormat(exact), casted).neededBits(codeBits(exact) + 33));
    return std::max(bits, Conversion(exact, store_result.target()).neededBits(codeBits(exact)));
}

bool DenseArithmetic::isWrappingSum() const
{
    return store_product.keepsFraction() && accumulator.overflow == Overflow::Wrap && accumulator.saturation_bits == 0;
}

std::vector<std::int64_t> accumulationOrder(const DenseAttributes& attributes)
{
    const std::int64_t n = attributes.n_in;
    const bool is_resource =
        attributes.strategy == Strategy::Resource || attributes.strategy == Strategy::ResourceUnrolled;
    const std::int64_t wanted = attributes.accumulation_step > 0 ? attributes.accumulation_step
                                : is_resource                    ? attributes.reuse_factor
                                                                 : 1;
    const bool is_strided = wanted > 1 && wanted <= n;
    const std::int64_t step = is_strided ? wanted : n;
    std::vector<std::int64_t> order;
    order.reserve(static_cast<std::size_t>(n));
    // Latency, and reuse beyond n_in, take the inputs as they come: one group of step 1.
    if (!is_strided) {
        for (std::int64_t i = 0; i < n; ++i)
            order.push_back(i);
        return order;
    }
    for (std::int64_t first = 0; first < step; ++first)
        for (std::int64_t i = first; i < n; i += step)
            order.push_back(i);
    return order;
}

} // namespace bitwright
