// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "circuit/primitives/dense/dense_arithmetic.h"
#include "circuit/primitives/dense/product_kernel.h"
#include "circuit/row_operations.h"

namespace bitwright {

namespace {

template <class Int>
struct Bounds {
    Int low{};
    Int high{};
};

/// Follows the accumulator of each output in its own order. Int is wide enough for codes and their sums.
template <class Int>
class DenseRange {
public:
    DenseRange(const DenseArithmetic& arithmetic, const Primitive& primitive)
        : m_arithmetic(arithmetic), m_weights(codesAs<Int>(primitive.constant("weight"))),
          m_biases(codesAs<Int>(primitive.constant("bias"))),
          m_attributes(primitive.attributesAs<DenseAttributes>()), m_order(accumulationOrder(m_attributes)),
          m_lowest(lowestCode<Int>(arithmetic.accumulator)), m_highest(highestCode<Int>(arithmetic.accumulator))
    {
    }

    ValueRange result(const ValueRange& input, std::int64_t rows) const
    {
        ValueRange all;
        for (std::int64_t r = 0; r < rows; ++r) {
            std::vector<Bounds<Int>> x;
            for (std::int64_t i = 0; i < m_attributes.n_in; ++i) {
                const CodeInterval& interval = input.of(static_cast<std::size_t>(r * m_attributes.n_in + i));
                x.push_back({static_cast<Int>(interval.low), static_cast<Int>(interval.high)});
            }
            for (std::int64_t j = 0; j < m_attributes.n_out; ++j)
                all.intervals.push_back(outputInterval(accumulated(x, j)));
        }
        return all;
    }

private:
    bool isInside(const Bounds<Int>& b) const { return b.low >= m_lowest && b.high <= m_highest; }
    bool clamps() const
    {
        const Overflow mode = m_arithmetic.accumulate.target().overflow;
        return mode == Overflow::Sat || mode == Overflow::SatSym;
    }

    /// The stored product's bounds; @p is_lost when a product itself may overflow in a way that has no order.
    Bounds<Int> productBounds(const Bounds<Int>& x, const Int& code, bool& is_lost) const
    {
        const Int weight = effectiveWeight(m_arithmetic.product, code);
        const Int offset = productOffset(m_arithmetic.product, code);
        Int low = (weight < 0 ? x.high : x.low) * weight + offset;
        Int high = (weight < 0 ? x.low : x.high) * weight + offset;
        const Conversion& store = m_arithmetic.store_product;
        if (m_arithmetic.isWrappingSum()) return {shiftLeft(low, -store.shift()), shiftLeft(high, -store.shift())};
        StoreEvent event = StoreEvent::None;
        low = store(low, event);
        high = store(high, event);
        is_lost = is_lost || (event != StoreEvent::None && !clamps()) || low > high;
        return {low, high};
    }

    /// The accumulator after all products. Sums that wrap may leave its range on the way and return.
    Bounds<Int> accumulated(const std::vector<Bounds<Int>>& x, std::int64_t j) const
    {
        const bool wraps = m_arithmetic.isWrappingSum();
        const Int bias = m_arithmetic.store_bias(m_biases[static_cast<std::size_t>(j)]);
        Bounds<Int> sum{bias, bias};
        bool is_lost = false;
        for (std::int64_t i : m_order) {
            const Int& code = m_weights[static_cast<std::size_t>(i * m_attributes.n_out + j)];
            const Bounds<Int> product = productBounds(x[static_cast<std::size_t>(i)], code, is_lost);
            sum = {sum.low + product.low, sum.high + product.high};
            if (wraps || isInside(sum)) continue;
            if (!clamps()) return {m_lowest, m_highest};
            sum = {std::clamp(sum.low, m_lowest, m_highest), std::clamp(sum.high, m_lowest, m_highest)};
        }
        return is_lost || !isInside(sum) ? Bounds<Int>{m_lowest, m_highest} : sum;
    }

    CodeInterval outputInterval(const Bounds<Int>& accumulator) const
    {
        CodeInterval interval{WideInt(accumulator.low), WideInt(accumulator.high)};
        if (m_arithmetic.is_xnor_cast) {
            interval = {m_arithmetic.doubled(interval.low, m_arithmetic.accumulator),
                        m_arithmetic.doubled(interval.high, m_arithmetic.accumulator)};
            interval = storedInterval(interval, m_arithmetic.store_cast);
        }
        return storedInterval(interval, m_arithmetic.store_result);
    }

    const DenseArithmetic& m_arithmetic;
    std::vector<Int> m_weights;
    std::vector<Int> m_biases;
    const DenseAttributes& m_attributes;
    std::vector<std::int64_t> m_order;
    Int m_lowest;
    Int m_highest;
};

ValueRange rangeOf(const DenseArithmetic& arithmetic, const Primitive& primitive, const ValueRange& input,
                   std::int64_t rows)
{
    return withInteger(arithmetic.neededBits(), [&]<class Int>(Int) {
        return DenseRange<Int>(arithmetic, primitive).result(input, rows);
    });
}

} // namespace

ValueRange productRowRange(const Circuit& circuit, const Primitive& primitive, const CodeInterval& input)
{
    return rangeOf(DenseArithmetic(circuit, primitive), primitive, ValueRange{{input}}, 1);
}

std::vector<ValueRange> denseRange(const Circuit& circuit, const Primitive& primitive,
                                   std::span<const ValueRange> inputs)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const bool is_uniform = inputs.front().intervals.size() == 1;
    const ValueRange row = rangeOf(DenseArithmetic(circuit, primitive), primitive, inputs.front(),
                                   is_uniform ? 1 : attributes.rows);
    if (!is_uniform || attributes.rows == 1) return {row};
    return {ValueRange{{row.hull()}}}; // all rows are alike
}

} // namespace bitwright
