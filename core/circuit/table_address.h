// SPDX-License-Identifier: GPL-3.0-or-later
/// Table indices as the original computes them: `int(x * size / divisor)` in fixed point, cut to a C int
/// (hls4ml reference, sections 1.4 and 2.7).
#pragma once

#include <cstdint>

#include "circuit/operands.h"

namespace bitwright {

class TableAddress {
public:
    /// @p in: format of x; @p size: a C unsigned; @p divisor: a C int, its magnitude 8, 16 or 64
    TableAddress(const FixedFormat& in, std::int64_t size, int divisor)
        : m_size(size), m_divisor(divisor), m_quotient(productFormat(in, integerFormat(32, false)))
    {
        // Division by an int appends a sign bit and keeps the fraction bits.
        ++m_quotient.width_bits;
        ++m_quotient.integer_bits;
        m_quotient.is_signed = true;
    }

    template <class Int>
    std::int32_t operator()(const Int& x) const
    {
        return toCInt(Int(Int(x * Int(m_size)) / Int(m_divisor)), m_quotient);
    }
    int neededBits() const { return Conversion(m_quotient, integerFormat(32)).neededBits(codeBits(m_quotient)); }
    std::uint32_t magnitude() const { return static_cast<std::uint32_t>(m_divisor < 0 ? -m_divisor : m_divisor); }
    std::uint32_t halfRange() const { return magnitude() / 2; }

private:
    std::int64_t m_size;
    int m_divisor;
    FixedFormat m_quotient;
};

} // namespace bitwright
