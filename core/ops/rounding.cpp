// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/rounding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace bitwright {
namespace {

// numpy's sign: 0 for both zeros, so that they lose their sign below; NaN stays.
float signOf(float x)
{
    if (std::isnan(x)) return x;
    return static_cast<float>((x > 0) - (x < 0));
}

float halfEven(float x) { return std::nearbyint(x); }
float ceiling(float x) { return std::ceil(x); }
float floored(float x) { return std::floor(x); }
float up(float x) { return signOf(x) * std::ceil(std::fabs(x)); }
float down(float x) { return std::trunc(x); }
float halfUp(float x) { return signOf(x) * std::floor(std::fabs(x) + 0.5F); }
float halfDown(float x) { return signOf(x) * std::ceil(std::fabs(x) - 0.5F); }

constexpr std::array kModes{
    FloatRounding{"ROUND", halfEven}, FloatRounding{"HALF_EVEN", halfEven}, FloatRounding{"CEIL", ceiling},       FloatRounding{"FLOOR", floored},
    FloatRounding{"UP", up},          FloatRounding{"DOWN", down},          FloatRounding{"HALF_UP", halfUp},     FloatRounding{"HALF_DOWN", halfDown},
};

} // namespace

const FloatRounding* roundingByName(std::string_view name)
{
    std::string upper(name);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto found = std::find_if(kModes.begin(), kModes.end(), [&](const FloatRounding& mode) { return mode.name == upper; });
    return found == kModes.end() ? nullptr : &*found;
}

} // namespace bitwright
