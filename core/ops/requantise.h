// SPDX-License-Identifier: GPL-3.0-or-later
/// What quantised operators share: parameters stretched over a tensor, and the way back to codes (onnxruntime:
/// core/mlas/lib/quantize.cpp; reference qonnx_finn.md section 3.3).
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "ops/op_descriptor.h"

namespace bitwright {

/// A parameter that is stretched over a tensor by broadcasting. @pre the shapes can be broadcast
class Stretched {
public:
    Stretched(const Tensor& parameter, const Shape& over);
    float operator[](std::int64_t element) const;

private:
    std::vector<float> m_values;
    std::vector<std::int64_t> m_steps;
    std::vector<std::int64_t> m_places;
    Shape m_extents;
};

/// Lowest and highest code of an integer type up to 32 bits, or nothing for other types.
std::optional<std::pair<double, double>> integerBounds(ElementType type);

/// Scale and zero point of one tensor as a whole.
struct LinearScale {
    float scale = 1;
    float zero = 0;
    float low = 0;
    float high = 255;

    /// round half to even, add the zero point, saturate; NaN gives the lowest code.
    float code(float scaled) const;
    /// The same of a value that is divided by the scale first.
    float quantised(float value) const { return code(value / scale); }
    /// ONNX Runtime's element-wise kernels add the zero point before they round.
    float codeOfShifted(float shifted) const;
    float value(float code) const { return (code - zero) * scale; }
};

/// From a scalar scale input and a zero-point input, which may be omitted (@p type then says the codes' type).
/// @error shapeProblem, valueProblem, typeProblem
Result<LinearScale> linearScale(const RunContext& context, std::size_t scale, std::size_t zero, ElementType type);

/// Codes minus their zero points, as int32. The zero points must stretch over @p codes. @error shapeProblem, typeProblem
Result<Tensor> withoutZeroPoint(const Node& node, const Tensor& codes, const Tensor* zero);

} // namespace bitwright
