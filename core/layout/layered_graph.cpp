// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/layered_graph.h"

#include <algorithm>
#include <map>

namespace bitwright {

Adjacency::Adjacency(std::int32_t count, const std::vector<std::pair<std::int32_t, std::int32_t>>& pairs)
    : m_begin(static_cast<std::size_t>(count) + 1, 0), m_items(pairs.size())
{
    for (const auto& [from, to] : pairs)
        ++m_begin[static_cast<std::size_t>(from) + 1];
    for (std::size_t i = 1; i < m_begin.size(); ++i)
        m_begin[i] += m_begin[i - 1];
    std::vector<std::int32_t> next(m_begin.begin(), m_begin.end() - 1);
    for (const auto& [from, to] : pairs)
        m_items[static_cast<std::size_t>(next[static_cast<std::size_t>(from)]++)] = to;
}

double LayeredGraph::separation(std::int32_t left, std::int32_t right, double node_gap) const
{
    // Lines may run closer to each other than boxes.
    const double gap = isDummy(left) || isDummy(right) ? node_gap * 0.5 : node_gap;
    return (width[static_cast<std::size_t>(left)] + width[static_cast<std::size_t>(right)]) / 2 + gap;
}

void LayeredGraph::numberRank(std::size_t rank_index)
{
    const std::vector<std::int32_t>& row = ranks[rank_index];
    for (std::size_t i = 0; i < row.size(); ++i)
        position[static_cast<std::size_t>(row[i])] = static_cast<std::int32_t>(i);
}

namespace {

std::vector<std::pair<std::int32_t, std::int32_t>> edgesByNode(const LayeredGraph& graph, bool by_source)
{
    std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
    pairs.reserve(graph.edges.size());
    for (std::size_t e = 0; e < graph.edges.size(); ++e)
        pairs.emplace_back(by_source ? graph.edges[e].from : graph.edges[e].to, static_cast<std::int32_t>(e));
    return pairs;
}

/// Nodes without inputs first, so that a cycle is entered where data enters it.
std::vector<std::int32_t> searchStarts(const LayeredGraph& graph)
{
    std::vector<bool> has_input(static_cast<std::size_t>(graph.node_count), false);
    for (const ForwardEdge& edge : graph.edges)
        has_input[static_cast<std::size_t>(edge.to)] = true;
    std::vector<std::int32_t> starts;
    for (const bool wanted : {false, true})
        for (std::int32_t v = 0; v < graph.node_count; ++v)
            if (has_input[static_cast<std::size_t>(v)] == wanted) starts.push_back(v);
    return starts;
}

std::vector<std::int32_t> topologicalOrder(const LayeredGraph& graph, const Adjacency& outgoing)
{
    std::vector<std::int32_t> open(static_cast<std::size_t>(graph.node_count), 0);
    for (const ForwardEdge& edge : graph.edges)
        ++open[static_cast<std::size_t>(edge.to)];
    std::vector<std::int32_t> order;
    order.reserve(open.size());
    for (std::int32_t v = 0; v < graph.node_count; ++v)
        if (open[static_cast<std::size_t>(v)] == 0) order.push_back(v);
    for (std::size_t i = 0; i < order.size(); ++i)
        for (const std::int32_t e : outgoing[order[i]]) {
            const std::int32_t to = graph.edges[static_cast<std::size_t>(e)].to;
            if (--open[static_cast<std::size_t>(to)] == 0) order.push_back(to);
        }
    return order;
}

} // namespace

void breakCycles(LayeredGraph& graph)
{
    const Adjacency outgoing(graph.node_count, edgesByNode(graph, true));
    enum class State : std::uint8_t { New, Open, Done };
    std::vector<State> state(static_cast<std::size_t>(graph.node_count), State::New);
    struct Frame {
        std::int32_t node;
        std::size_t next;
    };
    std::vector<Frame> stack;
    std::vector<std::int32_t> back_edges;
    for (const std::int32_t start : searchStarts(graph)) {
        if (state[static_cast<std::size_t>(start)] != State::New) continue;
        state[static_cast<std::size_t>(start)] = State::Open;
        stack.push_back({start, 0});
        while (!stack.empty()) {
            Frame& frame = stack.back();
            const auto out = outgoing[frame.node];
            if (frame.next == out.size()) {
                state[static_cast<std::size_t>(frame.node)] = State::Done;
                stack.pop_back();
                continue;
            }
            const std::int32_t e = out[frame.next++];
            const std::int32_t to = graph.edges[static_cast<std::size_t>(e)].to;
            State& reached = state[static_cast<std::size_t>(to)];
            if (reached == State::Open) back_edges.push_back(e);
            if (reached != State::New) continue;
            reached = State::Open;
            stack.push_back({to, 0});
        }
    }
    for (const std::int32_t e : back_edges) {
        ForwardEdge& edge = graph.edges[static_cast<std::size_t>(e)];
        std::swap(edge.from, edge.to);
        edge.is_reversed = true;
    }
}

void assignRanks(LayeredGraph& graph)
{
    const Adjacency outgoing(graph.node_count, edgesByNode(graph, true));
    const std::vector<std::int32_t> order = topologicalOrder(graph, outgoing);
    std::vector<std::int32_t>& rank = graph.rank;
    rank.assign(static_cast<std::size_t>(graph.node_count), 0);
    std::vector<std::int32_t> in_degree(rank.size(), 0);
    for (const std::int32_t v : order)
        for (const std::int32_t e : outgoing[v]) {
            const auto to = static_cast<std::size_t>(graph.edges[static_cast<std::size_t>(e)].to);
            rank[to] = std::max(rank[to], rank[static_cast<std::size_t>(v)] + 1);
            ++in_degree[to];
        }
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        const auto out = outgoing[*it];
        const auto v = static_cast<std::size_t>(*it);
        // Moving down shortens as many edges as it lengthens, or more.
        if (out.empty() || static_cast<std::int32_t>(out.size()) < in_degree[v]) continue;
        std::int32_t lowest = INT32_MAX;
        for (const std::int32_t e : out)
            lowest = std::min(lowest, rank[static_cast<std::size_t>(graph.edges[static_cast<std::size_t>(e)].to)]);
        rank[v] = lowest - 1;
    }
    const std::int32_t first = rank.empty() ? 0 : *std::min_element(rank.begin(), rank.end());
    for (std::int32_t& r : rank)
        r -= first;
}

void insertDummies(LayeredGraph& graph, int tunnel_span)
{
    struct Trunk {
        std::int32_t first_dummy = -1;
        std::int32_t dummy_count = 0;
        std::vector<std::size_t> edges;
    };
    // A reversed edge starts at the target of its tensor, so it never shares a trunk: its key is its own.
    std::map<std::pair<std::int32_t, std::int64_t>, Trunk> trunks;
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
        ForwardEdge& edge = graph.edges[e];
        const std::int32_t span =
            graph.rank[static_cast<std::size_t>(edge.to)] - graph.rank[static_cast<std::size_t>(edge.from)];
        edge.is_tunnel = span > tunnel_span;
        if (edge.is_tunnel) continue;
        const std::int64_t tensor =
            edge.is_reversed ? (std::int64_t{1} << 40) + static_cast<std::int64_t>(e) : edge.tensor;
        Trunk& trunk = trunks[{edge.from, tensor}];
        trunk.dummy_count = std::max(trunk.dummy_count, span - 1);
        trunk.edges.push_back(e);
    }
    std::vector<std::pair<std::int32_t, std::int32_t>> links;
    for (auto& [key, trunk] : trunks) {
        const std::int32_t source = key.first;
        const std::int32_t source_rank = graph.rank[static_cast<std::size_t>(source)];
        trunk.first_dummy = graph.size();
        for (std::int32_t i = 0; i < trunk.dummy_count; ++i) {
            graph.width.push_back(kDummyWidth);
            graph.height.push_back(0);
            graph.rank.push_back(source_rank + 1 + i);
            links.emplace_back(i == 0 ? source : trunk.first_dummy + i - 1, trunk.first_dummy + i);
        }
        for (const std::size_t e : trunk.edges) {
            ForwardEdge& edge = graph.edges[e];
            edge.first_dummy = trunk.first_dummy;
            edge.dummy_count = graph.rank[static_cast<std::size_t>(edge.to)] - source_rank - 1;
            links.emplace_back(edge.dummy_count == 0 ? source : trunk.first_dummy + edge.dummy_count - 1, edge.to);
        }
    }
    graph.down = Adjacency(graph.size(), links);
    for (auto& [from, to] : links)
        std::swap(from, to);
    graph.up = Adjacency(graph.size(), links);
}

} // namespace bitwright
