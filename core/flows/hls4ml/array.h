// SPDX-License-Identifier: GPL-3.0-or-later
/// Constants on their way into the hardware: arrays with NumPy's arithmetic, because hls4ml prepares weights with it
/// and float32 steps are visible in the last bit (hls4ml reference, sections 2.5 and 2.17).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/tensor.h"
#include "numerics/number_format.h"
#include "numerics/shape.h"
#include "support/content_hash.h"

namespace bitwright::hls4ml {

/// Element types that decide how arithmetic rounds; ordered by NumPy's promotion.
enum class ArrayType { Int64, Float32, Float64 };

/// Immutable; `id` says how it came about, so equal ids mean equal content.
struct ArrayData {
    Shape shape;
    ArrayType type = ArrayType::Float32;
    std::vector<double> values; ///< C order; exact for all three types here
    bool is_all_ones = false;
    bool is_all_zeros = false;
    ContentHash id = 0;
};
using Array = std::shared_ptr<const ArrayData>;

enum class ArrayOperation { Add, Subtract, Multiply, Divide };

/// A quantiser that a model file attaches to a constant.
struct Quantiser {
    enum class Kind { Uniform, Binary };
    Kind kind = Kind::Uniform;
    NumberFormat format; ///< fixed for Uniform, bipolar for Binary

    bool operator==(const Quantiser&) const = default;
    const FixedFormat* fixed() const { return std::get_if<FixedFormat>(&format); }
};

Array arrayFromTensor(const Tensor& tensor);
Array arrayOf(double value, ArrayType type);
Array filledArray(Shape shape, double value, ArrayType type);

/// Element by element, with broadcasting and NumPy's promotion (two integers divide to float64).
/// Nothing where the shapes do not broadcast.
std::optional<Array> combine(ArrayOperation operation, const Array& a, const Array& b);
/// gamma / sqrt(variance + epsilon), every step rounded to the arrays' type.
std::optional<Array> batchNormScale(const Array& gamma, const Array& variance, double epsilon);
/// -a, 1 / a (the 1 being a plain number, which does not promote).
Array negated(const Array& a);
Array reciprocal(const Array& a);
/// @p a repeated to @p shape, or nothing where it does not fit.
std::optional<Array> broadcastTo(const Array& a, const Shape& shape);
Array reshaped(const Array& a, Shape shape);
/// [M, ...] -> [..., M]
Array firstAxisLast(const Array& a);
/// The shape without extents of 1.
Shape squeezed(const Shape& shape);

/// What the quantiser's own Python code makes of the values: grid values for Uniform, 0 and 1 for Binary.
Array quantised(const Array& a, const Quantiser& quantiser);
/// floor(values * 2^fraction_bits) / 2^fraction_bits
Array floored(const Array& a, int fraction_bits);

/// The value that all elements share, or nothing.
std::optional<double> uniformValue(const Array& a);
bool isPowerOfTwo(double value);
/// log2 of a power of two.
int exponentOf(double power_of_two);

} // namespace bitwright::hls4ml
