// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/layout_graphs.h"

#include <algorithm>
#include <random>

namespace bitwright::test {
namespace {

std::int32_t addNode(TestGraph& graph)
{
    const auto index = static_cast<std::int32_t>(graph.nodes.size());
    graph.nodes.push_back({120.0 + index % 5 * 16, 40.0 + index % 3 * 20});
    return index;
}

void link(TestGraph& graph, std::int32_t from, std::int32_t to)
{
    graph.edges.push_back({from, to, 0});
}

std::int32_t addAfter(TestGraph& graph, std::initializer_list<std::int32_t> inputs)
{
    const std::int32_t node = addNode(graph);
    for (const std::int32_t input : inputs)
        link(graph, input, node);
    return node;
}

bool isFull(const TestGraph& graph, std::int32_t nodes)
{
    return static_cast<std::int32_t>(graph.nodes.size()) >= nodes;
}

/// Mean, subtract, square, mean, root, divide, scale, shift; the last two with a constant each.
std::int32_t addNormalisation(TestGraph& graph, std::int32_t x)
{
    const std::int32_t mean = addAfter(graph, {x});
    const std::int32_t centred = addAfter(graph, {x, mean});
    const std::int32_t square = addAfter(graph, {centred});
    const std::int32_t variance = addAfter(graph, {square});
    const std::int32_t root = addAfter(graph, {variance});
    const std::int32_t quotient = addAfter(graph, {centred, root});
    const std::int32_t scaled = addAfter(graph, {quotient, addNode(graph)});
    return addAfter(graph, {scaled, addNode(graph)});
}

std::int32_t addHead(TestGraph& graph, std::int32_t x)
{
    const std::int32_t product = addAfter(graph, {x, addNode(graph)});
    const std::int32_t shape = addAfter(graph, {addAfter(graph, {product})});
    const std::int32_t reshaped = addAfter(graph, {product, shape});
    return addAfter(graph, {reshaped});
}

} // namespace

TestGraph chainGraph(std::int32_t nodes)
{
    TestGraph graph;
    for (std::int32_t i = 0; i < nodes; ++i)
        if (addNode(graph) > 0) link(graph, i - 1, i);
    return graph;
}

TestGraph residualGraph(std::int32_t nodes)
{
    TestGraph graph = chainGraph(nodes);
    for (std::int32_t i = 7; i < nodes; i += 8)
        link(graph, i - 7, i);
    return graph;
}

TestGraph transformerGraph(std::int32_t nodes)
{
    TestGraph graph;
    std::int32_t x = addNode(graph);
    while (!isFull(graph, nodes)) {
        const std::int32_t n = addNormalisation(graph, x);
        const std::int32_t q = addHead(graph, n);
        const std::int32_t k = addHead(graph, n);
        const std::int32_t v = addHead(graph, n);
        const std::int32_t weights = addAfter(graph, {addAfter(graph, {q, k})});
        const std::int32_t attended = addAfter(graph, {addAfter(graph, {weights, v})});
        const std::int32_t sum = addAfter(graph, {x, attended});
        const std::int32_t m = addNormalisation(graph, sum);
        x = addAfter(graph, {sum, addAfter(graph, {addAfter(graph, {addAfter(graph, {m})})})});
    }
    return graph;
}

TestGraph denselyConnectedGraph(std::int32_t nodes)
{
    TestGraph graph;
    std::vector<std::int32_t> outputs{addNode(graph)};
    while (!isFull(graph, nodes)) {
        const std::int32_t joined = addNode(graph);
        const std::size_t count = std::min<std::size_t>(outputs.size(), 24);
        for (std::size_t i = outputs.size() - count; i < outputs.size(); ++i)
            link(graph, outputs[i], joined);
        outputs.push_back(addAfter(graph, {addAfter(graph, {addAfter(graph, {joined})})}));
        if (outputs.size() == 25) outputs = {outputs.back()};
    }
    return graph;
}

TestGraph wideGraph(std::int32_t nodes, std::int32_t width)
{
    TestGraph graph;
    std::mt19937_64 random(7);
    for (std::int32_t i = 0; i < nodes; ++i) {
        addNode(graph);
        const std::int32_t row = i / width;
        for (int k = 0; row > 0 && k < 2; ++k)
            link(graph, (row - 1) * width + static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(width)), i);
    }
    return graph;
}

TestGraph randomGraph(std::int32_t nodes, std::int32_t edges, std::uint64_t seed, bool is_acyclic)
{
    TestGraph graph;
    std::mt19937_64 random(seed);
    for (std::int32_t i = 0; i < nodes; ++i)
        graph.nodes.push_back({20.0 + static_cast<double>(random() % 200), 10.0 + static_cast<double>(random() % 90)});
    for (std::int32_t i = 0; i < edges && nodes > 0; ++i) {
        auto from = static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(nodes));
        auto to = static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(nodes));
        if (is_acyclic && from == to) continue;
        if (is_acyclic && from > to) std::swap(from, to);
        graph.edges.push_back({from, to, static_cast<std::int32_t>(random() % 2)});
    }
    return graph;
}

} // namespace bitwright::test
