// SPDX-License-Identifier: GPL-3.0-or-later
/// Rows of codes, one code per sample: moving them between containers and integers to compute with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "circuit/kernel.h"
#include "numerics/integer_math.h"

namespace bitwright {

/// Calls @p use with the element type of @p container: `use.template operator()<std::int16_t>()`.
template <class Use>
void withContainer(Container container, Use&& use)
{
    switch (container) {
    case Container::Int8: return use.template operator()<std::int8_t>();
    case Container::Int16: return use.template operator()<std::int16_t>();
    case Container::Int32: return use.template operator()<std::int32_t>();
    case Container::Int64: return use.template operator()<std::int64_t>();
    case Container::Wide: return use.template operator()<WideInt>();
    }
}

template <class Code>
Code* rowOf(const CodeBlock& block, std::int64_t element)
{
    return static_cast<Code*>(block.data) + element * block.stride;
}

/// Copies one element of all samples into @p row. @pre every code fits Int
template <class Int>
void loadRow(const CodeBlock& block, std::int64_t element, Int* row)
{
    withContainer(block.container, [&]<class Code>() {
        const Code* codes = rowOf<Code>(block, element);
        for (std::int64_t s = 0; s < block.samples; ++s)
            row[s] = static_cast<Int>(codes[s]);
    });
}

/// The inverse. @pre every code fits the container
template <class Int>
void storeRow(const Int* row, const CodeBlock& block, std::int64_t element)
{
    withContainer(block.container, [&]<class Code>() {
        Code* codes = rowOf<Code>(block, element);
        for (std::int64_t s = 0; s < block.samples; ++s)
            codes[s] = static_cast<Code>(row[s]);
    });
}

/// Room for @p count integers: in the caller's scratch memory, or its own for unlimited ones.
template <class Int>
class ScratchRows {
public:
    ScratchRows(std::vector<std::byte>& bytes, std::int64_t count)
    {
        constexpr std::size_t kAlignment = 64;
        const std::size_t needed = static_cast<std::size_t>(count) * sizeof(Int) + kAlignment;
        if (bytes.size() < needed) bytes.resize(needed);
        const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
        m_data = reinterpret_cast<Int*>((address + kAlignment - 1) / kAlignment * kAlignment);
    }
    Int* data() { return m_data; }

private:
    Int* m_data = nullptr;
};

template <>
class ScratchRows<WideInt> {
public:
    ScratchRows(std::vector<std::byte>&, std::int64_t count) : m_rows(static_cast<std::size_t>(count)) {}
    WideInt* data() { return m_rows.data(); }

private:
    std::vector<WideInt> m_rows;
};

/// What kernels that compute with Int call their path.
template <class Int>
constexpr std::string_view integerName()
{
    if constexpr (kIsUnlimited<Int>) return "wide";
    else return sizeof(Int) == 16 ? "int128" : "int64";
}

/// The codes of a tensor as Int. @pre they fit
template <class Int>
std::vector<Int> codesAs(const CodeTensor& tensor)
{
    if (!tensor.isWide()) return {tensor.codes.begin(), tensor.codes.end()};
    std::vector<Int> codes;
    codes.reserve(tensor.wide_codes.size());
    for (const WideInt& code : tensor.wide_codes)
        codes.push_back(static_cast<Int>(code));
    return codes;
}

/// Calls @p make with a value of the narrowest integer that has @p bits bits, and returns what it returns.
template <class Make>
auto withInteger(int bits, Make&& make)
{
    if (bits <= 64) return make(std::int64_t{});
    if (bits <= 128) return make(Int128{});
    return make(WideInt{});
}

} // namespace bitwright
