// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/resampling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace bitwright {
namespace {

// float32 throughout, as in ONNX Runtime: on ties the last bit decides between two neighbours.

struct Coordinates {
    std::string_view name;
    float (*original)(float x, const ResampledAxis& axis);
};

float halfPixel(float x, const ResampledAxis& axis)
{
    return (x + 0.5F) / axis.scale - 0.5F;
}

float halfPixelSymmetric(float x, const ResampledAxis& axis)
{
    const float adjustment = static_cast<float>(axis.output) / (axis.scale * static_cast<float>(axis.input));
    const float center = static_cast<float>(axis.input) / 2;
    return center * (1 - adjustment) + (x + 0.5F) / axis.scale - 0.5F;
}

float pytorchHalfPixel(float x, const ResampledAxis& axis)
{
    return axis.output > 1 ? (x + 0.5F) / axis.scale - 0.5F : 0.0F;
}

float alignCorners(float x, const ResampledAxis& axis)
{
    return axis.length == 1 ? 0.0F : x * static_cast<float>(axis.input - 1) / (axis.length - 1);
}

float asymmetric(float x, const ResampledAxis& axis)
{
    return x / axis.scale;
}

float cropAndResize(float x, const ResampledAxis& axis)
{
    const auto last = static_cast<float>(axis.input - 1);
    if (axis.output > 1)
        return axis.roi_start * last + x * (axis.roi_end - axis.roi_start) * last / static_cast<float>(axis.output - 1);
    return 0.5F * (axis.roi_start + axis.roi_end) * last;
}

float halfPixelForNearest(float x, const ResampledAxis& axis)
{
    return (x + 0.5F) / axis.scale;
}

constexpr std::string_view kCrop = "tf_crop_and_resize";

constexpr std::array kCoordinates{
    Coordinates{"half_pixel", halfPixel},
    Coordinates{"half_pixel_symmetric", halfPixelSymmetric},
    Coordinates{"pytorch_half_pixel", pytorchHalfPixel},
    Coordinates{"align_corners", alignCorners},
    Coordinates{"asymmetric", asymmetric},
    Coordinates{kCrop, cropAndResize},
    Coordinates{"tf_half_pixel_for_nn", halfPixelForNearest},
};

struct Nearest {
    std::string_view name;
    float (*place)(float x, bool shrinks);
};

float preferFloor(float x, bool)
{
    return x == std::floor(x) + 0.5F ? std::floor(x) : std::round(x);
}

constexpr std::array kNearest{
    Nearest{"round_prefer_floor", preferFloor},
    Nearest{"round_prefer_ceil", [](float x, bool) { return std::floor(x + 0.5F); }},
    Nearest{"floor", [](float x, bool) { return std::floor(x); }},
    Nearest{"ceil", [](float x, bool) { return std::ceil(x); }},
    Nearest{"simple", [](float x, bool shrinks) { return shrinks ? std::ceil(x) : std::trunc(x); }},
};

template <class Table>
const auto* entryOf(const Table& table, std::string_view name)
{
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
    return found == table.end() ? nullptr : &*found;
}

float cubicKernel(float distance, float a)
{
    const float d = std::fabs(distance);
    if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
    if (d < 2) return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
    return 0;
}

/// Linear and cubic: the neighbours under the kernel, which is stretched when an antialiased axis shrinks.
Taps weightedTaps(float x, const ResampledAxis& axis, const Resampling& how)
{
    const bool is_cubic = how.mode == Resampling::Mode::Cubic;
    const float stretch = how.antialiases ? std::min(axis.scale, 1.0F) : 1.0F;
    const auto reach = static_cast<std::int64_t>(std::floor((is_cubic ? -2.0F : -1.0F) / stretch)) + 1;
    const float left = std::ceil(x) - 1; // the neighbour on the left, even where x is a place itself
    Taps taps;
    float sum = 0;
    for (std::int64_t k = reach; k <= 1 - reach; ++k) {
        const float place = left + static_cast<float>(k);
        const float distance = (place - x) * stretch;
        float weight = is_cubic ? cubicKernel(distance, how.cubic_a) : std::max(0.0F, 1 - std::fabs(distance));
        const bool is_outside = place < 0 || place > static_cast<float>(axis.input - 1);
        if (how.excludes_outside && is_outside) weight = 0;
        if (weight == 0) continue;
        taps.push_back({static_cast<std::int64_t>(std::clamp(place, 0.0F, static_cast<float>(axis.input - 1))), weight});
        sum += weight;
    }
    if ((how.antialiases || how.excludes_outside) && sum != 0)
        for (Tap& tap : taps) tap.weight /= sum;
    return taps;
}

} // namespace

bool isKnownCoordinates(const std::string& name)
{
    return entryOf(kCoordinates, name) != nullptr;
}

bool isKnownNearest(const std::string& name)
{
    return entryOf(kNearest, name) != nullptr;
}

std::vector<Taps> tapsOf(const ResampledAxis& axis, const Resampling& how)
{
    const Coordinates& coordinates = *entryOf(kCoordinates, how.coordinates);
    const Nearest& nearest = *entryOf(kNearest, how.nearest);
    const auto last = static_cast<float>(axis.input - 1);
    std::vector<Taps> all(static_cast<std::size_t>(axis.output));
    for (std::size_t o = 0; o < all.size(); ++o) {
        const auto place = static_cast<float>(o);
        const float x = axis.scale == 1 && coordinates.name != kCrop ? place : coordinates.original(place, axis);
        if (coordinates.name == kCrop && !(x >= 0 && x <= last)) continue;
        if (how.mode != Resampling::Mode::Nearest) {
            all[o] = weightedTaps(std::clamp(x, -1e9F, 1e9F), axis, how);
            continue;
        }
        const float at = std::clamp(nearest.place(x, axis.scale < 1), 0.0F, last);
        all[o] = {{static_cast<std::int64_t>(at), 1.0F}};
    }
    return all;
}

void cubicWeights(float fraction, float a, float (&weights)[4])
{
    for (int k = 0; k < 4; ++k) weights[k] = cubicKernel(static_cast<float>(k - 1) - fraction, a);
}

} // namespace bitwright
