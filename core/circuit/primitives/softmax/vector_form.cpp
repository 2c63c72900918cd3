// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "circuit/operands.h"
#include "circuit/primitives/softmax/formats.h"
#include "circuit/vector_form.h"

namespace bitwright {

namespace {

constexpr int kMostCodeBits = 40;   ///< of addresses and differences
constexpr int kMostFactorBits = 31; ///< of what is multiplied
constexpr int kMostShift = 20;      ///< appended by a store

bool isShort(const Conversion& conversion)
{
    return conversion.shift() >= -kMostShift;
}

/// The table with one entry per address; where the code has fewer bits than the address, addresses are spread and
/// cut to the table as the exact kernel does.
kernels::CodeTable tableOf(const std::vector<std::int64_t>& entries, int width_bits)
{
    kernels::CodeTable table;
    table.width_bits = width_bits;
    const int surplus = width_bits - addressBits(entries.size());
    table.dropped_bits = std::max(surplus, 0);
    const std::size_t addresses = std::size_t{1} << (width_bits - table.dropped_bits);
    for (std::size_t i = 0; i < addresses; ++i) {
        const std::size_t index = surplus >= 0 ? i : i << -surplus;
        table.entries.push_back(entries[std::min(index, entries.size() - 1)]);
    }
    return table;
}

bool areNarrow(const SoftmaxFormats& f)
{
    return f.in.width_bits <= kMostCodeBits && f.normalised.width_bits <= kMostCodeBits &&
           f.difference.width_bits <= kMostCodeBits + 2 && f.inverse_input.width_bits <= kMostCodeBits &&
           codeBits(f.accumulator) <= kMostFactorBits && codeBits(f.inverse_table) <= kMostFactorBits;
}

} // namespace

std::optional<VectorForm> softmaxVectorForm(const Circuit& circuit, const Primitive& primitive,
                                            std::span<const ValueRange>)
{
    const SoftmaxFormats f = softmaxFormats(circuit, primitive);
    const bool is_stable = f.implementation == SoftmaxImplementation::Stable;
    if (!is_stable && f.implementation != SoftmaxImplementation::Latency) return std::nullopt;
    const auto exp = narrowCodes(primitive.constant("exp_table"));
    const auto inverse = narrowCodes(primitive.constant("inverse_table"));
    if (!exp || !inverse || !areNarrow(f)) return std::nullopt;

    const Conversion difference(f.difference, f.normalised);
    const Conversion exp_to_accumulator(f.exp_table, f.accumulator);
    const Conversion to_inverse_input(f.accumulator, f.inverse_input);
    const Conversion result(f.product, f.out);
    if (!isShort(difference) || !isShort(to_inverse_input) || result.shift() < 0) return std::nullopt;
    const auto store_difference = storeStep(difference);
    const auto accumulate = storeStep(Conversion(sumFormat(f.accumulator, f.accumulator), f.accumulator));
    const auto store_inverse_input = storeStep(to_inverse_input);
    const auto store_result = storeStep(result);
    if (!store_difference || !accumulate || !store_inverse_input || !store_result) return std::nullopt;

    std::vector<std::int64_t> terms;
    for (const std::int64_t code : *exp)
        terms.push_back(exp_to_accumulator(code));
    const auto& attributes = primitive.attributesAs<SoftmaxAttributes>();
    SoftmaxForm form;
    form.outer = attributes.outer;
    form.n = attributes.n;
    form.inner = attributes.inner;
    form.rows = {is_stable,
                 *store_difference,
                 tableOf(terms, (is_stable ? f.normalised : f.in).width_bits),
                 *accumulate,
                 *store_inverse_input,
                 tableOf(*inverse, f.inverse_input.width_bits),
                 *store_result};
    return VectorForm(std::move(form));
}

} // namespace bitwright
