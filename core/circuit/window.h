// SPDX-License-Identifier: GPL-3.0-or-later
/// Windows that slide over images with their channels last: what convolutions and pools read (hls4ml reference, sections
/// 2.2 and 2.4).
#pragma once

#include <cstdint>

#include "support/content_hash.h"

namespace bitwright {

/// Extents in pixels. One-dimensional data have a height of 1.
struct ImageWindow {
    std::int64_t in_height = 1;
    std::int64_t in_width = 1;
    std::int64_t channels = 1;
    std::int64_t kernel_height = 1;
    std::int64_t kernel_width = 1;
    std::int64_t stride_height = 1;
    std::int64_t stride_width = 1;
    std::int64_t dilation_height = 1;
    std::int64_t dilation_width = 1;
    std::int64_t pad_top = 0;
    std::int64_t pad_left = 0;
    std::int64_t out_height = 1;
    std::int64_t out_width = 1;

    std::int64_t taps() const { return kernel_height * kernel_width; }
    std::int64_t inputPixels() const { return in_height * in_width; }
    std::int64_t outputPixels() const { return out_height * out_width; }
    /// The input pixel under place @p tap of the window of output pixel @p output, or -1 on the padding.
    std::int64_t inputPixel(std::int64_t output, std::int64_t tap) const;
    /// Whether some window reaches over an edge.
    bool reachesPadding() const;
    void hashInto(ContentHasher& hasher) const;
};

} // namespace bitwright
