// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/small_floats.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace bitwright {
namespace {

/// What the all-ones codes mean.
enum class Specials {
    Ieee,       ///< infinities and NaNs in the top exponent
    NanOnly,    ///< FN: one NaN code, no infinity
    NegativeZero, ///< FNUZ: the code of -0 is the only NaN
    None        ///< FN without NaN
};

struct Layout {
    int exponent_bits;
    int mantissa_bits;
    int bias;
    Specials specials;

    int signShift() const { return exponent_bits + mantissa_bits; }
    int exponentMask() const { return (1 << exponent_bits) - 1; }
    int mantissaMask() const { return (1 << mantissa_bits) - 1; }
};

Layout layoutOf(ElementType type)
{
    switch (type) {
    case ElementType::Float16: return {5, 10, 15, Specials::Ieee};
    case ElementType::Bfloat16: return {8, 7, 127, Specials::Ieee};
    case ElementType::Float8E4M3FN: return {4, 3, 7, Specials::NanOnly};
    case ElementType::Float8E4M3FNUZ: return {4, 3, 8, Specials::NegativeZero};
    case ElementType::Float8E5M2: return {5, 2, 15, Specials::Ieee};
    case ElementType::Float8E5M2FNUZ: return {5, 2, 16, Specials::NegativeZero};
    case ElementType::Float6E2M3: return {2, 3, 1, Specials::None};
    case ElementType::Float6E3M2: return {3, 2, 3, Specials::None};
    default: return {2, 1, 1, Specials::None}; // float4_e2m1fn
    }
}

/// The largest finite magnitude's code, without sign.
int largestCode(const Layout& layout)
{
    const int all_ones = (1 << layout.signShift()) - 1;
    switch (layout.specials) {
    case Specials::Ieee: return ((layout.exponentMask() - 1) << layout.mantissa_bits) | layout.mantissaMask();
    case Specials::NanOnly: return all_ones - 1;
    case Specials::NegativeZero:
    case Specials::None: break;
    }
    return all_ones;
}

int nanCode(const Layout& layout)
{
    if (layout.specials == Specials::NegativeZero || layout.specials == Specials::None) return 1 << layout.signShift();
    if (layout.specials == Specials::Ieee) // quiet
        return (layout.exponentMask() << layout.mantissa_bits) | (1 << (layout.mantissa_bits - 1));
    return (1 << layout.signShift()) - 1;
}

int overflowCode(const Layout& layout, int sign, bool saturate, bool was_infinite)
{
    if (layout.specials == Specials::None) return sign | largestCode(layout);
    if (saturate && !(was_infinite && layout.specials == Specials::NegativeZero))
        return sign | largestCode(layout);
    if (layout.specials == Specials::Ieee) return sign | (layout.exponentMask() << layout.mantissa_bits);
    return layout.specials == Specials::NegativeZero ? nanCode(layout) : sign | nanCode(layout);
}

} // namespace

bool isSmallFloat(ElementType type)
{
    switch (type) {
    case ElementType::Float16:
    case ElementType::Bfloat16:
    case ElementType::Float8E4M3FN:
    case ElementType::Float8E4M3FNUZ:
    case ElementType::Float8E5M2:
    case ElementType::Float8E5M2FNUZ:
    case ElementType::Float4E2M1:
    case ElementType::Float6E2M3:
    case ElementType::Float6E3M2:
    case ElementType::Float8E8M0: return true;
    default: return false;
    }
}

float decodeSmallFloat(ElementType type, std::uint16_t code)
{
    if (type == ElementType::Float8E8M0) // a bare exponent
        return code == 255 ? std::numeric_limits<float>::quiet_NaN() : std::ldexp(1.0F, code - 127);
    const Layout layout = layoutOf(type);
    const int exponent = (code >> layout.mantissa_bits) & layout.exponentMask();
    const int mantissa = code & layout.mantissaMask();
    const bool negative = ((code >> layout.signShift()) & 1) != 0;
    const int magnitude = code & ((1 << layout.signShift()) - 1);
    const bool is_nan_code = layout.specials == Specials::NegativeZero ? code == nanCode(layout)
                             : layout.specials == Specials::NanOnly   ? magnitude == nanCode(layout)
                                                                      : false;
    if (is_nan_code) return std::numeric_limits<float>::quiet_NaN();
    float value = 0;
    if (layout.specials == Specials::Ieee && exponent == layout.exponentMask())
        value = mantissa == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
    else if (exponent == 0)
        value = std::ldexp(static_cast<float>(mantissa), 1 - layout.bias - layout.mantissa_bits);
    else
        value = std::ldexp(static_cast<float>(mantissa + layout.mantissaMask() + 1),
                           exponent - layout.bias - layout.mantissa_bits);
    return negative ? -value : value;
}

std::uint8_t encodeExponent(float value, ExponentRounding rounding, bool saturate)
{
    constexpr int kBias = 127;
    constexpr int kLargest = 254;
    constexpr std::uint8_t kNan = 255;
    if (std::isnan(value) || value < 0) return kNan;
    if (std::isinf(value)) return saturate ? kLargest : kNan;
    if (value == 0) return saturate ? 0 : kNan;
    int exponent = 0;
    const float fraction = 2 * std::frexp(value, &exponent); // in [1, 2)
    const bool goes_up = (rounding == ExponentRounding::Up && fraction > 1) ||
                         (rounding == ExponentRounding::Nearest && fraction >= 1.5F);
    const int code = exponent - 1 + (goes_up ? 1 : 0) + kBias;
    if (!saturate && (code < 0 || code > kLargest)) return kNan;
    return static_cast<std::uint8_t>(std::clamp(code, 0, kLargest));
}

std::uint16_t encodeSmallFloat(ElementType type, float value, bool saturate)
{
    if (type == ElementType::Float8E8M0) return encodeExponent(value, ExponentRounding::Nearest, saturate);
    const Layout layout = layoutOf(type);
    const int sign = std::signbit(value) ? 1 << layout.signShift() : 0;
    if (std::isnan(value))
        return static_cast<std::uint16_t>(layout.specials == Specials::NegativeZero || layout.specials == Specials::None
                                              ? nanCode(layout)
                                              : sign | nanCode(layout));
    saturate = saturate && elementBytes(type) == 1;
    if (std::isinf(value)) return static_cast<std::uint16_t>(overflowCode(layout, sign, saturate, true));
    const float magnitude = std::fabs(value);
    int exponent = 0;
    std::frexp(magnitude, &exponent);
    // Exponent of one unit in the last place; the maximum makes the subnormals.
    const int unit = std::max(exponent - 1, 1 - layout.bias) - layout.mantissa_bits;
    const double steps = std::nearbyint(std::ldexp(static_cast<double>(magnitude), -unit));
    if (steps == 0) return static_cast<std::uint16_t>(layout.specials == Specials::NegativeZero ? 0 : sign);
    // Adding the steps to the exponent field carries into the next binade by itself.
    const int field = unit + layout.mantissa_bits + layout.bias - 1;
    const auto code = static_cast<std::int64_t>(steps) + (static_cast<std::int64_t>(field) << layout.mantissa_bits);
    if (code > largestCode(layout)) return static_cast<std::uint16_t>(overflowCode(layout, sign, saturate, false));
    return static_cast<std::uint16_t>(sign | static_cast<int>(code));
}

} // namespace bitwright
