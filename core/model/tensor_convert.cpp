// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <type_traits>

#include "model/small_floats.h"
#include "model/tensor.h"

namespace bitwright {
namespace {

/// Calls @p use with a reader: index -> element as its own C++ type.
template <class Use>
auto withReader(const Tensor& tensor, Use use)
{
    const ElementType type = tensor.type();
    switch (type) {
    case ElementType::Float32: return use([v = tensor.as<float>()](std::size_t i) { return v[i]; });
    case ElementType::Float64: return use([v = tensor.as<double>()](std::size_t i) { return v[i]; });
    case ElementType::Int8:
    case ElementType::Int4:
    case ElementType::Int2: return use([v = tensor.as<std::int8_t>()](std::size_t i) { return v[i]; });
    case ElementType::Uint8:
    case ElementType::Uint4:
    case ElementType::Uint2:
    case ElementType::Bool: return use([v = tensor.as<std::uint8_t>()](std::size_t i) { return v[i]; });
    case ElementType::Int16: return use([v = tensor.as<std::int16_t>()](std::size_t i) { return v[i]; });
    case ElementType::Uint16: return use([v = tensor.as<std::uint16_t>()](std::size_t i) { return v[i]; });
    case ElementType::Int32: return use([v = tensor.as<std::int32_t>()](std::size_t i) { return v[i]; });
    case ElementType::Uint32: return use([v = tensor.as<std::uint32_t>()](std::size_t i) { return v[i]; });
    case ElementType::Int64: return use([v = tensor.as<std::int64_t>()](std::size_t i) { return v[i]; });
    case ElementType::Uint64: return use([v = tensor.as<std::uint64_t>()](std::size_t i) { return v[i]; });
    case ElementType::Float16:
    case ElementType::Bfloat16:
        return use([type, v = tensor.as<std::uint16_t>()](std::size_t i) { return decodeSmallFloat(type, v[i]); });
    case ElementType::Float8E4M3FN:
    case ElementType::Float8E4M3FNUZ:
    case ElementType::Float8E5M2:
    case ElementType::Float8E5M2FNUZ:
    case ElementType::Float4E2M1:
    case ElementType::Float6E2M3:
    case ElementType::Float6E3M2:
    case ElementType::Float8E8M0:
        return use([type, v = tensor.as<std::uint8_t>()](std::size_t i) { return decodeSmallFloat(type, v[i]); });
    default: break; // strings and complex numbers have no real value
    }
    return use([](std::size_t) { return std::numeric_limits<double>::quiet_NaN(); });
}

template <class To, class From>
To convertElement(From value)
{
    if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
        if (std::isnan(value)) return To{};
        // C++ leaves conversions out of range undefined; files may hold anything.
        constexpr auto kLow = static_cast<From>(std::numeric_limits<To>::min());
        constexpr auto kHigh = static_cast<From>(std::numeric_limits<To>::max());
        if (value <= kLow) return std::numeric_limits<To>::min();
        if (value >= kHigh) return std::numeric_limits<To>::max();
    }
    return static_cast<To>(value);
}

template <class To>
std::vector<To> convertAll(const Tensor& tensor)
{
    return withReader(tensor, [&](auto read) {
        std::vector<To> values(static_cast<std::size_t>(tensor.size()));
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = convertElement<To>(read(i));
        return values;
    });
}

} // namespace

double elementAsDouble(const Tensor& tensor, std::int64_t index)
{
    return withReader(tensor, [&](auto read) { return static_cast<double>(read(static_cast<std::size_t>(index))); });
}

std::vector<double> asDoubles(const Tensor& tensor)
{
    return convertAll<double>(tensor);
}

std::vector<float> asFloats(const Tensor& tensor)
{
    return convertAll<float>(tensor);
}

std::vector<std::int64_t> asIntegers(const Tensor& tensor)
{
    return convertAll<std::int64_t>(tensor);
}

} // namespace bitwright
