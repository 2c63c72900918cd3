// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/array.h"

#include <algorithm>
#include <cmath>

namespace bitwright::hls4ml {

namespace {

/// Rounds a double result as the type would have rounded the operation itself; for + - * / and sqrt of float32
/// operands this is exact, double having more than twice the bits.
double rounded(double value, ArrayType type)
{
    return type == ArrayType::Float32 ? static_cast<double>(static_cast<float>(value)) : value;
}

Array finish(Shape shape, ArrayType type, std::vector<double> values, ContentHash id)
{
    auto data = std::make_shared<ArrayData>();
    data->shape = std::move(shape);
    data->type = type;
    data->values = std::move(values);
    data->is_all_ones = std::all_of(data->values.begin(), data->values.end(), [](double v) { return v == 1; });
    data->is_all_zeros = std::all_of(data->values.begin(), data->values.end(), [](double v) { return v == 0; });
    data->id = id;
    return data;
}

ContentHasher derivation(std::string_view what)
{
    ContentHasher hasher;
    hasher.text(what);
    return hasher;
}

std::optional<Shape> broadcastShape(const Shape& a, const Shape& b)
{
    Shape result(std::max(a.size(), b.size()));
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::int64_t from_a = i < a.size() ? a[a.size() - 1 - i] : 1;
        const std::int64_t from_b = i < b.size() ? b[b.size() - 1 - i] : 1;
        if (from_a != from_b && from_a != 1 && from_b != 1)
            return std::nullopt;
        result[result.size() - 1 - i] = from_a == 1 ? from_b : from_a;
    }
    return result;
}

/// Index into an array of shape @p from for each element of the broadcast shape @p to.
std::vector<std::size_t> broadcastIndices(const Shape& from, const Shape& to)
{
    const std::size_t count = static_cast<std::size_t>(elementCount(to).value_or(0));
    std::vector<std::size_t> indices(count, 0);
    std::size_t stride_from = 1;
    std::size_t stride_to = 1;
    for (std::size_t i = 0; i < to.size(); ++i) {
        const auto extent_to = static_cast<std::size_t>(to[to.size() - 1 - i]);
        const std::size_t extent_from = i < from.size() ? static_cast<std::size_t>(from[from.size() - 1 - i]) : 1;
        if (extent_from > 1) {
            for (std::size_t e = 0; e < count; ++e)
                indices[e] += (e / stride_to % extent_to) * stride_from;
        }
        stride_from *= extent_from;
        stride_to *= extent_to;
    }
    return indices;
}

double apply(ArrayOperation operation, double a, double b)
{
    switch (operation) {
    case ArrayOperation::Add: return a + b;
    case ArrayOperation::Subtract: return a - b;
    case ArrayOperation::Multiply: return a * b;
    case ArrayOperation::Divide: return a / b;
    }
    return 0;
}

ArrayType promoted(ArrayOperation operation, ArrayType a, ArrayType b)
{
    if (a == b)
        return a == ArrayType::Int64 && operation == ArrayOperation::Divide ? ArrayType::Float64 : a;
    return ArrayType::Float64; // NumPy: int64 with float32 gives float64
}

template <class Function>
Array mapped(const Array& a, ContentHash id, ArrayType type, Function function)
{
    std::vector<double> values(a->values.size());
    std::transform(a->values.begin(), a->values.end(), values.begin(), function);
    return finish(a->shape, type, std::move(values), id);
}

} // namespace

Array arrayFromTensor(const Tensor& tensor)
{
    ArrayType type = ArrayType::Float64;
    if (tensor.type() == ElementType::Float32 || tensor.type() == ElementType::Float16
        || tensor.type() == ElementType::Bfloat16)
        type = ArrayType::Float32;
    else if (tensor.type() != ElementType::Float64)
        type = ArrayType::Int64;
    ContentHasher hasher = derivation("tensor");
    hasher.add(tensor.type()).array(std::span<const std::int64_t>(tensor.shape())).bytes(tensor.bytes());
    return finish(tensor.shape(), type, asDoubles(tensor), hasher.value());
}

Array arrayOf(double value, ArrayType type)
{
    return filledArray({}, value, type);
}

Array filledArray(Shape shape, double value, ArrayType type)
{
    ContentHasher hasher = derivation("filled");
    hasher.add(type).add(value).array(std::span<const std::int64_t>(shape));
    std::vector<double> values(static_cast<std::size_t>(elementCount(shape).value_or(0)), value);
    return finish(std::move(shape), type, std::move(values), hasher.value());
}

std::optional<Array> combine(ArrayOperation operation, const Array& a, const Array& b)
{
    auto shape = broadcastShape(a->shape, b->shape);
    if (!shape)
        return std::nullopt;
    const ArrayType type = promoted(operation, a->type, b->type);
    ContentHasher hasher = derivation("combine");
    hasher.add(operation).add(a->id).add(b->id);
    std::vector<double> values(static_cast<std::size_t>(elementCount(*shape).value_or(0)));
    if (a->shape == b->shape) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = rounded(apply(operation, a->values[i], b->values[i]), type);
    } else {
        const auto from_a = broadcastIndices(a->shape, *shape);
        const auto from_b = broadcastIndices(b->shape, *shape);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = rounded(apply(operation, a->values[from_a[i]], b->values[from_b[i]]), type);
    }
    return finish(std::move(*shape), type, std::move(values), hasher.value());
}

std::optional<Array> batchNormScale(const Array& gamma, const Array& variance, double epsilon)
{
    const ArrayType type = variance->type;
    ContentHasher hasher = derivation("deviation");
    hasher.add(variance->id).add(epsilon);
    // The epsilon is a plain number and takes the array's type before it is added.
    const Array deviation = mapped(variance, hasher.value(), type, [&](double value) {
        return rounded(std::sqrt(rounded(value + rounded(epsilon, type), type)), type);
    });
    return combine(ArrayOperation::Divide, gamma, deviation);
}

Array negated(const Array& a)
{
    return mapped(a, derivation("negated").add(a->id).value(), a->type, [](double value) { return -value; });
}

Array reciprocal(const Array& a)
{
    const ArrayType type = a->type == ArrayType::Int64 ? ArrayType::Float64 : a->type;
    return mapped(a, derivation("reciprocal").add(a->id).value(), type,
                  [&](double value) { return rounded(1.0 / value, type); });
}

std::optional<Array> broadcastTo(const Array& a, const Shape& shape)
{
    const auto common = broadcastShape(a->shape, shape);
    if (!common || *common != shape)
        return std::nullopt;
    if (a->shape == shape)
        return a;
    ContentHasher hasher = derivation("broadcast");
    hasher.add(a->id).array(std::span<const std::int64_t>(shape));
    const auto indices = broadcastIndices(a->shape, shape);
    std::vector<double> values(indices.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = a->values[indices[i]];
    return finish(shape, a->type, std::move(values), hasher.value());
}

Array reshaped(const Array& a, Shape shape)
{
    if (a->shape == shape)
        return a;
    ContentHasher hasher = derivation("reshaped");
    hasher.add(a->id).array(std::span<const std::int64_t>(shape));
    return finish(std::move(shape), a->type, a->values, hasher.value());
}

Array firstAxisLast(const Array& a)
{
    Shape shape(a->shape.begin() + 1, a->shape.end());
    shape.push_back(a->shape.front());
    const auto first = static_cast<std::size_t>(a->shape.front());
    const std::size_t rest = first == 0 ? 0 : a->values.size() / first;
    std::vector<double> values(a->values.size());
    for (std::size_t m = 0; m < first; ++m)
        for (std::size_t i = 0; i < rest; ++i)
            values[i * first + m] = a->values[m * rest + i];
    return finish(std::move(shape), a->type, std::move(values), derivation("first axis last").add(a->id).value());
}

Shape squeezed(const Shape& shape)
{
    Shape result;
    std::copy_if(shape.begin(), shape.end(), std::back_inserter(result), [](std::int64_t n) { return n != 1; });
    return result;
}

Array quantised(const Array& a, const Quantiser& quantiser)
{
    ContentHasher hasher = derivation("quantised");
    hasher.add(a->id).add(quantiser.kind);
    hashInto(hasher, quantiser.format);
    if (quantiser.kind == Quantiser::Kind::Binary)
        return mapped(a, hasher.value(), ArrayType::Int64, [](double value) { return value >= 0 ? 1.0 : 0.0; });
    const FixedFormat& format = *quantiser.fixed();
    const ArrayType type = a->type == ArrayType::Int64 ? ArrayType::Float64 : a->type;
    const int magnitude_bits = format.width_bits - (format.is_signed ? 1 : 0);
    const double highest = std::ldexp(1.0, magnitude_bits) - 1;
    double lowest = format.is_signed ? -std::ldexp(1.0, magnitude_bits) : 0;
    if (format.is_signed && format.overflow == Overflow::SatSym)
        lowest += 1;
    const double scale = std::ldexp(1.0, format.fractionBits());
    return mapped(a, hasher.value(), type, [&](double value) {
        const double clamped = std::clamp(rounded(value * scale, type), lowest, highest);
        double whole = std::floor(clamped);
        switch (format.rounding) {
        case Rounding::RndConv: whole = std::nearbyint(clamped); break; // half to even
        case Rounding::TrnZero: whole = std::trunc(clamped); break;
        case Rounding::RndInf: whole = std::round(clamped); break;
        case Rounding::RndZero: whole = std::copysign(std::ceil(std::abs(clamped) - 0.5), clamped); break;
        default: break;
        }
        return rounded(whole / scale, type);
    });
}

Array floored(const Array& a, int fraction_bits)
{
    const ArrayType type = a->type == ArrayType::Int64 ? ArrayType::Float64 : a->type;
    const double scale = std::ldexp(1.0, fraction_bits);
    return mapped(a, derivation("floored").add(a->id).add(fraction_bits).value(), type, [&](double value) {
        return rounded(std::floor(rounded(value * scale, type)) / scale, type);
    });
}

std::optional<double> uniformValue(const Array& a)
{
    if (a->values.empty())
        return std::nullopt;
    const double first = a->values.front();
    const bool is_uniform = std::all_of(a->values.begin(), a->values.end(), [&](double v) { return v == first; });
    return is_uniform ? std::optional(first) : std::nullopt;
}

bool isPowerOfTwo(double value)
{
    int exponent = 0;
    return value > 0 && std::isfinite(value) && std::frexp(value, &exponent) == 0.5;
}

int exponentOf(double power_of_two)
{
    int exponent = 0;
    std::frexp(power_of_two, &exponent);
    return exponent - 1;
}

} // namespace bitwright::hls4ml
