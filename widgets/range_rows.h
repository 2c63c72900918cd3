// SPDX-License-Identifier: GPL-3.0-or-later
/// What the range and histogram charts show per layer.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "widgets/value_axis.h"

namespace bitwright {

/// Magnitudes that a layer hands on, against the format they are stored in.
struct RangeRow {
    QString layer;
    std::string slot; ///< whose format it is
    std::vector<std::int64_t> histogram; ///< by power of two; of the reference run where there is one
    bool is_reference = false; ///< the histogram does not depend on the formats, so it is never stale
    std::optional<FixedFormat> format; ///< nothing: not fixed point
    bool is_editable = false;
};

/// One row per layer whose values are known, in the design's order.
std::vector<RangeRow> rangeRows(const DesignView& view);
/// The row of one layer, if its values are known.
std::optional<RangeRow> rangeRow(const DesignView& view, const Layer& layer);
/// An axis that holds all histograms and formats with a margin.
ValueAxis axisFor(const std::vector<RangeRow>& rows, const QRectF& plot);

} // namespace bitwright
