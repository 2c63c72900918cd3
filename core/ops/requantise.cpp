// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/requantise.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {

Stretched::Stretched(const Tensor& parameter, const Shape& over)
    : m_values(asFloats(parameter)), m_steps(broadcastSteps(parameter.shape(), over)), m_places(rowSteps(over)), m_extents(over)
{
}

float Stretched::operator[](std::int64_t element) const
{
    if (m_values.size() == 1) return m_values.front();
    std::int64_t at = 0;
    for (std::size_t axis = 0; axis < m_steps.size(); ++axis)
        if (m_steps[axis] != 0) at += element / m_places[axis] % m_extents[axis] * m_steps[axis];
    return m_values[static_cast<std::size_t>(at)];
}

std::optional<std::pair<double, double>> integerBounds(ElementType type)
{
    switch (type) {
    case ElementType::Uint8: return std::pair{0.0, 255.0};
    case ElementType::Int8: return std::pair{-128.0, 127.0};
    case ElementType::Uint16: return std::pair{0.0, 65535.0};
    case ElementType::Int16: return std::pair{-32768.0, 32767.0};
    case ElementType::Int32: return std::pair{-2147483648.0, 2147483647.0};
    case ElementType::Uint32: return std::pair{0.0, 4294967295.0};
    case ElementType::Uint4: return std::pair{0.0, 15.0};
    case ElementType::Int4: return std::pair{-8.0, 7.0};
    case ElementType::Uint2: return std::pair{0.0, 3.0};
    case ElementType::Int2: return std::pair{-2.0, 1.0};
    default: return std::nullopt;
    }
}

float LinearScale::code(float scaled) const
{
    const float rounded = std::nearbyint(scaled) + zero;
    return rounded >= low ? std::min(rounded, high) : low;
}

float LinearScale::codeOfShifted(float shifted) const
{
    const float rounded = std::nearbyint(shifted);
    return rounded >= low ? std::min(rounded, high) : low;
}

Result<LinearScale> linearScale(const RunContext& context, std::size_t scale, std::size_t zero, ElementType type)
{
    const Tensor* given = context.find(scale);
    if (!given) return missingInput(context.node, scale);
    const Tensor* point = context.find(zero);
    if (given->size() != 1 || (point && point->size() != 1))
        return shapeProblem(context.node, fmt::format("its inputs {} and {} must be a scale and a zero point for all elements", scale, zero));
    LinearScale result;
    result.scale = asFloats(*given).front();
    if (result.scale == 0) return valueProblem(context.node, "its scale is 0");
    if (point) result.zero = asFloats(*point).front();
    const auto bounds = integerBounds(point ? point->type() : type);
    if (!bounds) return typeProblem(context.node, point ? point->type() : type);
    result.low = static_cast<float>(bounds->first);
    result.high = static_cast<float>(bounds->second);
    return result;
}

Result<Tensor> withoutZeroPoint(const Node& node, const Tensor& codes, const Tensor* zero)
{
    if (!integerBounds(codes.type())) return typeProblem(node, codes.type());
    if (!zero) return convertTo(codes, ElementType::Int32);
    const std::optional<Shape> common = broadcastShape(codes.shape(), zero->shape());
    const bool fits = zero->size() == 1 || (common && *common == codes.shape());
    if (!fits) return shapeProblem(node, fmt::format("zero points of shape {} do not fit {}", shapeText(zero->shape()), shapeText(codes.shape())));
    const std::vector<std::int64_t> x = asIntegers(codes);
    const Stretched points(*zero, codes.shape());
    return filledTensor<std::int32_t>(ElementType::Int32, codes.shape(), [&](std::span<std::int32_t> y) {
        for (std::size_t i = 0; i < y.size(); ++i) // differences of 32-bit codes wrap
            y[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(x[i] - static_cast<std::int64_t>(points[static_cast<std::int64_t>(i)])));
    });
}

} // namespace bitwright
