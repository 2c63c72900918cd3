// SPDX-License-Identifier: GPL-3.0-or-later
// Coordinates across the flow after Brandes and Köpf: four alignments of medians, each compacted, then averaged.
//
// Compaction places whole blocks over the graph of their neighbourhoods, which needs no classes and so avoids the error
// that the authors corrected in 2020; inner segments of long edges win over links that cross them and stay straight.
#include <algorithm>
#include <array>
#include <limits>

#include "layout/layered_graph.h"

namespace bitwright {
namespace {

std::size_t at(std::int32_t index)
{
    return static_cast<std::size_t>(index);
}

using Coordinates = std::vector<double>;

/// For each node, per link of `m_up[node]`: whether its ends must not be aligned.
using Conflicts = std::vector<std::vector<bool>>;

class Alignment {
public:
    Alignment(const LayeredGraph& graph, double node_gap) : m_graph(graph), m_nodeGap(node_gap) { sortLinks(); }

    /// Centres for one of the four alignments.
    Coordinates place(bool downwards, bool from_left);

private:
    void sortLinks();
    void markConflicts();
    void markBranches();
    bool isInnerSegment(std::int32_t upper, std::int32_t lower) const
    {
        return m_graph.isDummy(upper) && m_graph.isDummy(lower);
    }
    bool isConflict(std::int32_t upper, std::int32_t lower) const;
    void align(bool downwards, bool from_left);
    void alignRank(const std::vector<std::int32_t>& row, bool downwards, bool from_left);
    Coordinates compact(bool from_left) const;

    const LayeredGraph& m_graph;
    double m_nodeGap;
    Adjacency m_up;   ///< by position
    Adjacency m_down; ///< by position
    Conflicts m_conflicts;
    std::vector<std::int32_t> m_free; ///< neighbours that one node may be aligned with
    std::vector<std::int32_t> m_root;
    std::vector<std::int32_t> m_next; ///< cyclic list of a block
};

void Alignment::sortLinks()
{
    m_up = m_graph.up;
    m_down = m_graph.down;
    const auto by_position = [this](std::int32_t a, std::int32_t b) {
        return m_graph.position[at(a)] < m_graph.position[at(b)];
    };
    for (std::int32_t v = 0; v < m_graph.size(); ++v) {
        std::ranges::sort(m_up.list(v), by_position);
        std::ranges::sort(m_down.list(v), by_position);
    }
    markConflicts();
    markBranches();
}

/// Type-1 conflicts of the paper: scan each pair of ranks between consecutive inner segments.
void Alignment::markConflicts()
{
    m_conflicts.resize(at(m_graph.size()));
    for (std::int32_t v = 0; v < m_graph.size(); ++v)
        m_conflicts[at(v)].assign(m_up[v].size(), false);
    for (std::size_t r = 1; r < m_graph.ranks.size(); ++r) {
        const std::vector<std::int32_t>& row = m_graph.ranks[r];
        std::int32_t low = 0;
        std::size_t scanned = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto above = m_up[row[i]];
            const bool is_inner = !above.empty() && isInnerSegment(above.front(), row[i]);
            if (!is_inner && i + 1 != row.size()) continue;
            const std::int32_t high = is_inner ? m_graph.position[at(above.front())] : std::numeric_limits<std::int32_t>::max();
            for (; scanned <= i; ++scanned) {
                const auto links = m_up[row[scanned]];
                for (std::size_t k = 0; k < links.size(); ++k) {
                    const std::int32_t p = m_graph.position[at(links[k])];
                    if ((p < low || p > high) && !isInnerSegment(links[k], row[scanned]))
                        m_conflicts[at(row[scanned])][k] = true;
                }
            }
            low = high;
        }
    }
}

/// A long edge branches off: where a node has other neighbours on that side, it stands in line with one of them, not
/// with the dummy, so that the main path stays straight and skips run beside it.
void Alignment::markBranches()
{
    const auto is_node = [this](std::int32_t w) { return !m_graph.isDummy(w); };
    std::vector<bool> has_node_below(at(m_graph.size()));
    for (std::int32_t v = 0; v < m_graph.size(); ++v)
        has_node_below[at(v)] = std::ranges::any_of(m_down[v], is_node);
    for (std::int32_t v = 0; v < m_graph.size(); ++v) {
        const auto above = m_up[v];
        const bool has_node_above = std::ranges::any_of(above, is_node);
        for (std::size_t k = 0; k < above.size(); ++k) {
            const bool joins = is_node(v) && !is_node(above[k]) && has_node_above;
            const bool leaves = !is_node(v) && is_node(above[k]) && has_node_below[at(above[k])];
            if (joins || leaves) m_conflicts[at(v)][k] = true;
        }
    }
}

bool Alignment::isConflict(std::int32_t upper, std::int32_t lower) const
{
    const auto links = m_up[lower];
    for (std::size_t k = 0; k < links.size(); ++k)
        if (links[k] == upper) return m_conflicts[at(lower)][k];
    return false;
}

void Alignment::alignRank(const std::vector<std::int32_t>& row, bool downwards, bool from_left)
{
    const Adjacency& neighbours = downwards ? m_up : m_down;
    std::int32_t guard = from_left ? -1 : std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::int32_t v = from_left ? row[i] : row[row.size() - 1 - i];
        m_free.clear();
        for (const std::int32_t u : neighbours[v])
            if (!(downwards ? isConflict(u, v) : isConflict(v, u))) m_free.push_back(u);
        if (m_free.empty()) continue;
        std::array<std::size_t, 2> medians{(m_free.size() - 1) / 2, m_free.size() / 2};
        if (!from_left) std::swap(medians[0], medians[1]);
        for (const std::size_t m : medians) {
            if (m_next[at(v)] != v) break;
            const std::int32_t u = m_free[m];
            const std::int32_t p = m_graph.position[at(u)];
            if (from_left ? guard >= p : guard <= p) continue;
            m_next[at(u)] = v;
            m_root[at(v)] = m_root[at(u)];
            m_next[at(v)] = m_root[at(v)];
            guard = p;
        }
    }
}

void Alignment::align(bool downwards, bool from_left)
{
    m_root.resize(at(m_graph.size()));
    for (std::int32_t v = 0; v < m_graph.size(); ++v)
        m_root[at(v)] = v;
    m_next = m_root;
    const std::size_t count = m_graph.ranks.size();
    for (std::size_t i = 1; i < count; ++i)
        alignRank(m_graph.ranks[downwards ? i : count - 1 - i], downwards, from_left);
}

/// Longest path over the blocks towards one side, then every block moves back as far as its neighbours allow.
/// Works from the left; from the right everything is mirrored.
Coordinates Alignment::compact(bool from_left) const
{
    struct Neighbour {
        std::int32_t left;
        std::int32_t right;
        double distance;
    };
    std::vector<Neighbour> pairs;
    std::vector<std::pair<std::int32_t, std::int32_t>> by_left;
    std::vector<std::int32_t> open(at(m_graph.size()), 0);
    for (const std::vector<std::int32_t>& row : m_graph.ranks)
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            const double distance = m_graph.separation(row[i], row[i + 1], m_nodeGap);
            std::int32_t left = m_root[at(row[i])];
            std::int32_t right = m_root[at(row[i + 1])];
            if (!from_left) std::swap(left, right);
            by_left.emplace_back(left, static_cast<std::int32_t>(pairs.size()));
            pairs.push_back({left, right, distance});
            ++open[at(right)];
        }
    const Adjacency after(m_graph.size(), by_left);
    std::vector<std::int32_t> order;
    for (std::int32_t v = 0; v < m_graph.size(); ++v)
        if (m_root[at(v)] == v && open[at(v)] == 0) order.push_back(v);
    Coordinates x(at(m_graph.size()), 0);
    for (std::size_t i = 0; i < order.size(); ++i)
        for (const std::int32_t k : after[order[i]]) {
            const Neighbour& pair = pairs[at(k)];
            x[at(pair.right)] = std::max(x[at(pair.right)], x[at(pair.left)] + pair.distance);
            if (--open[at(pair.right)] == 0) order.push_back(pair.right);
        }
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        double room = std::numeric_limits<double>::infinity();
        for (const std::int32_t k : after[*it])
            room = std::min(room, x[at(pairs[at(k)].right)] - pairs[at(k)].distance);
        if (room != std::numeric_limits<double>::infinity()) x[at(*it)] = std::max(x[at(*it)], room);
    }
    for (std::int32_t v = 0; v < m_graph.size(); ++v)
        if (m_root[at(v)] != v) x[at(v)] = x[at(m_root[at(v)])];
    if (!from_left)
        for (double& value : x)
            value = -value;
    return x;
}

Coordinates Alignment::place(bool downwards, bool from_left)
{
    align(downwards, from_left);
    return compact(from_left);
}

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    double width() const { return high - low; }
};

Extent extent(const LayeredGraph& graph, const Coordinates& x)
{
    Extent e;
    for (std::size_t v = 0; v < x.size(); ++v) {
        e.low = std::min(e.low, x[v] - graph.width[v] / 2);
        e.high = std::max(e.high, x[v] + graph.width[v] / 2);
    }
    return e;
}

/// Rounding must never let boxes touch.
void keepDistances(LayeredGraph& graph, double node_gap)
{
    for (const std::vector<std::int32_t>& row : graph.ranks)
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            const double nearest = graph.x[at(row[i])] + graph.separation(row[i], row[i + 1], node_gap);
            graph.x[at(row[i + 1])] = std::max(graph.x[at(row[i + 1])], nearest);
        }
}

} // namespace

bool assignCoordinates(LayeredGraph& graph, double node_gap, const std::stop_token& stop)
{
    Alignment alignment(graph, node_gap);
    std::array<Coordinates, 4> candidates;
    std::array<Extent, 4> extents;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (stop.stop_requested()) return false;
        candidates[i] = alignment.place(i < 2, i % 2 == 0);
        extents[i] = extent(graph, candidates[i]);
    }
    const Extent narrowest = *std::min_element(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
        return a.width() < b.width();
    });
    graph.x.assign(at(graph.size()), 0);
    for (std::size_t v = 0; v < graph.x.size(); ++v) {
        std::array<double, 4> places{};
        for (std::size_t i = 0; i < candidates.size(); ++i)
            places[i] = candidates[i][v] +
                        (i % 2 == 0 ? narrowest.low - extents[i].low : narrowest.high - extents[i].high);
        std::sort(places.begin(), places.end());
        graph.x[v] = (places[1] + places[2]) / 2;
    }
    keepDistances(graph, node_gap);
    return true;
}

} // namespace bitwright
