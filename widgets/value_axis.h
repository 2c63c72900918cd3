// SPDX-License-Identifier: GPL-3.0-or-later
/// The log2 axis that ranges and histograms share: magnitude of a value as a power of two against pixels.
#pragma once

#include <QRectF>

#include "widgets/design_view.h"

namespace bitwright {

/// Powers of two from `lowest` to `highest`, left to right over `plot`.
struct ValueAxis {
    QRectF plot;
    int lowest = -16;
    int highest = 8;

    double toPixel(double power) const
    {
        return plot.left() + (power - lowest) / static_cast<double>(highest - lowest) * plot.width();
    }
    double toPower(double pixel) const
    {
        return lowest + (pixel - plot.left()) / plot.width() * static_cast<double>(highest - lowest);
    }
    double powerWidth() const { return plot.width() / static_cast<double>(highest - lowest); }
    /// Every how many powers there is room for a label of @p labelWidth pixels: 1, 2, 4, ...
    int labelStep(double labelWidth) const;
};

/// The part of the value axis that a fixed-point format can say: its least bit and the first power that it cannot reach.
struct FormatSpan {
    int lowest = 0;  ///< power of the least bit, I - W
    int highest = 0; ///< I without the sign bit: magnitudes stay below 2^highest
};
FormatSpan spanOf(const FixedFormat& format);
/// @p format with other ends; at least one bit stays.
FixedFormat withSpan(const FixedFormat& format, FormatSpan span);

/// Shares of non-zero values that a format would lose, from a log2 histogram.
struct Losses {
    double above = 0; ///< magnitudes of 2^highest and more
    double below = 0; ///< magnitudes below half of the least bit
};
Losses lossesOf(const std::vector<std::int64_t>& log2Histogram, FormatSpan span);

/// First and last bin that hold anything, as powers; nothing for an empty histogram.
std::optional<std::pair<int, int>> occupiedPowers(const std::vector<std::int64_t>& log2Histogram);

} // namespace bitwright
