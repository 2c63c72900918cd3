// SPDX-License-Identifier: GPL-3.0-or-later
/// Where the elements of a resized axis come from, and with which weights (onnx: docs/Operators.md, Resize;
/// onnx/reference/ops/op_resize.py).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bitwright {

/// The attributes of Resize and Upsample that say how one axis is sampled.
struct Resampling {
    enum class Mode { Nearest, Linear, Cubic };
    Mode mode = Mode::Nearest;
    std::string coordinates = "half_pixel";
    std::string nearest = "round_prefer_floor"; ///< "simple" for the operators before version 11
    float cubic_a = -0.75F;
    bool excludes_outside = false;
    bool antialiases = false;
};

/// One axis of the input and of the output.
struct ResampledAxis {
    std::int64_t input = 1;
    std::int64_t output = 1;
    float scale = 1;
    float length = 1;    ///< of the output before it is cut to whole elements
    float roi_start = 0; ///< only for tf_crop_and_resize
    float roi_end = 1;
};

/// Input place and weight.
struct Tap {
    std::int64_t place;
    float weight;
};

/// Of one output element. Empty where the element lies outside the region of tf_crop_and_resize.
using Taps = std::vector<Tap>;

bool isKnownCoordinates(const std::string& name);
bool isKnownNearest(const std::string& name);

/// The taps of every output place. @pre input >= 1, names are known
std::vector<Taps> tapsOf(const ResampledAxis& axis, const Resampling& how);

/// Weights of the four neighbours at -1, 0, 1, 2 for a position @p fraction behind place 0 (Keys' cubic).
void cubicWeights(float fraction, float a, float (&weights)[4]);

} // namespace bitwright
