// SPDX-License-Identifier: GPL-3.0-or-later
/// Choosing the C++ type for an element type at run time.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>

#include "model/tensor.h"

namespace bitwright {

/// Calls @p use with a value of the C++ type; nothing for types without arithmetic of their own (booleans, text,
/// floating point below 32 bits, complex numbers).
template <class Use>
auto withNumericType(ElementType type, Use use) -> std::optional<decltype(use(float{}))>
{
    switch (type) {
    case ElementType::Float32: return use(float{});
    case ElementType::Float64: return use(double{});
    case ElementType::Int8: return use(std::int8_t{});
    case ElementType::Uint8: return use(std::uint8_t{});
    case ElementType::Int16: return use(std::int16_t{});
    case ElementType::Uint16: return use(std::uint16_t{});
    case ElementType::Int32: return use(std::int32_t{});
    case ElementType::Uint32: return use(std::uint32_t{});
    case ElementType::Int64: return use(std::int64_t{});
    case ElementType::Uint64: return use(std::uint64_t{});
    default: return std::nullopt;
    }
}

/// A new tensor, filled by @p fill(span of T).
template <class T, class Fill>
Tensor filledTensor(ElementType type, Shape shape, Fill fill)
{
    const auto count = static_cast<std::size_t>(elementCount(shape).value_or(0));
    const std::shared_ptr<std::byte[]> bytes(new std::byte[count * sizeof(T)]);
    fill(std::span<T>(reinterpret_cast<T*>(bytes.get()), count));
    return {type, std::move(shape), bytes};
}

} // namespace bitwright
