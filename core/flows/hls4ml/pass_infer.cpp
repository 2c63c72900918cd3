// SPDX-License-Identifier: GPL-3.0-or-later
// The types that 'auto' stands for (hls4ml reference, section 3.2). Inferred types truncate and wrap.
#include "flows/hls4ml/pass.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitwright::hls4ml {

namespace {

const FixedFormat* fixedOf(const TypeVariable& type)
{
    return type.format ? std::get_if<FixedFormat>(&*type.format) : nullptr;
}

class Inference {
public:
    Inference(PassContext& context, LayerNode& node) : m_context(context), m_types(*context.types), m_node(node) {}

    void operator()(const DensePayload& dense);
    void operator()(const AffinePayload&);
    void operator()(const ReshapePayload&) { copyInput(); }
    void operator()(const TransposePayload&) { copyInput(); }
    void operator()(const RearrangePayload&) { copyInput(); }
    void operator()(const PoolingPayload& pool);
    void operator()(const MergePayload& merge);
    void operator()(const ConcatenatePayload&);
    void operator()(const ActivationPayload& activation);
    template <class Other>
    void operator()(const Other&)
    {
    }

    /// What no rule decided becomes the model's default.
    void fillWithDefault();

private:
    bool isOpen(const char* slot) const
    {
        const auto found = m_node.types.find(slot);
        return found != m_node.types.end() && !found->second.format;
    }
    void set(const char* slot, NumberFormat format)
    {
        m_node.types[slot] = {std::move(format), SettingSource::Inferred};
    }
    void setDefaultIfOpen(const char* slot)
    {
        if (isOpen(slot))
            set(slot, m_types.modelDefault());
    }
    const TypeVariable& input(std::size_t which) const
    {
        return m_context.graph.inputNode(m_node, which)->types.at(slots::kResult);
    }
    void copyInput()
    {
        if (input(0).format)
            set(slots::kResult, *input(0).format);
    }
    FixedFormat limited(FixedFormat format) const
    {
        if (const auto maximum = m_types.maximum()) {
            format.width_bits = std::min(format.width_bits, maximum->width_bits);
            format.integer_bits = std::min(format.integer_bits, maximum->integer_bits);
        }
        return format;
    }
    NumberFormat afterBias(FixedFormat product, const FixedFormat& bias) const;
    NumberFormat sum(const FixedFormat& a, const FixedFormat& b, bool is_difference) const;
    static FixedFormat superset(const FixedFormat& a, const FixedFormat& b);

    PassContext& m_context;
    const TypeChooser& m_types;
    LayerNode& m_node;
};

NumberFormat Inference::afterBias(FixedFormat product, const FixedFormat& bias) const
{
    const int fraction = std::max(product.fractionBits(), bias.fractionBits());
    const int with_sign = product.integer_bits + (bias.is_signed && !product.is_signed ? 1 : 0);
    const int of_bias = bias.integer_bits + (product.is_signed && !bias.is_signed ? 1 : 0);
    const int integer = std::max(with_sign, of_bias) + 1;
    return limited(fixedFormat(integer + fraction, integer, product.is_signed || bias.is_signed));
}

void Inference::operator()(const DensePayload& dense)
{
    setDefaultIfOpen(slots::kWeight);
    setDefaultIfOpen(slots::kBias);
    const FixedFormat* x = fixedOf(input(0));
    const FixedFormat* w = fixedOf(m_node.types.at(slots::kWeight));
    const FixedFormat* b = fixedOf(m_node.types.at(slots::kBias));
    NumberFormat type = m_types.modelDefault();
    if (x && w && b) {
        const int growth = static_cast<int>(std::ceil(std::log2(static_cast<double>(dense.n_in))));
        type = afterBias(fixedFormat(w->width_bits + x->width_bits + growth, w->integer_bits + x->integer_bits + growth,
                                     w->is_signed || x->is_signed),
                         *b);
    }
    for (const char* slot : {slots::kAccumulator, slots::kResult}) {
        if (isOpen(slot))
            set(slot, type);
    }
}

void Inference::operator()(const AffinePayload&)
{
    setDefaultIfOpen(slots::kScale);
    setDefaultIfOpen(slots::kBias);
    if (!isOpen(slots::kResult))
        return;
    const FixedFormat* x = fixedOf(input(0));
    const FixedFormat* s = fixedOf(m_node.types.at(slots::kScale));
    const FixedFormat* b = fixedOf(m_node.types.at(slots::kBias));
    if (x && s && b)
        set(slots::kResult, afterBias(fixedFormat(x->width_bits + s->width_bits, x->integer_bits + s->integer_bits,
                                                  s->is_signed || x->is_signed),
                                      *b));
}

NumberFormat Inference::sum(const FixedFormat& a, const FixedFormat& b, bool is_difference) const
{
    const int integer = std::max(a.integer_bits + (b.is_signed && !a.is_signed ? 1 : 0),
                                 b.integer_bits + (a.is_signed && !b.is_signed ? 1 : 0))
        + 1;
    const int fraction = std::max(a.fractionBits(), b.fractionBits());
    return limited(fixedFormat(integer + fraction, integer, a.is_signed || b.is_signed || is_difference));
}

FixedFormat Inference::superset(const FixedFormat& a, const FixedFormat& b)
{
    const bool is_signed = a.is_signed || b.is_signed;
    const int integer = std::max(a.integer_bits + (is_signed && !a.is_signed ? 1 : 0),
                                 b.integer_bits + (is_signed && !b.is_signed ? 1 : 0));
    return fixedFormat(integer + std::max(a.fractionBits(), b.fractionBits()), integer, is_signed);
}

/// hls4ml has no rule for global pools.
void Inference::operator()(const PoolingPayload& pool)
{
    if (pool.is_global || !input(0).format)
        return;
    if (isOpen(slots::kAccumulator) && pool.is_maximum)
        set(slots::kAccumulator, *input(0).format);
    if (const FixedFormat* x = fixedOf(input(0)); x && isOpen(slots::kAccumulator)) {
        const int growth = static_cast<int>(std::ceil(std::log2(static_cast<double>(pool.window.taps()))));
        set(slots::kAccumulator, fixedFormat(x->width_bits + 2 * growth, x->integer_bits + growth, x->is_signed));
    }
    if (isOpen(slots::kResult))
        copyInput();
}

void Inference::operator()(const MergePayload& merge)
{
    const FixedFormat* a = fixedOf(input(0));
    const FixedFormat* b = fixedOf(input(1));
    const bool is_choice = merge.operation == "maximum" || merge.operation == "minimum";
    if (is_choice && input(0).format && input(0).format == input(1).format) {
        set(slots::kResult, *input(0).format);
        return;
    }
    if (!a || !b)
        return;
    if (is_choice)
        set(slots::kResult, superset(*a, *b));
    else if (merge.operation == "multiply")
        set(slots::kResult, limited(fixedFormat(a->width_bits + b->width_bits, a->integer_bits + b->integer_bits,
                                                a->is_signed || b->is_signed)));
    else if (merge.operation != "divide") // hls4ml has no division of data, hence no rule for its type
        set(slots::kResult, sum(*a, *b, merge.operation == "subtract"));
}

void Inference::operator()(const ConcatenatePayload&)
{
    const auto isLikeFirst = [&](std::size_t i) { return input(i).format == input(0).format; };
    bool is_uniform = input(0).format.has_value();
    for (std::size_t i = 1; i < m_node.inputs.size(); ++i)
        is_uniform = is_uniform && isLikeFirst(i);
    if (is_uniform) {
        set(slots::kResult, *input(0).format);
        return;
    }
    std::optional<FixedFormat> all;
    for (std::size_t i = 0; i < m_node.inputs.size(); ++i) {
        const FixedFormat* next = fixedOf(input(i));
        if (!next)
            return;
        if (!all) {
            all = *next;
            continue;
        }
        FixedFormat common = limited(superset(*all, *next));
        common.rounding = all->rounding != Rounding::Trn ? all->rounding : next->rounding;
        common.overflow = all->overflow != Overflow::Wrap ? all->overflow : next->overflow;
        common.saturation_bits = all->saturation_bits != 0 ? all->saturation_bits : next->saturation_bits;
        all = common;
    }
    set(slots::kResult, *all);
}

/// The smallest type that holds a number, eight bits beside the sign at most.
NumberFormat formatOfNumber(double value)
{
    if (value == 0)
        return fixedFormat(1, 1, false);
    int fraction = 32;
    for (int low = -32; low < fraction - 1;) { // the fewest fraction bits that leave a whole number
        const int middle = static_cast<int>(std::floor((low + fraction) / 2.0));
        const double scaled = std::ldexp(value, middle);
        (scaled == std::trunc(scaled) ? fraction : low) = middle;
    }
    const double magnitude = std::max(value + std::ldexp(1.0, -fraction), -value);
    const int integer = static_cast<int>(std::ceil(std::log2(magnitude)));
    const int sign = value < 0 ? 1 : 0;
    return fixedFormat(std::min(sign + integer + fraction, sign + 8), sign + integer, sign != 0);
}

void Inference::operator()(const ActivationPayload& activation)
{
    if (!isOpen(slots::kParameter))
        return;
    if (activation.function == "ThresholdedRelu" || activation.slopes) {
        if (input(0).format)
            set(slots::kParameter, *input(0).format);
    } else {
        set(slots::kParameter, formatOfNumber(activation.parameter));
    }
}

void Inference::fillWithDefault()
{
    for (auto& [slot, type] : m_node.types) {
        if (!type.format)
            type = {m_types.modelDefault(), SettingSource::ModelDefault};
    }
}

} // namespace

bool inferTypes(PassContext& context, LayerNode& node)
{
    const bool is_open = std::any_of(node.types.begin(), node.types.end(),
                                     [](const auto& entry) { return !entry.second.format; });
    if (!is_open)
        return false;
    const auto result = node.types.find(slots::kResult);
    const bool was_result_open = result != node.types.end() && !result->second.format;
    Inference inference(context, node);
    // Movements and combinations have a rule for their result only; they are not asked about anything else.
    const bool moves = node.as<ReshapePayload>() || node.as<RearrangePayload>() || node.as<TransposePayload>() || node.as<MergePayload>()
        || node.as<ConcatenatePayload>();
    if (!moves || was_result_open)
        std::visit(inference, node.payload);
    inference.fillWithDefault();
    return was_result_open;
}

} // namespace bitwright::hls4ml
