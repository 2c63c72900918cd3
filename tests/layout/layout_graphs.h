// SPDX-License-Identifier: GPL-3.0-or-later
/// Graphs to lay out: the shapes of real networks, made up to any size.
#pragma once

#include <cstdint>
#include <vector>

#include "layout/layout.h"

namespace bitwright::test {

struct TestGraph {
    std::vector<LayoutNode> nodes;
    std::vector<LayoutEdge> edges;
};

TestGraph chainGraph(std::int32_t nodes);
/// A chain with a skip every seven nodes.
TestGraph residualGraph(std::int32_t nodes);
/// Blocks of Q/K/V branches, decomposed normalisation and constant side inputs.
TestGraph transformerGraph(std::int32_t nodes);
/// Concatenations of up to 24 earlier outputs.
TestGraph denselyConnectedGraph(std::int32_t nodes);
/// Layers of @p width nodes with random links.
TestGraph wideGraph(std::int32_t nodes, std::int32_t width);
/// Any edges, cycles and self-loops and repeated edges included.
TestGraph randomGraph(std::int32_t nodes, std::int32_t edges, std::uint64_t seed, bool is_acyclic);

} // namespace bitwright::test
