// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance/tensor_match.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bitwright::test {
namespace {

bool hasTolerance(ElementType type)
{
    return type == ElementType::Float32 || type == ElementType::Float64 || type == ElementType::Float16 ||
           type == ElementType::Bfloat16;
}

/// Of 16-bit types two units in the last place: operators that are functions round once here and step by step there
/// (onnx's runner does the same for bfloat16).
double relativeTolerance(ElementType type, const Tolerance& tolerance)
{
    if (type == ElementType::Bfloat16) return std::max(tolerance.relative, 0x1p-6);
    if (type == ElementType::Float16) return std::max(tolerance.relative, 0x1p-9);
    return tolerance.relative;
}

/// The rounding of sums grows with the largest element: half a float32 unit of it is no difference.
double absoluteTolerance(const Tensor& expected, const Tolerance& tolerance)
{
    double largest = 1;
    for (const double x : asDoubles(expected))
        if (std::isfinite(x)) largest = std::max(largest, std::fabs(x));
    return tolerance.absolute * largest;
}

bool isClose(double actual, double expected, const Tolerance& tolerance)
{
    if (std::isnan(expected) || std::isnan(actual)) return std::isnan(expected) && std::isnan(actual);
    if (std::isinf(expected) || std::isinf(actual)) return expected == actual;
    return std::fabs(actual - expected) <= tolerance.absolute + tolerance.relative * std::fabs(expected);
}

} // namespace

std::string difference(const Tensor& actual, const Tensor& expected, const Tolerance& tolerance)
{
    if (actual.type() != expected.type())
        return fmt::format("type {} instead of {}", elementTypeName(actual.type()), elementTypeName(expected.type()));
    if (actual.shape() != expected.shape())
        return fmt::format("shape {} instead of {}", shapeText(actual.shape()), shapeText(expected.shape()));
    const bool is_complex = actual.type() == ElementType::Complex64 || actual.type() == ElementType::Complex128;
    if (is_complex || actual.type() == ElementType::String) return "elements that cannot be compared";
    if (!hasTolerance(actual.type())) {
        const auto a = actual.bytes();
        const auto b = expected.bytes();
        const auto at = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
        if (at == static_cast<std::ptrdiff_t>(a.size())) return {};
        const auto element = static_cast<std::int64_t>(static_cast<std::size_t>(at) / elementBytes(actual.type()));
        return fmt::format("element {} is {} instead of {}", element, elementAsDouble(actual, element), elementAsDouble(expected, element));
    }
    const Tolerance own{relativeTolerance(actual.type(), tolerance), absoluteTolerance(expected, tolerance)};
    for (std::int64_t i = 0; i < actual.size(); ++i) {
        const double a = elementAsDouble(actual, i);
        const double b = elementAsDouble(expected, i);
        if (!isClose(a, b, own)) return fmt::format("element {} is {} instead of {}", i, a, b);
    }
    return {};
}

} // namespace bitwright::test
