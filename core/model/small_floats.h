// SPDX-License-Identifier: GPL-3.0-or-later
/// Decoding and encoding of the floating-point types below 32 bits (ONNX: float16, bfloat16, float8,
/// float4; tables of the onnx documentation, reference qonnx_finn.md section 3.2).
#pragma once

#include <cstdint>

#include "model/tensor.h"

namespace bitwright {

/// Whether @p type is one of the formats below: 16 bits or fewer, floating point.
bool isSmallFloat(ElementType type);
/// Value of the stored @p code.
float decodeSmallFloat(ElementType type, std::uint16_t code);
/// Nearest code, ties to even. @p saturate: out of range becomes the largest value instead of infinity
/// or NaN (float8 only; float4 always saturates, the 16-bit types never do).
std::uint16_t encodeSmallFloat(ElementType type, float value, bool saturate);

} // namespace bitwright
