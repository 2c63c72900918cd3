// SPDX-License-Identifier: GPL-3.0-or-later
/// Decoding and encoding of the floating-point types below 32 bits (ONNX: float16, bfloat16, float8,
/// float6, float4; tables of the onnx documentation, reference qonnx_finn.md section 3.2).
#pragma once

#include <cstdint>

#include "model/tensor.h"

namespace bitwright {

/// Whether @p type is one of the formats below: 16 bits or fewer, floating point.
bool isSmallFloat(ElementType type);
/// Value of the stored @p code.
float decodeSmallFloat(ElementType type, std::uint16_t code);
/// How a number between two powers of two becomes a float8_e8m0fnu.
enum class ExponentRounding { Up, Down, Nearest };
/// The float8_e8m0fnu code, a power of two from 2^-127 on. @p saturate: zero and what lies out of range become the
/// nearest power instead of NaN. Negative numbers are NaN.
std::uint8_t encodeExponent(float value, ExponentRounding rounding, bool saturate);

/// Nearest code, ties to even; float8_e8m0fnu rounds ties up. @p saturate: out of range becomes the largest value
/// instead of infinity or NaN (types of 8 bits; narrower ones always saturate, 16-bit types never do). NaN becomes
/// minus zero where the type has none.
std::uint16_t encodeSmallFloat(ElementType type, float value, bool saturate);

} // namespace bitwright
