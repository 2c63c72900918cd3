// SPDX-License-Identifier: GPL-3.0-or-later
/// Sums over all codes of one value, exact whatever the order in which blocks and threads add to them.
#pragma once

#include <array>
#include <cstdint>

#include "circuit/kernel.h"
#include "emulator/emulator.h"
#include "numerics/integer_math.h"

namespace bitwright {

class ValueAccumulator {
public:
    void add(const CodeBlock& block);
    void add(const StoreCounts& counts);
    void merge(const ValueAccumulator& other);
    StoreCounts& counts() { return m_counts; }
    ValueStatistics result(const FixedFormat& format) const;

private:
    template <class Code>
    void addCodes(const CodeBlock& block);
    template <class Code>
    void addRow(const Code* row, std::int64_t samples);

    std::int64_t m_elements = 0;
    std::int64_t m_zeros = 0;
    WideInt m_minimum = 0;
    WideInt m_maximum = 0;
    WideInt m_sum = 0;
    WideInt m_square_sum = 0;
    StoreCounts m_counts;
    /// Counts by the position of the highest bit of |code|; the last entry takes everything above.
    std::array<std::int64_t, 1100> m_by_bit{};
};

} // namespace bitwright
