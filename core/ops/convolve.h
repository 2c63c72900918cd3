// SPDX-License-Identifier: GPL-3.0-or-later
/// The arithmetic of convolution in any element type: patches as a matrix, times the weights (onnx:
/// docs/Operators.md, Conv). Integer callers take unsigned types, whose arithmetic wraps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "ops/spatial.h"

namespace bitwright {

/// A convolution whose shapes fit.
struct Convolution {
    Window window;
    std::int64_t groups = 1;
    Shape out; ///< channels first
};

/// @p x and @p w channels first: [N, C, spatial...] and [M, C / groups, spatial...].
/// @error shapeProblem, attributeProblem
Result<Convolution> convolutionOf(const Node& node, const Shape& x, const Shape& w);
/// @error sizeProblem when the result or the work on it would be too large
Result<void> checkConvolutionSize(const Node& node, const Convolution& convolution, const Shape& w);

template <class T>
using RowMatrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Patches held at a time, so that memory does not grow with the image.
constexpr std::int64_t kPatchElements = std::int64_t{1} << 20;

/// One group of one sample.
template <class T>
void convolveGroup(const Convolution& conv, const std::vector<std::int64_t>& places, const T* x, const T* w, T* y,
                   std::int64_t channels, std::int64_t filters)
{
    const std::int64_t taps = elementCount(conv.window.kernel).value_or(0);
    const std::int64_t area = elementCount(conv.window.input).value_or(0);
    const std::int64_t outputs = elementCount(conv.window.output).value_or(0);
    const std::int64_t rows = channels * taps;
    const std::int64_t tile = std::clamp<std::int64_t>(kPatchElements / std::max<std::int64_t>(rows, 1), 1, std::max<std::int64_t>(outputs, 1));
    RowMatrix<T> patches(rows, std::min(tile, outputs));
    for (std::int64_t first = 0; first < outputs; first += tile) {
        const std::int64_t count = std::min(tile, outputs - first);
        for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t t = 0; t < taps; ++t)
                for (std::int64_t o = 0; o < count; ++o) {
                    const std::int64_t at = places[static_cast<std::size_t>((first + o) * taps + t)];
                    patches(c * taps + t, o) = at < 0 ? T{} : x[c * area + at];
                }
        using Strided = Eigen::Map<RowMatrix<T>, 0, Eigen::OuterStride<>>;
        Strided(y + first, filters, count, Eigen::OuterStride<>(outputs)).noalias() =
            Eigen::Map<const RowMatrix<T>>(w, filters, rows) * patches.leftCols(count);
    }
}

/// All samples and groups: @p x [N, C, spatial...], @p w [M, C / groups, spatial...], @p y the result.
template <class T>
void convolveAll(const Convolution& conv, std::int64_t samples, std::int64_t channels, const T* x, const T* w, T* y)
{
    const std::vector<std::int64_t> places = coveredPlaces(conv.window);
    const std::int64_t taps = elementCount(conv.window.kernel).value_or(0);
    const std::int64_t area = elementCount(conv.window.input).value_or(0);
    const std::int64_t outputs = elementCount(conv.window.output).value_or(0);
    const std::int64_t filters = conv.out[1] / conv.groups;
    for (std::int64_t n = 0; n < samples; ++n)
        for (std::int64_t g = 0; g < conv.groups; ++g)
            convolveGroup(conv, places, x + (n * conv.groups + g) * channels * area, w + g * filters * channels * taps,
                          y + (n * conv.groups + g) * filters * outputs, channels, filters);
}

} // namespace bitwright
