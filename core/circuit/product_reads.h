// SPDX-License-Identifier: GPL-3.0-or-later
/// Which input elements the products of a row of outputs read: a row of a matrix, or a window of an image.
#pragma once

#include <cstdint>
#include <vector>

#include "circuit/window.h"

namespace bitwright {

/// Row r loads `patch` elements; product i of output j takes entry patchIndex(i, j) of them.
struct ProductReads {
    std::int64_t rows = 1;
    std::int64_t patch = 1;
    std::int64_t channels = 1;          ///< of a pixel; `patch` for matrices
    std::int64_t group_channels = 1;    ///< that an output sees
    std::int64_t group_outputs = 1;     ///< outputs that see the same channels
    std::vector<std::int64_t> pixels;   ///< [rows][patch / channels], -1 where the window lies on the padding; empty: row r

    /// Rows of a matrix with @p n_in columns.
    static ProductReads matrix(std::int64_t rows, std::int64_t n_in, std::int64_t n_out)
    {
        return {rows, n_in, n_in, n_in, n_out, {}};
    }
    /// Windows of an image for @p filters outputs in @p groups.
    static ProductReads windows(const ImageWindow& window, std::int64_t groups, std::int64_t filters)
    {
        ProductReads reads{window.outputPixels(), window.taps() * window.channels, window.channels,
                           window.channels / groups, filters / groups, {}};
        reads.pixels.reserve(static_cast<std::size_t>(window.outputPixels() * window.taps()));
        for (std::int64_t row = 0; row < reads.rows; ++row)
            for (std::int64_t tap = 0; tap < window.taps(); ++tap)
                reads.pixels.push_back(window.inputPixel(row, tap));
        return reads;
    }

    /// The input element at entry @p index of row @p row's patch, or -1 where it is a zero of the padding.
    std::int64_t element(std::int64_t row, std::int64_t index) const
    {
        if (pixels.empty()) return row * patch + index;
        const std::int64_t pixel = pixels[static_cast<std::size_t>(row * (patch / channels) + index / channels)];
        return pixel < 0 ? -1 : pixel * channels + index % channels;
    }
    std::int64_t patchIndex(std::int64_t product, std::int64_t output) const
    {
        return product / group_channels * channels + output / group_outputs * group_channels + product % group_channels;
    }
};

} // namespace bitwright
