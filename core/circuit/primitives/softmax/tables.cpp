// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <vector>

#include "circuit/primitives/softmax/softmax.h"
#include "numerics/fixed_arithmetic.h"
#include "numerics/quantise.h"

namespace bitwright {

namespace {

/// The value whose top bits are @p index and whose other bits are zero, as a float.
float leftEdge(std::int64_t index, std::int64_t size, const FixedFormat& address)
{
    const int surplus = address.width_bits - softmaxAddressBits(size);
    const WideInt pattern = surplus >= 0 ? shiftLeft(WideInt(index), surplus) : shiftRight(WideInt(index), -surplus);
    return static_cast<float>(codeToDouble(wrapped(pattern, address.width_bits, address.is_signed), address));
}

template <class Value>
CodeTensor tableOf(std::int64_t size, const FixedFormat& format, const Value& value)
{
    std::vector<double> values;
    for (std::int64_t i = 0; i < size; ++i)
        values.push_back(value(i));
    return codesFromDoubles({size}, values, format);
}

} // namespace

int softmaxAddressBits(std::int64_t size)
{
    int bits = 1;
    while ((std::int64_t{1} << bits) < size)
        ++bits;
    return bits;
}

CodeTensor softmaxExpTable(std::int64_t size, const FixedFormat& address, bool is_negated, const FixedFormat& format)
{
    return tableOf(size, format, [&](std::int64_t i) {
        const float x = leftEdge(i, size, address);
        return static_cast<double>(std::exp(is_negated ? -x : x));
    });
}

CodeTensor softmaxInverseTable(std::int64_t size, const FixedFormat& address, const FixedFormat& format)
{
    return tableOf(size, format, [&](std::int64_t i) {
        return static_cast<double>(1.0F / leftEdge(i, size, address));
    });
}

CodeTensor softmaxLegacyExpTable(std::int64_t size, const FixedFormat& format)
{
    return tableOf(size, format, [&](std::int64_t i) {
        const auto count = static_cast<double>(static_cast<float>(size));
        const auto x = static_cast<float>(2 * 8.0 * (static_cast<double>(i) - count / 2.0) / count);
        return static_cast<double>(std::exp(x));
    });
}

CodeTensor softmaxLegacyInverseTable(std::int64_t size, const FixedFormat& format)
{
    return tableOf(size, format, [&](std::int64_t i) {
        const auto x = static_cast<float>(64.0 * static_cast<double>(i) / static_cast<double>(static_cast<float>(size)));
        return x > 0 ? 1.0 / static_cast<double>(x) : 0.0;
    });
}

} // namespace bitwright
