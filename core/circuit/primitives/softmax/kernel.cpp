// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/softmax/formats.h"
#include "circuit/table_address.h"

namespace bitwright {

namespace {

using Implementation = SoftmaxImplementation;

using Formats = SoftmaxFormats;

template <class Int>
class Softmax {
public:
    Softmax(const Formats& formats, const Primitive& primitive)
        : f(formats), m_exp(codesOf(primitive, "exp_table")), m_inverse(codesOf(primitive, "inverse_table")),
          m_normalise(f.difference, f.normalised), m_exp_to_accumulator(f.exp_table, f.accumulator),
          m_accumulate(sumFormat(f.accumulator, f.accumulator), f.accumulator),
          m_to_inverse_input(f.accumulator, f.inverse_input), m_store(f.product, f.out),
          m_store_entry(f.inverse_table, f.out), m_store_one(integerFormat(32), f.out),
          m_one_to_accumulator(integerFormat(32), f.accumulator),
          m_exp_address(f.difference, static_cast<std::int64_t>(m_exp.size()), 16),
          m_inverse_address(f.accumulator, static_cast<std::int64_t>(m_inverse.size()), 64)
    {
    }

    int neededBits() const
    {
        return std::max({m_normalise.neededBits(codeBits(f.difference)),
                         m_exp_to_accumulator.neededBits(codeBits(f.exp_table)),
                         m_accumulate.neededBits(codeBits(f.accumulator) + 1),
                         m_to_inverse_input.neededBits(codeBits(f.accumulator)),
                         m_store.neededBits(codeBits(f.product)), m_store_entry.neededBits(codeBits(f.inverse_table)),
                         m_store_one.neededBits(32), m_one_to_accumulator.neededBits(32), m_exp_address.neededBits(),
                         m_inverse_address.neededBits(), codeBits(f.normalised) + 1, codeBits(f.inverse_input) + 1});
    }

    /// One slice of n codes.
    void compute(const Int* x, Int* y, std::int64_t n, StoreCounts* counts) const
    {
        switch (f.implementation) {
        case Implementation::Stable:
        case Implementation::Latency: return computeByTables(x, y, n, counts);
        case Implementation::Argmax: return computeArgmax(x, y, n, counts);
        case Implementation::Legacy: return computeLegacy(x, y, n, counts);
        }
    }

    CodeInterval range() const
    {
        if (f.implementation == Implementation::Argmax) return storedInterval({0, 1}, m_store_one);
        const CodeInterval inverse = hullOfTable(m_inverse);
        if (f.implementation == Implementation::Legacy) return storedInterval(inverse, m_store_entry);
        return storedInterval(productInterval(storedInterval(hullOfTable(m_exp), m_exp_to_accumulator), inverse),
                              m_store);
    }

private:
    static std::vector<Int> codesOf(const Primitive& primitive, const char* slot)
    {
        if (!primitive.hasConstant(slot)) return {Int(0)};
        return codesAs<Int>(primitive.constant(slot));
    }
    static CodeInterval hullOfTable(const std::vector<Int>& table)
    {
        const auto [low, high] = std::minmax_element(table.begin(), table.end());
        return {WideInt(*low), WideInt(*high)};
    }

    /// The entry that the top bits of @p code choose.
    static const Int& entryOf(const std::vector<Int>& table, const Int& code, const FixedFormat& format)
    {
        const int bits = softmaxAddressBits(static_cast<std::int64_t>(table.size()));
        const Int pattern = code < 0 ? Int(code + powerOfTwo<Int>(format.width_bits)) : code;
        const int surplus = format.width_bits - bits;
        const auto index = static_cast<std::size_t>(
            static_cast<std::int64_t>(surplus >= 0 ? shiftRight(pattern, surplus) : shiftLeft(pattern, -surplus)));
        return table[std::min(index, table.size() - 1)];
    }

    void computeByTables(const Int* x, Int* y, std::int64_t n, StoreCounts* counts) const
    {
        const bool is_stable = f.implementation == Implementation::Stable;
        const Int largest = *std::max_element(x, x + n);
        for (std::int64_t k = 0; k < n; ++k) {
            const Int address = is_stable ? m_normalise(Int(largest - x[k])) : x[k];
            const Int& entry = entryOf(m_exp, address, is_stable ? f.normalised : f.in);
            y[k] = m_exp_to_accumulator(entry);
        }
        const Int sum = m_to_inverse_input(treeSum(y, n));
        const Int& inverse = entryOf(m_inverse, sum, f.inverse_input);
        for (std::int64_t k = 0; k < n; ++k)
            y[k] = storeCounted(m_store, Int(y[k] * inverse), counts);
    }

    /// Adds as the original's balanced tree does, each node stored in the accumulator's format.
    Int treeSum(const Int* terms, std::int64_t n) const
    {
        if (n == 1) return terms[0];
        std::int64_t left = 1;
        while (left * 2 < n)
            left *= 2;
        return m_accumulate(Int(treeSum(terms, left) + treeSum(terms + left, n - left)));
    }

    void computeArgmax(const Int* x, Int* y, std::int64_t n, StoreCounts* counts) const
    {
        const auto best = std::max_element(x, x + n) - x;
        for (std::int64_t k = 0; k < n; ++k)
            y[k] = storeCounted(m_store_one, Int(k == best ? 1 : 0), counts);
    }

    void computeLegacy(const Int* x, Int* y, std::int64_t n, StoreCounts* counts) const
    {
        const auto clamped = [](std::int32_t index, const std::vector<Int>& table) {
            return static_cast<std::size_t>(
                std::clamp<std::int64_t>(index, 0, static_cast<std::int64_t>(table.size()) - 1));
        };
        const auto half = static_cast<std::uint32_t>(m_exp.size() / 2);
        for (std::int64_t i = 0; i < n; ++i) {
            Int sum = 0;
            for (std::int64_t j = 0; j < n; ++j) {
                const auto offset = static_cast<std::uint32_t>(m_exp_address(Int(x[j] - x[i])));
                const Int term = i == j ? m_one_to_accumulator(Int(1))
                                        : m_exp[clamped(static_cast<std::int32_t>(offset + half), m_exp)];
                sum = m_accumulate(Int(sum + term));
            }
            y[i] = storeCounted(m_store_entry, m_inverse[clamped(m_inverse_address(sum), m_inverse)], counts);
        }
    }

    Int storeCounted(const Conversion& conversion, const Int& exact, StoreCounts* counts) const
    {
        Observation seen;
        const Int code = storeObserved(conversion, exact, seen);
        if (counts != nullptr) seen.countInto(*counts);
        return code;
    }

    Formats f;
    std::vector<Int> m_exp;
    std::vector<Int> m_inverse;
    Conversion m_normalise;
    Conversion m_exp_to_accumulator;
    Conversion m_accumulate;
    Conversion m_to_inverse_input;
    Conversion m_store;
    Conversion m_store_entry;
    Conversion m_store_one;
    Conversion m_one_to_accumulator;
    TableAddress m_exp_address;
    TableAddress m_inverse_address;
};

template <class Int>
class SoftmaxKernel final : public Kernel {
public:
    SoftmaxKernel(Softmax<Int> softmax, const SoftmaxAttributes& attributes)
        : m_softmax(std::move(softmax)), m_outer(attributes.outer), m_n(attributes.n), m_inner(attributes.inner)
    {
    }
    void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
             std::vector<std::byte>& scratch) const override
    {
        loop(inputs.front(), outputs.front(), scratch, nullptr);
    }
    void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                 std::vector<std::byte>& scratch, std::span<StoreCounts> counts) const override
    {
        loop(inputs.front(), outputs.front(), scratch, &counts.front());
    }
    std::string_view path() const override { return integerName<Int>(); }

private:
    void loop(const CodeBlock& input, const CodeBlock& output, std::vector<std::byte>& scratch,
              StoreCounts* counts) const
    {
        const std::int64_t samples = input.samples;
        ScratchRows<Int> room(scratch, m_n * samples + 2 * m_n);
        Int* rows = room.data();
        Int* x = rows + m_n * samples;
        Int* y = x + m_n;
        for (std::int64_t slice = 0; slice < m_outer * m_inner; ++slice) {
            const std::int64_t first = slice / m_inner * m_n * m_inner + slice % m_inner;
            for (std::int64_t k = 0; k < m_n; ++k)
                loadRow(input, first + k * m_inner, rows + k * samples);
            for (std::int64_t s = 0; s < samples; ++s) {
                for (std::int64_t k = 0; k < m_n; ++k)
                    x[k] = rows[k * samples + s];
                m_softmax.compute(x, y, m_n, counts);
                for (std::int64_t k = 0; k < m_n; ++k)
                    rows[k * samples + s] = y[k];
            }
            for (std::int64_t k = 0; k < m_n; ++k)
                storeRow(rows + k * samples, output, first + k * m_inner);
        }
    }

    Softmax<Int> m_softmax;
    std::int64_t m_outer;
    std::int64_t m_n;
    std::int64_t m_inner;
};

} // namespace

std::unique_ptr<Kernel> softmaxKernel(const KernelRequest& request)
{
    const Formats formats = softmaxFormats(request.circuit, request.primitive);
    const auto& attributes = request.primitive.attributesAs<SoftmaxAttributes>();
    const int bits = Softmax<WideInt>(formats, request.primitive).neededBits();
    return withInteger(bits, [&]<class Int>(Int) -> std::unique_ptr<Kernel> {
        return std::make_unique<SoftmaxKernel<Int>>(Softmax<Int>(formats, request.primitive), attributes);
    });
}

std::vector<ValueRange> softmaxRange(const Circuit& circuit, const Primitive& primitive, std::span<const ValueRange>)
{
    return {ValueRange{{Softmax<WideInt>(softmaxFormats(circuit, primitive), primitive).range()}}};
}

} // namespace bitwright
