// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_index.h"

#include <algorithm>
#include <cmath>

namespace bitwright {
namespace {

constexpr std::size_t kMaximumCells = 1 << 16;
constexpr std::size_t kCellsOfLarge = 16;

} // namespace

GraphIndex::GraphIndex(const Drawing& drawing) : m_drawing(drawing)
{
    const auto first = std::ranges::find_if(drawing.elements, [](const DrawingElement& element) {
        return element.kind != ElementKind::Edge;
    });
    m_firstNonEdge = static_cast<std::int32_t>(first - drawing.elements.begin());
    fillCells();
    linkEdges(m_into, true);
    linkEdges(m_outOf, false);

    m_firstTarget.assign(drawing.elements.size() + 1, drawing.targets.size());
    for (std::size_t t = drawing.targets.size(); t-- > 0;)
        m_firstTarget[static_cast<std::size_t>(drawing.targets[t].element)] = t;
    for (std::size_t e = drawing.elements.size(); e-- > 0;)
        m_firstTarget[e] = std::min(m_firstTarget[e], m_firstTarget[e + 1]);

    for (std::size_t e = 0; e < drawing.elements.size(); ++e)
        if (!drawing.elements[e].id.empty())
            m_places.try_emplace(drawing.elements[e].id,
                                 GraphPlace{static_cast<std::int32_t>(e), drawing.elements[e].bounds, false});
    for (const DrawingTarget& target : drawing.targets) {
        if (target.id.empty()) continue;
        const bool is_part = target.bounds.width > 0;
        const Box& bounds = is_part ? target.bounds : drawing.elements[static_cast<std::size_t>(target.element)].bounds;
        m_places.try_emplace(target.id, GraphPlace{target.element, bounds, is_part});
    }
}

std::size_t GraphIndex::column(double x) const
{
    return static_cast<std::size_t>(std::clamp(x / m_cell, 0.0, static_cast<double>(m_columns - 1)));
}

std::size_t GraphIndex::row(double y) const
{
    return static_cast<std::size_t>(std::clamp(y / m_cell, 0.0, static_cast<double>(m_rows - 1)));
}

void GraphIndex::fillCells()
{
    const double area = std::max(1.0, m_drawing.width) * std::max(1.0, m_drawing.height);
    m_cell = std::max(m_cell, std::sqrt(area / static_cast<double>(kMaximumCells)));
    m_cell = std::max({m_cell, m_drawing.width / kMaximumCells, m_drawing.height / kMaximumCells});
    m_columns = static_cast<std::size_t>(m_drawing.width / m_cell) + 1;
    m_rows = static_cast<std::size_t>(m_drawing.height / m_cell) + 1;
    m_cells.resize(m_columns * m_rows);
    for (std::size_t e = 0; e < m_drawing.elements.size(); ++e) {
        const Box& box = m_drawing.elements[e].bounds;
        const std::size_t left = column(box.x), right = column(box.right());
        const std::size_t top = row(box.y), bottom = row(box.bottom());
        if ((right - left + 1) * (bottom - top + 1) > kCellsOfLarge) {
            m_large.push_back(static_cast<std::int32_t>(e));
            continue;
        }
        for (std::size_t r = top; r <= bottom; ++r)
            for (std::size_t c = left; c <= right; ++c)
                m_cells[r * m_columns + c].push_back(static_cast<std::int32_t>(e));
    }
}

void GraphIndex::linkEdges(Lists& lists, bool by_target) const
{
    const auto end_of = [by_target](const DrawingElement& edge) {
        return static_cast<std::size_t>(by_target ? edge.to : edge.from);
    };
    lists.begin.assign(m_drawing.elements.size() + 1, 0);
    lists.items.resize(static_cast<std::size_t>(m_firstNonEdge));
    for (std::size_t e = 0; e < lists.items.size(); ++e)
        ++lists.begin[end_of(m_drawing.elements[e]) + 1];
    for (std::size_t i = 1; i < lists.begin.size(); ++i)
        lists.begin[i] += lists.begin[i - 1];
    std::vector<std::int32_t> next(lists.begin.begin(), lists.begin.end() - 1);
    for (std::size_t e = 0; e < lists.items.size(); ++e)
        lists.items[static_cast<std::size_t>(next[end_of(m_drawing.elements[e])]++)] = static_cast<std::int32_t>(e);
}

void GraphIndex::query(const Box& area, std::vector<std::int32_t>& found) const
{
    found.clear();
    const std::size_t left = column(area.x), right = column(area.right());
    const std::size_t top = row(area.y), bottom = row(area.bottom());
    const auto meets = [&](std::int32_t e) {
        return m_drawing.elements[static_cast<std::size_t>(e)].bounds.intersects(area);
    };
    if ((right - left + 1) * (bottom - top + 1) * 2 > m_cells.size()) { // most of it: no need to look for cells
        for (std::int32_t e = 0; e < static_cast<std::int32_t>(m_drawing.elements.size()); ++e)
            if (meets(e)) found.push_back(e);
        return;
    }
    for (std::size_t r = top; r <= bottom; ++r)
        for (std::size_t c = left; c <= right; ++c)
            std::ranges::copy_if(m_cells[r * m_columns + c], std::back_inserter(found), meets);
    std::ranges::copy_if(m_large, std::back_inserter(found), meets);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
}

std::int32_t GraphIndex::elementAt(LayoutPoint point) const
{
    std::int32_t topmost = -1;
    const auto consider = [&](std::int32_t e) {
        if (e >= m_firstNonEdge && e > topmost && m_drawing.elements[static_cast<std::size_t>(e)].bounds.contains(point))
            topmost = e;
    };
    std::ranges::for_each(m_cells[row(point.y) * m_columns + column(point.x)], consider);
    std::ranges::for_each(m_large, consider);
    return topmost;
}

const DrawingTarget* GraphIndex::targetAt(LayoutPoint point) const
{
    const std::int32_t element = elementAt(point);
    if (element < 0) return nullptr;
    const auto e = static_cast<std::size_t>(element);
    for (std::size_t t = m_firstTarget[e]; t < m_firstTarget[e + 1]; ++t)
        if (m_drawing.targets[t].bounds.width > 0 && m_drawing.targets[t].bounds.contains(point))
            return &m_drawing.targets[t];
    return nullptr;
}

std::string_view GraphIndex::idAt(LayoutPoint point) const
{
    const DrawingTarget* target = targetAt(point);
    if (target != nullptr && !target->id.empty()) return target->id;
    const std::int32_t element = elementAt(point);
    return element < 0 ? std::string_view() : m_drawing.elements[static_cast<std::size_t>(element)].id;
}

const GraphPlace* GraphIndex::find(std::string_view id) const
{
    const auto found = m_places.find(id);
    return found == m_places.end() ? nullptr : &found->second;
}

} // namespace bitwright
