// SPDX-License-Identifier: GPL-3.0-or-later
/// Groups of boxes, so that a large network opens as a picture of its parts (gui reference, section 5.4).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "layout/graph_drawing.h"

namespace bitwright {

/// A group in the hierarchy. Groups come after the group that holds them.
struct NodeGroup {
    std::string id;    ///< "group:encoder/layer.0"; what selection and expansion speak of
    std::string title; ///< its own part of the name, "layer.0", or "part 3/7"
    std::int32_t parent = -1;
    std::int32_t size = 0;   ///< boxes in it, at any depth
    std::int32_t alike = 1;  ///< how many groups of the graph are built like this one
};

struct Grouping {
    std::vector<NodeGroup> groups;
    std::vector<std::int32_t> group_of_node; ///< the innermost group of every box, or -1
};

/// From the scopes of the boxes' names where most have one; else from the structure: runs between places that a
/// single tensor crosses, aligned with repeated blocks; what is left over in chunks. @cost nearly linear
Grouping groupNodes(const GraphSummary& graph);

/// How many boxes are shown at once before groups close.
constexpr std::int32_t kVisibleBoxes = 400;

/// The groups that are open at first: small ones, and all ancestors, while the picture stays within its budget.
std::set<std::string> initiallyOpen(const Grouping& grouping);

/// @p graph with every group that is not in @p open as one box. Its id is the group's; `other_ids` are those of the
/// boxes inside, so that selecting a layer selects the group that hides it.
GraphSummary withClosedGroups(const GraphSummary& graph, const Grouping& grouping, const std::set<std::string>& open);

/// What a picture of the graph starts with: the graph itself, or closed groups where it has too many boxes.
GraphSummary overviewOf(const GraphSummary& graph);

} // namespace bitwright
