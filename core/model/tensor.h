// SPDX-License-Identifier: GPL-3.0-or-later
/// Tensors as model files hold them: typed elements, shape, shared bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "numerics/shape.h"

namespace bitwright {

/// Element types with the numbers of ONNX `TensorProto.DataType`.
enum class ElementType : int {
    Undefined = 0, Float32 = 1, Uint8 = 2, Int8 = 3, Uint16 = 4, Int16 = 5, Int32 = 6, Int64 = 7,
    String = 8, Bool = 9, Float16 = 10, Float64 = 11, Uint32 = 12, Uint64 = 13, Complex64 = 14,
    Complex128 = 15, Bfloat16 = 16, Float8E4M3FN = 17, Float8E4M3FNUZ = 18, Float8E5M2 = 19,
    Float8E5M2FNUZ = 20, Uint4 = 21, Int4 = 22, Float4E2M1 = 23, Float8E8M0 = 24, Uint2 = 25, Int2 = 26,
    Float6E2M3 = 27, Float6E3M2 = 28,
};

std::string_view elementTypeName(ElementType type); ///< "float32", "int8", ... as numpy says it
/// Whether the number in a file is one of the types above.
bool isKnownElementType(int onnx_number);
/// Bytes of one stored element in memory; sub-byte types are unpacked to one byte each. 0 for strings.
std::size_t elementBytes(ElementType type);

/// Immutable bytes that tensors share: owned memory, or a view of a mapped file kept alive.
using SharedBytes = std::shared_ptr<const std::byte[]>;

/// An array in C order. A value: copies share the bytes.
class Tensor {
public:
    Tensor() = default;
    /// @p bytes holds elementCount(shape) * elementBytes(type) bytes.
    Tensor(ElementType type, Shape shape, SharedBytes bytes);
    /// Zero-filled.
    static Tensor zeros(ElementType type, Shape shape);
    template <class T>
    static Tensor of(Shape shape, std::span<const T> values);

    ElementType type() const { return m_type; }
    const Shape& shape() const { return m_shape; }
    std::int64_t size() const { return m_size; }
    std::span<const std::byte> bytes() const;
    SharedBytes sharedBytes() const { return m_bytes; }

    /// The elements as T. @pre T is the C++ type of `type()` (float, double, std::int8_t, ..., bool as uint8_t)
    template <class T>
    std::span<const T> as() const
    {
        return {reinterpret_cast<const T*>(m_bytes.get()), static_cast<std::size_t>(m_size)};
    }

    bool isEmpty() const { return m_type == ElementType::Undefined; }
    /// Same bytes, other extents of the same element count.
    Tensor reshaped(Shape shape) const;

private:
    ElementType m_type = ElementType::Undefined;
    Shape m_shape;
    std::int64_t m_size = 0;
    SharedBytes m_bytes;
};

/// Element @p index converted to double (exact for all types up to 53 significant bits).
double elementAsDouble(const Tensor& tensor, std::int64_t index);
/// The whole tensor converted, C order.
std::vector<double> asDoubles(const Tensor& tensor);
std::vector<float> asFloats(const Tensor& tensor);
/// For shapes, axes and the like. Non-integer types are truncated.
std::vector<std::int64_t> asIntegers(const Tensor& tensor);

template <class T>
constexpr ElementType elementTypeOf();
template <> constexpr ElementType elementTypeOf<float>() { return ElementType::Float32; }
template <> constexpr ElementType elementTypeOf<double>() { return ElementType::Float64; }
template <> constexpr ElementType elementTypeOf<std::int8_t>() { return ElementType::Int8; }
template <> constexpr ElementType elementTypeOf<std::uint8_t>() { return ElementType::Uint8; }
template <> constexpr ElementType elementTypeOf<std::int16_t>() { return ElementType::Int16; }
template <> constexpr ElementType elementTypeOf<std::uint16_t>() { return ElementType::Uint16; }
template <> constexpr ElementType elementTypeOf<std::int32_t>() { return ElementType::Int32; }
template <> constexpr ElementType elementTypeOf<std::uint32_t>() { return ElementType::Uint32; }
template <> constexpr ElementType elementTypeOf<std::int64_t>() { return ElementType::Int64; }
template <> constexpr ElementType elementTypeOf<std::uint64_t>() { return ElementType::Uint64; }

Tensor makeTensor(ElementType type, Shape shape, std::span<const std::byte> bytes);

template <class T>
Tensor Tensor::of(Shape shape, std::span<const T> values)
{
    return makeTensor(elementTypeOf<T>(), std::move(shape), std::as_bytes(values));
}

} // namespace bitwright
