// SPDX-License-Identifier: GPL-3.0-or-later
/// Finds elements of a Drawing by place, by id and along edges, without looking at all of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "layout/drawing.h"

namespace bitwright {

/// A place that an id stands for: an element, or a part of it.
struct GraphPlace {
    std::int32_t element = -1;
    Box bounds;
    bool is_part = false;
};

/// Immutable after construction; refers to the drawing, which outlives it.
class GraphIndex {
public:
    explicit GraphIndex(const Drawing& drawing);

    /// Elements whose bounds meet @p area: edges first, then chips and nodes, ascending.
    void query(const Box& area, std::vector<std::int32_t>& found) const;
    /// The node or chip at @p point, or -1.
    std::int32_t elementAt(LayoutPoint point) const;
    /// What is selected by a click at @p point: the part's id, else the element's; empty for none.
    std::string_view idAt(LayoutPoint point) const;
    /// The part with a tool tip of its own at @p point, or null.
    const DrawingTarget* targetAt(LayoutPoint point) const;

    /// Nothing where there is no such id.
    const GraphPlace* find(std::string_view id) const;
    std::span<const std::int32_t> edgesInto(std::int32_t element) const { return list(m_into, element); }
    std::span<const std::int32_t> edgesOutOf(std::int32_t element) const { return list(m_outOf, element); }
    std::int32_t firstNonEdge() const { return m_firstNonEdge; }

private:
    struct Lists {
        std::vector<std::int32_t> begin;
        std::vector<std::int32_t> items;
    };
    std::span<const std::int32_t> list(const Lists& lists, std::int32_t element) const
    {
        const auto i = static_cast<std::size_t>(element);
        return {lists.items.data() + lists.begin[i], lists.items.data() + lists.begin[i + 1]};
    }
    void linkEdges(Lists& lists, bool by_target) const;
    void fillCells();
    std::size_t column(double x) const;
    std::size_t row(double y) const;

    const Drawing& m_drawing;
    std::int32_t m_firstNonEdge = 0;
    std::size_t m_columns = 1;
    std::size_t m_rows = 1;
    double m_cell = 512;
    std::vector<std::vector<std::int32_t>> m_cells;
    std::vector<std::int32_t> m_large; ///< in too many cells to be listed in each
    Lists m_into;
    Lists m_outOf;
    std::vector<std::size_t> m_firstTarget; ///< per element
    std::unordered_map<std::string_view, GraphPlace> m_places;
};

} // namespace bitwright
