// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/value_axis.h"

#include <algorithm>
#include <numeric>

namespace bitwright {

int ValueAxis::labelStep(double labelWidth) const
{
    int step = 1;
    while (step < highest - lowest && step * powerWidth() < labelWidth)
        step *= 2;
    return step;
}

FormatSpan spanOf(const FixedFormat& format)
{
    return {format.integer_bits - format.width_bits, format.integer_bits - (format.is_signed ? 1 : 0)};
}

FixedFormat withSpan(const FixedFormat& format, FormatSpan span)
{
    FixedFormat changed = format;
    const int sign = format.is_signed ? 1 : 0;
    changed.integer_bits = span.highest + sign;
    changed.width_bits = std::clamp(changed.integer_bits - span.lowest, std::max(1, sign), kMaximumWidthBits);
    if (changed.family == FixedFamily::Integer && changed.integer_bits != changed.width_bits)
        changed.family = FixedFamily::Fixed;
    return changed;
}

Losses lossesOf(const std::vector<std::int64_t>& log2Histogram, FormatSpan span)
{
    const auto all = std::accumulate(log2Histogram.begin(), log2Histogram.end(), std::int64_t{0});
    if (all == 0)
        return {};
    Losses losses;
    for (std::size_t i = 0; i < log2Histogram.size(); ++i) {
        const int power = kLowestBin + static_cast<int>(i);
        if (power >= span.highest)
            losses.above += static_cast<double>(log2Histogram[i]);
        else if (power < span.lowest - 1)
            losses.below += static_cast<double>(log2Histogram[i]);
    }
    losses.above /= static_cast<double>(all);
    losses.below /= static_cast<double>(all);
    return losses;
}

std::optional<std::pair<int, int>> occupiedPowers(const std::vector<std::int64_t>& log2Histogram)
{
    const auto isFilled = [](std::int64_t count) { return count > 0; };
    const auto first = std::find_if(log2Histogram.begin(), log2Histogram.end(), isFilled);
    if (first == log2Histogram.end())
        return std::nullopt;
    const auto last = std::find_if(log2Histogram.rbegin(), log2Histogram.rend(), isFilled);
    return std::pair(kLowestBin + static_cast<int>(first - log2Histogram.begin()),
                     kLowestBin + static_cast<int>(log2Histogram.rend() - last) - 1);
}

} // namespace bitwright
