// SPDX-License-Identifier: GPL-3.0-or-later
/// Kernels whose output elements depend on one or two input elements each: the loop that they share.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "circuit/row_operations.h"
#include "numerics/fixed_arithmetic.h"

namespace bitwright {

/// What storing one element did.
struct Observation {
    StoreEvent event = StoreEvent::None;
    bool is_underflow = false; ///< the exact value is not zero, the stored one is

    void countInto(StoreCounts& counts) const
    {
        counts.wraps += event == StoreEvent::Wrap ? 1 : 0;
        counts.saturations += event == StoreEvent::Saturation ? 1 : 0;
        counts.underflows += is_underflow ? 1 : 0;
    }
};

/// Stores an exact value and says what that did.
template <class Int>
Int storeObserved(const Conversion& conversion, const Int& exact, Observation& seen)
{
    const Int code = conversion(exact, seen.event);
    seen.is_underflow = seen.event == StoreEvent::None && code == 0 && exact != 0;
    return code;
}

/// Where an operand of an output element comes from.
struct ElementSource {
    std::size_t input = 0;
    std::int64_t element = 0; ///< -1: code 0
};

/// Function has: `operands()` (1 or 2), `source(element, operand)`, and
/// `Int compute(element, a, b, Observation&)`. Int is wide enough for every intermediate value.
template <class Int, class Function>
class ElementwiseKernel final : public Kernel {
public:
    explicit ElementwiseKernel(Function function) : m_function(std::move(function)) {}

    void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
             std::vector<std::byte>& scratch) const override
    {
        loop(inputs, outputs.front(), scratch, nullptr);
    }
    void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                 std::vector<std::byte>& scratch, std::span<StoreCounts> counts) const override
    {
        loop(inputs, outputs.front(), scratch, &counts.front());
    }
    std::string_view path() const override { return integerName<Int>(); }

private:
    void loop(std::span<const CodeBlock> inputs, const CodeBlock& output, std::vector<std::byte>& scratch,
              StoreCounts* counts) const
    {
        const std::int64_t samples = output.samples;
        ScratchRows<Int> rows(scratch, 3 * samples);
        Int* a = rows.data();
        Int* b = a + samples;
        Int* result = b + samples;
        const int operands = m_function.operands();
        for (std::int64_t element = 0; element < output.elements; ++element) {
            loadOperand(inputs, element, 0, a);
            if (operands > 1) loadOperand(inputs, element, 1, b);
            for (std::int64_t s = 0; s < samples; ++s) {
                Observation seen;
                result[s] = m_function.compute(element, a[s], b[s], seen);
                if (counts != nullptr) seen.countInto(*counts);
            }
            storeRow(result, output, element);
        }
    }
    void loadOperand(std::span<const CodeBlock> inputs, std::int64_t element, int operand, Int* row) const
    {
        const ElementSource from = m_function.source(element, operand);
        if (from.element >= 0) loadRow(inputs[from.input], from.element, row);
        else std::fill(row, row + inputs[from.input].samples, Int(0));
    }

    Function m_function;
};

/// A function of one operand, the same for all elements, tabulated over all codes that the operand can take.
class LookupKernel final : public Kernel {
public:
    static constexpr std::int64_t kMaximumEntries = 1 << 16;

    LookupKernel(std::int64_t low, std::vector<std::int64_t> codes, std::vector<Observation> seen)
        : m_low(low), m_codes(std::move(codes)), m_seen(std::move(seen))
    {
    }
    void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
             std::vector<std::byte>& scratch) const override;
    void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                 std::vector<std::byte>& scratch, std::span<StoreCounts> counts) const override;
    std::string_view path() const override { return "lookup"; }

private:
    std::int64_t m_low = 0;
    std::vector<std::int64_t> m_codes;
    std::vector<Observation> m_seen;
};

/// Tabulates @p function over @p range, which holds at most LookupKernel::kMaximumEntries codes.
template <class Int, class Function>
std::unique_ptr<Kernel> makeLookup(const Function& function, const CodeInterval& range)
{
    const auto low = static_cast<std::int64_t>(range.low);
    const auto high = static_cast<std::int64_t>(range.high);
    std::vector<std::int64_t> codes;
    std::vector<Observation> seen(static_cast<std::size_t>(high - low + 1));
    codes.reserve(seen.size());
    for (std::int64_t code = low; code <= high; ++code)
        codes.push_back(static_cast<std::int64_t>(
            function.compute(0, Int(code), Int(0), seen[static_cast<std::size_t>(code - low)])));
    return std::make_unique<LookupKernel>(low, std::move(codes), std::move(seen));
}

/// Whether a table over all codes of the only input pays and its results fit.
bool canTabulate(const KernelRequest& request);

/// The kernel of an elementwise function: `MakeFunction{}(Int{})` builds it for the integer that @p bits asks
/// for. @p is_uniform: one operand, and the same function for every element.
template <class MakeFunction>
std::unique_ptr<Kernel> makeElementwise(const KernelRequest& request, int bits, bool is_uniform,
                                        const MakeFunction& makeFunction)
{
    return withInteger(bits, [&]<class Int>(Int) -> std::unique_ptr<Kernel> {
        auto function = makeFunction(Int{});
        if (is_uniform && canTabulate(request)) return makeLookup<Int>(function, request.input_ranges.front().hull());
        return std::make_unique<ElementwiseKernel<Int, decltype(function)>>(std::move(function));
    });
}

} // namespace bitwright
