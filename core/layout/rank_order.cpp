// SPDX-License-Identifier: GPL-3.0-or-later
// Crossing reduction: barycentre sweeps from a depth-first start, then swaps of neighbours.
#include <algorithm>
#include <numeric>

#include "layout/layered_graph.h"

namespace bitwright {
namespace {

constexpr int kMaximumSweeps = 8;
constexpr int kSweepsWithoutGain = 2;
constexpr int kSwapPasses = 4;
constexpr std::size_t kWidestSwappedRank = 64;

std::size_t at(std::int32_t index)
{
    return static_cast<std::size_t>(index);
}

/// Depth-first from the sources, so that what belongs together starts side by side.
void orderByDepthFirstSearch(LayeredGraph& graph)
{
    const std::int32_t rank_count =
        graph.rank.empty() ? 0 : *std::max_element(graph.rank.begin(), graph.rank.end()) + 1;
    graph.ranks.assign(at(rank_count), {});
    graph.position.assign(at(graph.size()), 0);
    std::vector<bool> is_placed(at(graph.size()), false);
    std::vector<std::int32_t> stack;
    for (std::int32_t start = 0; start < graph.size(); ++start) {
        if (!graph.up[start].empty()) continue;
        stack.push_back(start);
        while (!stack.empty()) {
            const std::int32_t v = stack.back();
            stack.pop_back();
            if (is_placed[at(v)]) continue;
            is_placed[at(v)] = true;
            graph.ranks[at(graph.rank[at(v)])].push_back(v);
            const auto below = graph.down[v];
            for (auto it = below.rbegin(); it != below.rend(); ++it)
                if (!is_placed[at(*it)]) stack.push_back(*it);
        }
    }
    for (std::size_t r = 0; r < graph.ranks.size(); ++r)
        graph.numberRank(r);
}

/// Fenwick tree over positions, reused between ranks.
class PrefixCounts {
public:
    void reset(std::size_t size) { m_counts.assign(size + 1, 0); }
    void add(std::int32_t position)
    {
        for (std::size_t i = at(position) + 1; i < m_counts.size(); i += i & (~i + 1))
            ++m_counts[i];
    }
    std::int64_t upTo(std::int32_t position) const ///< positions 0..position
    {
        std::int64_t sum = 0;
        for (std::size_t i = at(position) + 1; i > 0; i -= i & (~i + 1))
            sum += m_counts[i];
        return sum;
    }

private:
    std::vector<std::int32_t> m_counts;
};

std::int64_t countRankCrossings(const LayeredGraph& graph, std::size_t r, PrefixCounts& counts,
                                std::vector<std::int32_t>& ends)
{
    counts.reset(graph.ranks[r + 1].size());
    std::int64_t crossings = 0;
    std::int64_t seen = 0;
    for (const std::int32_t v : graph.ranks[r]) {
        ends.clear();
        for (const std::int32_t w : graph.down[v])
            ends.push_back(graph.position[at(w)]);
        for (const std::int32_t p : ends)
            crossings += seen - counts.upTo(p);
        for (const std::int32_t p : ends)
            counts.add(p);
        seen += static_cast<std::int64_t>(ends.size());
    }
    return crossings;
}

struct Weighted {
    double barycentre;
    std::int32_t node;
};

/// Sorts rank @p r by the mean position of its neighbours on one side; nodes without any keep their places.
void sortRank(LayeredGraph& graph, std::size_t r, const Adjacency& neighbours, std::vector<Weighted>& movable)
{
    movable.clear();
    std::vector<std::int32_t>& row = graph.ranks[r];
    for (const std::int32_t v : row) {
        const auto list = neighbours[v];
        if (list.empty()) continue;
        double sum = 0;
        for (const std::int32_t w : list)
            sum += graph.position[at(w)];
        movable.push_back({sum / static_cast<double>(list.size()), v});
    }
    std::stable_sort(movable.begin(), movable.end(),
                     [](const Weighted& a, const Weighted& b) { return a.barycentre < b.barycentre; });
    std::size_t next = 0;
    for (std::int32_t& v : row)
        if (!neighbours[v].empty()) v = movable[next++].node;
    graph.numberRank(r);
}

void sweep(LayeredGraph& graph, bool downwards, std::vector<Weighted>& scratch)
{
    const std::size_t count = graph.ranks.size();
    for (std::size_t i = 1; i < count; ++i) {
        const std::size_t r = downwards ? i : count - 1 - i;
        sortRank(graph, r, downwards ? graph.up : graph.down, scratch);
    }
}

/// Crossings among the links of @p left and @p right when they stand in this order, minus those in the other.
std::int64_t swapGain(const LayeredGraph& graph, const Adjacency& neighbours, std::int32_t left, std::int32_t right)
{
    std::int64_t gain = 0;
    for (const std::int32_t a : neighbours[left])
        for (const std::int32_t b : neighbours[right]) {
            const std::int32_t pa = graph.position[at(a)];
            const std::int32_t pb = graph.position[at(b)];
            gain += (pa > pb) - (pa < pb);
        }
    return gain;
}

void swapNeighbours(LayeredGraph& graph)
{
    for (int pass = 0; pass < kSwapPasses; ++pass) {
        bool has_changed = false;
        for (std::vector<std::int32_t>& row : graph.ranks) {
            if (row.size() > kWidestSwappedRank) continue;
            for (std::size_t i = 0; i + 1 < row.size(); ++i) {
                const std::int64_t gain = swapGain(graph, graph.up, row[i], row[i + 1]) +
                                          swapGain(graph, graph.down, row[i], row[i + 1]);
                if (gain <= 0) continue;
                std::swap(row[i], row[i + 1]);
                std::swap(graph.position[at(row[i])], graph.position[at(row[i + 1])]);
                has_changed = true;
            }
        }
        if (!has_changed) return;
    }
}

} // namespace

std::int64_t countCrossings(const LayeredGraph& graph)
{
    PrefixCounts counts;
    std::vector<std::int32_t> ends;
    std::int64_t crossings = 0;
    for (std::size_t r = 0; r + 1 < graph.ranks.size(); ++r)
        crossings += countRankCrossings(graph, r, counts, ends);
    return crossings;
}

bool orderRanks(LayeredGraph& graph, const std::stop_token& stop)
{
    orderByDepthFirstSearch(graph);
    std::int64_t best = countCrossings(graph);
    std::vector<std::vector<std::int32_t>> best_ranks = graph.ranks;
    std::vector<Weighted> scratch;
    int without_gain = 0;
    for (int i = 0; i < kMaximumSweeps && best > 0 && without_gain < kSweepsWithoutGain; ++i) {
        if (stop.stop_requested()) return false;
        sweep(graph, i % 2 == 0, scratch);
        const std::int64_t crossings = countCrossings(graph);
        without_gain = crossings < best ? 0 : without_gain + 1;
        if (crossings >= best) continue;
        best = crossings;
        best_ranks = graph.ranks;
    }
    graph.ranks = std::move(best_ranks);
    for (std::size_t r = 0; r < graph.ranks.size(); ++r)
        graph.numberRank(r);
    if (best > 0) swapNeighbours(graph);
    return !stop.stop_requested();
}

} // namespace bitwright
