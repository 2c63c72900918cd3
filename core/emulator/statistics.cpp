// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/statistics.h"

#include <algorithm>
#include <bit>

#include "circuit/row_operations.h"
#include "numerics/quantise.h"

namespace bitwright {

namespace {

template <class Code>
std::size_t highestBit(const Code& magnitude)
{
    if constexpr (kIsUnlimited<Code>) return boost::multiprecision::msb(magnitude);
    else return static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(magnitude))) - 1;
}

/// Exact sums of one row: 64-bit squares of 32-bit codes, 2^31 of them, fit 128 bits with room to spare.
template <class Code>
struct RowSums {
    using Sum = std::conditional_t<kIsUnlimited<Code> || sizeof(Code) == 8, WideInt, Int128>;
    Sum sum = 0;
    Sum squares = 0;
};

} // namespace

template <class Code>
void ValueAccumulator::addRow(const Code* row, std::int64_t samples)
{
    RowSums<Code> sums;
    Code low = row[0];
    Code high = row[0];
    for (std::int64_t s = 0; s < samples; ++s) {
        using Sum = typename RowSums<Code>::Sum;
        const Code& code = row[s];
        low = std::min(low, code);
        high = std::max(high, code);
        sums.sum += Sum(code);
        sums.squares += Sum(code) * Sum(code);
        if (code == 0) ++m_zeros;
        else if constexpr (kIsUnlimited<Code>) ++m_by_bit[std::min(highestBit(WideInt(abs(code))), m_by_bit.size() - 1)];
        else
            // Negation in unsigned arithmetic: the lowest code has no positive counterpart.
            ++m_by_bit[highestBit(code < 0 ? 0 - static_cast<std::uint64_t>(static_cast<std::int64_t>(code)) : static_cast<std::uint64_t>(code))];
    }
    const bool is_first = m_elements == 0;
    m_minimum = is_first ? WideInt(low) : std::min(m_minimum, WideInt(low));
    m_maximum = is_first ? WideInt(high) : std::max(m_maximum, WideInt(high));
    m_sum += WideInt(sums.sum);
    m_square_sum += WideInt(sums.squares);
    m_elements += samples;
}

template <class Code>
void ValueAccumulator::addCodes(const CodeBlock& block)
{
    for (std::int64_t e = 0; e < block.elements; ++e)
        addRow(rowOf<Code>(block, e), block.samples);
}

void ValueAccumulator::add(const CodeBlock& block)
{
    if (block.samples == 0) return;
    withContainer(block.container, [&]<class Code>() { addCodes<Code>(block); });
}

void ValueAccumulator::add(const StoreCounts& counts)
{
    m_counts.wraps += counts.wraps;
    m_counts.saturations += counts.saturations;
    m_counts.underflows += counts.underflows;
}

void ValueAccumulator::merge(const ValueAccumulator& other)
{
    add(other.m_counts);
    if (other.m_elements == 0) return;
    m_minimum = m_elements == 0 ? other.m_minimum : std::min(m_minimum, other.m_minimum);
    m_maximum = m_elements == 0 ? other.m_maximum : std::max(m_maximum, other.m_maximum);
    m_elements += other.m_elements;
    m_zeros += other.m_zeros;
    m_sum += other.m_sum;
    m_square_sum += other.m_square_sum;
    for (std::size_t i = 0; i < m_by_bit.size(); ++i)
        m_by_bit[i] += other.m_by_bit[i];
}

ValueStatistics ValueAccumulator::result(const FixedFormat& format) const
{
    ValueStatistics statistics;
    statistics.elements = m_elements;
    statistics.zeros = m_zeros;
    statistics.wraps = m_counts.wraps;
    statistics.saturations = m_counts.saturations;
    statistics.underflows = m_counts.underflows;
    statistics.log2_histogram.assign(kBinCount, 0);
    if (m_elements == 0) return statistics;
    FixedFormat squared = format;
    squared.integer_bits = format.width_bits - 2 * format.fractionBits();
    const auto count = static_cast<double>(m_elements);
    statistics.minimum = codeToDouble(m_minimum, format);
    statistics.maximum = codeToDouble(m_maximum, format);
    statistics.mean = codeToDouble(m_sum, format) / count;
    statistics.mean_square = codeToDouble(m_square_sum, squared) / count;
    for (std::size_t bit = 0; bit < m_by_bit.size(); ++bit) {
        const int bin = static_cast<int>(bit) - format.fractionBits() - kLowestBin;
        statistics.log2_histogram[static_cast<std::size_t>(std::clamp(bin, 0, kBinCount - 1))] += m_by_bit[bit];
    }
    return statistics;
}

} // namespace bitwright
