// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "circuit/primitives/dense/dense_arithmetic.h"
#include "circuit/primitives/dense/product_kernel.h"
#include "circuit/vector_form.h"

namespace bitwright {

namespace {

using kernels::ElementStep;
using kernels::LaneRange;

/// Bounds of the sums of products, at the product's fraction bits, offsets included.
struct SumBounds {
    Int128 low = 0;         ///< of whole sums
    Int128 high = 0;
    Int128 lowest_part = 0; ///< of any subset of the terms, in whatever order they are added
    Int128 highest_part = 0;
};

/// The layer's operands, rewritten so that a product is x * weight + offset.
struct Operands {
    std::vector<std::int64_t> weights; ///< [n_in, n_out]
    std::vector<std::int64_t> offset;  ///< [n_out], summed over the inputs
    std::vector<std::int64_t> bias;    ///< [n_out], in the accumulator's format
    bool has_offsets = false;
};

std::optional<Operands> operandsOf(const DenseArithmetic& arithmetic, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const auto weights = narrowCodes(primitive.constant("weight"));
    const auto biases = narrowCodes(primitive.constant("bias"));
    if (!weights || !biases || arithmetic.store_bias.neededBits(42) > 64) return std::nullopt;
    Operands operands;
    const ProductRule& rule = arithmetic.product;
    operands.has_offsets = rule.is_data_sign || rule.is_equality;
    operands.offset.assign(static_cast<std::size_t>(attributes.n_out), 0);
    operands.weights.reserve(weights->size());
    for (std::size_t i = 0; i < weights->size(); ++i) {
        const std::int64_t code = (*weights)[i];
        operands.weights.push_back(effectiveWeight(rule, code));
        operands.offset[i % operands.offset.size()] += productOffset(rule, code);
    }
    for (const std::int64_t code : *biases)
        operands.bias.push_back(arithmetic.store_bias(code));
    return operands;
}

SumBounds boundsOf(const Operands& operands, LaneRange x)
{
    SumBounds bounds;
    const std::size_t n_out = operands.offset.size();
    for (std::size_t j = 0; j < n_out; ++j) {
        SumBounds sum{operands.offset[j], operands.offset[j], 0, 0};
        for (std::size_t i = j; i < operands.weights.size(); i += n_out) {
            const Int128 w = operands.weights[i];
            const Int128 low = std::min(w * x.low, w * x.high);
            const Int128 high = std::max(w * x.low, w * x.high);
            sum.low += low;
            sum.high += high;
            sum.lowest_part += std::min<Int128>(low, 0);
            sum.highest_part += std::max<Int128>(high, 0);
        }
        if (j == 0) bounds = sum;
        bounds = {std::min(bounds.low, sum.low), std::max(bounds.high, sum.high),
                  std::min(bounds.lowest_part, sum.lowest_part), std::max(bounds.highest_part, sum.highest_part)};
    }
    return bounds;
}

std::optional<LaneRange> formatRange(const FixedFormat& format)
{
    if (format.width_bits > 62) return std::nullopt;
    return LaneRange{lowestCode<std::int64_t>(format), highestCode<std::int64_t>(format)};
}

/// Whether no partial sum can leave the accumulator: then its overflow mode and the order are without effect.
bool neverOverflows(const DenseArithmetic& arithmetic, const Operands& operands, const SumBounds& bounds)
{
    const std::optional<LaneRange> accumulator = formatRange(arithmetic.accumulator);
    const int shift = -arithmetic.store_product.shift();
    if (!accumulator || operands.has_offsets || shift < 0 || shift > 60) return false;
    const auto [low_bias, high_bias] = std::minmax_element(operands.bias.begin(), operands.bias.end());
    const Int128 unit = Int128(1) << shift;
    return *low_bias + bounds.lowest_part * unit >= accumulator->low &&
           *high_bias + bounds.highest_part * unit <= accumulator->high;
}

/// Sums are exact; the first step brings them into the accumulator.
bool describeFreeSum(const DenseArithmetic& arithmetic, Operands& operands, bool is_proved, DenseForm& form)
{
    const int shift = -arithmetic.store_product.shift();
    ElementStep step;
    step.product_shift_left = shift;
    form.bias = std::move(operands.offset);
    if (shift == 0) {
        for (std::size_t j = 0; j < form.bias.size(); ++j)
            form.bias[j] += operands.bias[j];
    } else {
        step.addend = operands.bias;
    }
    if (!is_proved) {
        const auto wrap = kernels::makeStore(arithmetic.accumulator.fractionBits(), arithmetic.accumulator);
        if (!wrap) return false;
        step.store = *wrap;
    }
    form.chain.push_back(std::move(step));
    return true;
}

/// Products or sums are stored as they come.
bool describeOrderedSum(const DenseArithmetic& arithmetic, const Operands& operands,
                        const DenseAttributes& attributes, DenseForm& form)
{
    const auto product = storeStep(arithmetic.store_product);
    if (operands.has_offsets || !product) return false;
    form.is_ordered = true;
    form.product = *product;
    form.bias = operands.bias;
    for (const std::int64_t i : accumulationOrder(attributes))
        form.order.push_back(static_cast<std::int32_t>(i));
    const auto sum = storeStep(arithmetic.accumulate);
    if (!sum) return false;
    if (sum->bound == kernels::StoreStep::Bound::Wrap) {
        ElementStep wrap; // wrapping once at the end is the same
        wrap.store = *sum;
        form.chain.push_back(std::move(wrap));
    } else {
        form.sum = sum;
    }
    return true;
}

/// From the accumulator to the result, through the XNOR product's own integer where there is one.
bool describeResult(const DenseArithmetic& arithmetic, DenseForm& form)
{
    const int fraction = arithmetic.accumulator.fractionBits();
    if (arithmetic.is_xnor_cast) {
        const auto cast = storeStep(arithmetic.store_cast);
        if (!cast || fraction < 0 || fraction > 30) return false;
        ElementStep step;
        step.multiplier = {2};
        step.addend = {-(arithmetic.n_in << fraction)};
        step.store = *cast;
        form.chain.push_back(std::move(step));
    }
    const std::optional<LaneRange> codes = formatRange(arithmetic.casted);
    const auto store =
        codes ? storeStep(arithmetic.store_result, *codes) : storeStep(arithmetic.store_result);
    if (!store) return false;
    ElementStep result;
    result.store = *store;
    form.chain.push_back(std::move(result));
    return true;
}

} // namespace

std::optional<DenseForm> productForm(const Circuit& circuit, const Primitive& primitive, const ValueRange& input)
{
    const DenseArithmetic arithmetic(circuit, primitive);
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const std::optional<LaneRange> x = laneRange(input);
    std::optional<Operands> operands = operandsOf(arithmetic, primitive);
    if (!x || !operands) return std::nullopt;

    DenseForm form;
    form.n_in = attributes.n_in;
    form.n_out = attributes.n_out;
    const SumBounds bounds = boundsOf(*operands, *x);
    const bool is_proved =
        arithmetic.store_product.keepsFraction() && neverOverflows(arithmetic, *operands, bounds);
    const bool is_free = is_proved || (arithmetic.isWrappingSum() && arithmetic.store_product.shift() >= -60);
    const bool is_described = is_free ? describeFreeSum(arithmetic, *operands, is_proved, form)
                                      : describeOrderedSum(arithmetic, *operands, attributes, form);
    if (!is_described || !describeResult(arithmetic, form)) return std::nullopt;
    form.weights = std::move(operands->weights);
    return form;
}

std::optional<VectorForm> denseVectorForm(const Circuit& circuit, const Primitive& primitive,
                                          std::span<const ValueRange> inputs)
{
    std::optional<DenseForm> form = productForm(circuit, primitive, inputs.front());
    if (!form) return std::nullopt;
    form->rows = primitive.attributesAs<DenseAttributes>().rows;
    return VectorForm(*std::move(form));
}

} // namespace bitwright
