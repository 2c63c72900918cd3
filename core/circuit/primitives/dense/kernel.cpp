// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/primitives/dense/dense_arithmetic.h"
#include "circuit/primitives/dense/product_kernel.h"

namespace bitwright {

namespace {

/// One term of an output: x[input] * weight + offset.
template <class Int>
struct Term {
    std::int64_t input = 0; ///< entry of the row's patch
    Int weight{};
    Int offset{};
};

/// Terms that are zero whatever the datum are left out: storing and adding zero changes no accumulator.
template <class Int>
struct DenseProgram {
    std::vector<Term<Int>> terms;
    std::vector<std::size_t> first; ///< of output j; one more entry than outputs
    std::vector<Int> bias;          ///< stored in the accumulator's format
    std::vector<Int> exact_bias;    ///< at the exact format's fraction bits

    DenseProgram(const DenseArithmetic& arithmetic, const Primitive& primitive, const ProductReads& reads)
    {
        const auto& attributes = primitive.attributesAs<DenseAttributes>();
        const std::vector<std::int64_t> order = accumulationOrder(attributes);
        const std::vector<Int> weights = codesAs<Int>(primitive.constant("weight"));
        const std::vector<Int> biases = codesAs<Int>(primitive.constant("bias"));
        const int bias_shift = arithmetic.exact.fractionBits() - arithmetic.bias.fractionBits();
        for (std::int64_t j = 0; j < attributes.n_out; ++j) {
            first.push_back(terms.size());
            for (std::int64_t i : order) {
                const Int& code = weights[static_cast<std::size_t>(i * attributes.n_out + j)];
                const Int weight = effectiveWeight(arithmetic.product, code);
                const Int offset = productOffset(arithmetic.product, code);
                if (weight != 0 || offset != 0) terms.push_back({reads.patchIndex(i, j), weight, offset});
            }
            const Int& code = biases[static_cast<std::size_t>(j)];
            bias.push_back(arithmetic.store_bias(code));
            exact_bias.push_back(shiftLeft(code, bias_shift));
        }
        first.push_back(terms.size());
    }
};

template <class Int>
class DenseKernel final : public Kernel {
public:
    DenseKernel(const DenseArithmetic& arithmetic, const Primitive& primitive, ProductReads reads)
        : m_arithmetic(arithmetic), m_program(arithmetic, primitive, reads), m_reads(std::move(reads)),
          m_n_out(primitive.attributesAs<DenseAttributes>().n_out), m_is_wrapping(arithmetic.isWrappingSum()),
          m_exact_to_accumulator(arithmetic.exact, arithmetic.accumulator),
          m_exact_to_result(arithmetic.exact, arithmetic.store_result.target()),
          m_exact_cast(doubledFormat(arithmetic.exact), arithmetic.casted)
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
    std::string_view path() const override
    {
        if (!m_is_wrapping) return integerName<Int>();
        if constexpr (kIsUnlimited<Int>) return "wide sum";
        else return sizeof(Int) == 16 ? "int128 sum" : "int64 sum";
    }

private:
    void loop(const CodeBlock& input, const CodeBlock& output, std::vector<std::byte>& scratch,
              StoreCounts* counts) const
    {
        const std::int64_t samples = input.samples;
        ScratchRows<Int> room(scratch, (m_reads.patch + 2) * samples);
        Int* x = room.data();
        Int* row = x + m_reads.patch * samples;
        Int* exact = row + samples;
        for (std::int64_t r = 0; r < m_reads.rows; ++r) {
            for (std::int64_t i = 0; i < m_reads.patch; ++i)
                loadElement(input, m_reads.element(r, i), x + i * samples);
            for (std::int64_t j = 0; j < m_n_out; ++j) {
                if (m_is_wrapping) sumThenWrap(x, static_cast<std::size_t>(j), samples, row);
                else accumulate(x, static_cast<std::size_t>(j), samples, row);
                for (std::int64_t s = 0; s < samples; ++s)
                    row[s] = m_arithmetic.result(row[s]);
                storeRow(row, output, r * m_n_out + j);
                if (counts != nullptr) observeRow(x, static_cast<std::size_t>(j), samples, row, exact, *counts);
            }
        }
    }

    static void loadElement(const CodeBlock& input, std::int64_t element, Int* row)
    {
        if (element >= 0) loadRow(input, element, row);
        else std::fill(row, row + input.samples, Int(0));
    }

    /// sum = products of output j, exactly; Int is wide enough.
    void sumProducts(const Int* x, std::size_t j, std::int64_t samples, Int* sum) const
    {
        std::fill(sum, sum + samples, Int(0));
        Int offset = 0;
        for (std::size_t t = m_program.first[j]; t < m_program.first[j + 1]; ++t) {
            const Term<Int>& term = m_program.terms[t];
            const Int* from = x + term.input * samples;
            for (std::int64_t s = 0; s < samples; ++s)
                sum[s] += from[s] * term.weight;
            offset += term.offset;
        }
        for (std::int64_t s = 0; s < samples; ++s)
            sum[s] += offset;
    }

    void sumThenWrap(const Int* x, std::size_t j, std::int64_t samples, Int* row) const
    {
        sumProducts(x, j, samples, row);
        const FixedFormat& format = m_arithmetic.accumulator;
        const int shift = -m_arithmetic.store_product.shift();
        const Int& bias = m_program.bias[j];
        for (std::int64_t s = 0; s < samples; ++s)
            row[s] = wrapped(Int(shiftLeft(row[s], shift) + bias), format.width_bits, format.is_signed);
    }

    void accumulate(const Int* x, std::size_t j, std::int64_t samples, Int* row) const
    {
        std::fill(row, row + samples, m_program.bias[j]);
        for (std::size_t t = m_program.first[j]; t < m_program.first[j + 1]; ++t) {
            const Term<Int>& term = m_program.terms[t];
            const Int* from = x + term.input * samples;
            for (std::int64_t s = 0; s < samples; ++s) {
                const Int product = m_arithmetic.store_product(Int(from[s] * term.weight + term.offset));
                row[s] = m_arithmetic.accumulate(Int(row[s] + product));
            }
        }
    }

    void observeRow(const Int* x, std::size_t j, std::int64_t samples, const Int* stored, Int* exact,
                    StoreCounts& counts) const
    {
        sumProducts(x, j, samples, exact);
        const int shift = m_arithmetic.exact.fractionBits() - m_arithmetic.product.format.fractionBits();
        for (std::int64_t s = 0; s < samples; ++s) {
            const Int sum = shiftLeft(exact[s], shift) + m_program.exact_bias[j];
            Observation seen;
            m_exact_to_accumulator(sum, seen.event);
            bool is_zero = sum == 0;
            if (m_arithmetic.is_xnor_cast) {
                const Int doubled = m_arithmetic.doubled(sum, m_arithmetic.exact);
                is_zero = doubled == 0;
                if (seen.event == StoreEvent::None)
                    m_arithmetic.store_result(m_exact_cast(doubled, seen.event), seen.event);
            } else if (seen.event == StoreEvent::None) {
                m_exact_to_result(sum, seen.event);
            }
            seen.is_underflow = seen.event == StoreEvent::None && !is_zero && stored[s] == 0;
            seen.countInto(counts);
        }
    }

    DenseArithmetic m_arithmetic;
    DenseProgram<Int> m_program;
    ProductReads m_reads;
    std::int64_t m_n_out;
    bool m_is_wrapping;
    Conversion m_exact_to_accumulator;
    Conversion m_exact_to_result;
    Conversion m_exact_cast;
};

} // namespace

std::unique_ptr<Kernel> productKernel(const KernelRequest& request, ProductReads reads)
{
    const DenseArithmetic arithmetic(request.circuit, request.primitive);
    return withInteger(arithmetic.neededBits(), [&]<class Int>(Int) -> std::unique_ptr<Kernel> {
        return std::make_unique<DenseKernel<Int>>(arithmetic, request.primitive, std::move(reads));
    });
}

std::unique_ptr<Kernel> denseKernel(const KernelRequest& request)
{
    const auto& attributes = request.primitive.attributesAs<DenseAttributes>();
    return productKernel(request, ProductReads::matrix(attributes.rows, attributes.n_in, attributes.n_out));
}

} // namespace bitwright
