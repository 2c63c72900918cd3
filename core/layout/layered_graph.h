// SPDX-License-Identifier: GPL-3.0-or-later
/// The stages of layOut over one connected component; used by layout.cpp alone.
///
/// Sources: Sugiyama, Tagawa, Toda 1981 (the method); Gansner et al. 1993 (ranking, swaps); Barth, Mutzel, Jünger 2004
/// (crossing count); Brandes, Köpf 2001 with their erratum of 2020 (coordinates).
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "layout/layout.h"

namespace bitwright {

/// Lists per index in one array.
class Adjacency {
public:
    Adjacency() = default;
    /// List i holds, in the order of @p pairs, the second of each pair whose first is i.
    Adjacency(std::int32_t count, const std::vector<std::pair<std::int32_t, std::int32_t>>& pairs);

    std::span<const std::int32_t> operator[](std::int32_t index) const
    {
        const auto i = static_cast<std::size_t>(index);
        return {m_items.data() + m_begin[i], m_items.data() + m_begin[i + 1]};
    }
    std::span<std::int32_t> list(std::int32_t index)
    {
        const auto i = static_cast<std::size_t>(index);
        return {m_items.data() + m_begin[i], m_items.data() + m_begin[i + 1]};
    }
    std::int32_t size() const { return static_cast<std::int32_t>(m_begin.size()) - 1; }

private:
    std::vector<std::int32_t> m_begin{0};
    std::vector<std::int32_t> m_items;
};

/// An edge of the component, turned so that it runs forward.
struct ForwardEdge {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int32_t tensor = 0;
    std::int32_t original = 0; ///< index in the caller's edges
    bool is_reversed = false;
    bool is_tunnel = false;
    std::int32_t first_dummy = -1; ///< chain that it follows, shared by the edges of its tensor
    std::int32_t dummy_count = 0;
};

/// A component: nodes 0..node_count-1 are the caller's, the rest are dummies on long edges.
struct LayeredGraph {
    std::int32_t node_count = 0;
    std::vector<double> width;  ///< across the flow
    std::vector<double> height; ///< along the flow
    std::vector<ForwardEdge> edges;

    std::vector<std::int32_t> rank;
    std::vector<std::vector<std::int32_t>> ranks; ///< nodes and dummies from left to right
    std::vector<std::int32_t> position;           ///< index in its rank
    Adjacency up;   ///< neighbours in the rank before
    Adjacency down; ///< neighbours in the rank after
    std::vector<double> x; ///< of the centres

    bool isDummy(std::int32_t v) const { return v >= node_count; }
    std::int32_t size() const { return static_cast<std::int32_t>(width.size()); }
    /// Distance that the centres of neighbours in a rank must keep.
    double separation(std::int32_t left, std::int32_t right, double node_gap) const;
    /// Recomputes `position` of one rank.
    void numberRank(std::size_t rank_index);
};

constexpr double kDummyWidth = 6;

/// Turns the back edges of a depth-first search, so that no cycle is left.
void breakCycles(LayeredGraph& graph);
/// Longest path from the sources, then nodes move towards their consumers where that shortens edges.
void assignRanks(LayeredGraph& graph);
/// Marks tunnels, adds dummies and links neighbouring ranks.
void insertDummies(LayeredGraph& graph, int tunnel_span);
/// Orders every rank so that few links cross. @return false when stopped
bool orderRanks(LayeredGraph& graph, const std::stop_token& stop);
/// Crossings between all neighbouring ranks.
std::int64_t countCrossings(const LayeredGraph& graph);
/// Sets `x`. @return false when stopped
bool assignCoordinates(LayeredGraph& graph, double node_gap, const std::stop_token& stop);

} // namespace bitwright
