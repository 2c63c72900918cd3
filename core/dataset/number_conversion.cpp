// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/number_conversion.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

std::shared_ptr<std::byte[]> storageFor(const Tensor& tensor, std::size_t element_bytes)
{
    return std::shared_ptr<std::byte[]>(new std::byte[static_cast<std::size_t>(tensor.size()) * element_bytes]);
}

template <class T>
Tensor toFloat(const Tensor& tensor)
{
    const std::shared_ptr<std::byte[]> bytes = storageFor(tensor, sizeof(T));
    auto* out = reinterpret_cast<T*>(bytes.get());
    for (std::int64_t i = 0; i < tensor.size(); ++i)
        out[i] = static_cast<T>(elementAsDouble(tensor, i));
    return Tensor(elementTypeOf<T>(), tensor.shape(), bytes);
}

template <class T>
Result<Tensor> toInteger(const Tensor& tensor, ElementType type, const std::string& name)
{
    // The upper bound is exclusive: the largest 64-bit integers have no exact double.
    const double low = static_cast<double>(std::numeric_limits<T>::min());
    const double above = std::ldexp(1.0, std::numeric_limits<T>::digits);
    const std::shared_ptr<std::byte[]> bytes = storageFor(tensor, sizeof(T));
    auto* out = reinterpret_cast<T*>(bytes.get());
    for (std::int64_t i = 0; i < tensor.size(); ++i) {
        const double value = elementAsDouble(tensor, i);
        const bool is_bool_fault = type == ElementType::Bool && value != 0 && value != 1;
        if (!(value >= low && value < above) || value != std::floor(value) || is_bool_fault)
            return Diagnostic{DiagnosticCode::InputNotInteger,
                              {name, fmt::format("{}", value), std::string(elementTypeName(type))}};
        out[i] = static_cast<T>(value);
    }
    return Tensor(type, tensor.shape(), bytes);
}

} // namespace

Result<Tensor> convertNumbers(const Tensor& tensor, ElementType type, const std::string& name)
{
    if (tensor.type() == type) return tensor;
    switch (type) {
    case ElementType::Undefined: // a file that does not say: as the arrays of float32 networks
    case ElementType::Float32: return toFloat<float>(tensor);
    case ElementType::Float64: return toFloat<double>(tensor);
    case ElementType::Bool:
    case ElementType::Uint2:
    case ElementType::Uint4:
    case ElementType::Uint8: return toInteger<std::uint8_t>(tensor, type, name);
    case ElementType::Int2:
    case ElementType::Int4:
    case ElementType::Int8: return toInteger<std::int8_t>(tensor, type, name);
    case ElementType::Uint16: return toInteger<std::uint16_t>(tensor, type, name);
    case ElementType::Int16: return toInteger<std::int16_t>(tensor, type, name);
    case ElementType::Uint32: return toInteger<std::uint32_t>(tensor, type, name);
    case ElementType::Int32: return toInteger<std::int32_t>(tensor, type, name);
    case ElementType::Uint64: return toInteger<std::uint64_t>(tensor, type, name);
    case ElementType::Int64: return toInteger<std::int64_t>(tensor, type, name);
    default:
        return Diagnostic{DiagnosticCode::ArrayType,
                          {name, std::string(elementTypeName(tensor.type())), std::string(elementTypeName(type))}};
    }
}

Tensor asFloatingPoint(const Tensor& tensor)
{
    if (tensor.type() == ElementType::Float32 || tensor.type() == ElementType::Float64) return tensor;
    for (std::int64_t i = 0; i < tensor.size(); ++i) {
        const double value = elementAsDouble(tensor, i);
        if (static_cast<double>(static_cast<float>(value)) != value) return toFloat<double>(tensor);
    }
    return toFloat<float>(tensor);
}

} // namespace bitwright
