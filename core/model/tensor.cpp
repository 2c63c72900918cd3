// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tensor.h"

#include <array>
#include <cassert>
#include <cstring>

namespace bitwright {
namespace {

struct TypeInfo {
    std::string_view name;
    std::size_t bytes;
};

// Indexed by the ONNX number. Names as numpy and ml_dtypes say them.
constexpr std::array kTypes{
    TypeInfo{"undefined", 0},     TypeInfo{"float32", 4},        TypeInfo{"uint8", 1},
    TypeInfo{"int8", 1},          TypeInfo{"uint16", 2},         TypeInfo{"int16", 2},
    TypeInfo{"int32", 4},         TypeInfo{"int64", 8},          TypeInfo{"string", 0},
    TypeInfo{"bool", 1},          TypeInfo{"float16", 2},        TypeInfo{"float64", 8},
    TypeInfo{"uint32", 4},        TypeInfo{"uint64", 8},         TypeInfo{"complex64", 8},
    TypeInfo{"complex128", 16},   TypeInfo{"bfloat16", 2},       TypeInfo{"float8_e4m3fn", 1},
    TypeInfo{"float8_e4m3fnuz", 1}, TypeInfo{"float8_e5m2", 1},  TypeInfo{"float8_e5m2fnuz", 1},
    TypeInfo{"uint4", 1},         TypeInfo{"int4", 1},           TypeInfo{"float4_e2m1fn", 1},
    TypeInfo{"float8_e8m0fnu", 1}, TypeInfo{"uint2", 1},         TypeInfo{"int2", 1},
    TypeInfo{"float6_e2m3fn", 1},  TypeInfo{"float6_e3m2fn", 1},
};

const TypeInfo& info(ElementType type)
{
    const auto index = static_cast<std::size_t>(type);
    return kTypes[index < kTypes.size() ? index : 0];
}

} // namespace

std::string_view elementTypeName(ElementType type)
{
    return info(type).name;
}

std::size_t elementBytes(ElementType type)
{
    return info(type).bytes;
}

bool isKnownElementType(int onnx_number)
{
    return onnx_number > 0 && onnx_number < static_cast<int>(kTypes.size());
}

Tensor::Tensor(ElementType type, Shape shape, SharedBytes bytes)
    : m_type(type), m_shape(std::move(shape)), m_size(elementCount(m_shape).value_or(0)),
      m_bytes(std::move(bytes))
{
}

Tensor Tensor::zeros(ElementType type, Shape shape)
{
    const auto count = static_cast<std::size_t>(elementCount(shape).value_or(0));
    const std::shared_ptr<std::byte[]> bytes(new std::byte[count * elementBytes(type)]());
    return {type, std::move(shape), bytes};
}

std::span<const std::byte> Tensor::bytes() const
{
    if (!m_bytes) return {};
    return {m_bytes.get(), static_cast<std::size_t>(m_size) * elementBytes(m_type)};
}

Tensor Tensor::reshaped(Shape shape) const
{
    assert(elementCount(shape).value_or(-1) == m_size);
    return {m_type, std::move(shape), m_bytes};
}

Tensor makeTensor(ElementType type, Shape shape, std::span<const std::byte> bytes)
{
    // Not make_shared: plain new aligns for every element type.
    const std::shared_ptr<std::byte[]> copy(new std::byte[bytes.size()]);
    if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
    return {type, std::move(shape), copy};
}

} // namespace bitwright
