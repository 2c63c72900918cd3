// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/range_rows.h"

#include "widgets/text.h"

#include <algorithm>

namespace bitwright {

namespace {

constexpr int kMargin = 2;
constexpr int kNarrowest = 12;

std::optional<FixedFormat> fixedFormat(const DesignView& view, const std::string& layer, const std::string& slot)
{
    std::optional<NumberFormat> format;
    if (const auto effective = view.effectiveFormat(layer, slot))
        format = effective->value;
    if (const auto decided = view.decidedFormat(layer, slot))
        if (const auto* chosen = std::get_if<NumberFormat>(&*decided))
            format = *chosen;
    const auto* fixed = format ? std::get_if<FixedFormat>(&*format) : nullptr;
    return fixed ? std::optional(*fixed) : std::nullopt;
}

} // namespace

std::optional<RangeRow> rangeRow(const DesignView& view, const Layer& layer)
{
    const ValueReport* report = view.report(layer.id);
    if (!report)
        return std::nullopt;
    RangeRow row;
    row.layer = toQString(layer.id);
    row.slot = mainSlot(layer);
    row.is_reference = !report->reference_log2_histogram.empty();
    row.histogram = row.is_reference ? report->reference_log2_histogram : report->statistics.log2_histogram;
    row.format = fixedFormat(view, layer.id, row.slot);
    row.is_editable = row.format && !view.configuration->layer(layer.id).is_locked;
    return row;
}

std::vector<RangeRow> rangeRows(const DesignView& view)
{
    std::vector<RangeRow> rows;
    if (!view.layers)
        return rows;
    for (const Layer& layer : *view.layers)
        if (auto row = rangeRow(view, layer))
            rows.push_back(*std::move(row));
    return rows;
}

ValueAxis axisFor(const std::vector<RangeRow>& rows, const QRectF& plot)
{
    ValueAxis axis;
    axis.plot = plot;
    bool isFirst = true;
    const auto include = [&](int lowest, int highest) {
        axis.lowest = isFirst ? lowest : std::min(axis.lowest, lowest);
        axis.highest = isFirst ? highest : std::max(axis.highest, highest);
        isFirst = false;
    };
    for (const RangeRow& row : rows) {
        if (const auto occupied = occupiedPowers(row.histogram))
            include(occupied->first, occupied->second + 1);
        if (row.format) {
            const FormatSpan span = spanOf(*row.format);
            include(span.lowest, span.highest);
        }
    }
    axis.lowest = std::max(axis.lowest - kMargin, kLowestBin);
    axis.highest = std::min(axis.highest + kMargin, kLowestBin + kBinCount);
    axis.highest = std::max(axis.highest, axis.lowest + kNarrowest);
    return axis;
}

} // namespace bitwright
