// SPDX-License-Identifier: GPL-3.0-or-later
/// The anatomy of one node: how large it is, and what is drawn where in it.
#pragma once

#include <string>
#include <vector>

#include "layout/drawing.h"
#include "layout/graph_drawing.h"

namespace bitwright {

constexpr double kChipHeight = 18;
constexpr double kChipTextSize = 10.5;
double chipWidth(const GraphChip& chip);

/// Rows of chips inside a node, with the texts already elided.
struct PlacedChip {
    const GraphChip* chip = nullptr;
    Box box; ///< relative to the node
    ColourRole fill = ColourRole::ChipFill;
    ColourRole text = ColourRole::ChipText;
    Freshness freshness = Freshness::Formats;
};

/// A node, measured. Widths are rounded up in steps, so that an edit of a format rarely moves the picture.
struct NodeBox {
    double width = 0;
    double height = 0;
    bool has_subtitle_in_title = false; ///< in one line, where both fit
    std::vector<PlacedChip> chips;
    std::vector<std::string> reason_lines; ///< why it is not supported, wrapped
};

NodeBox measureNode(const GraphNode& node);
/// Appends the items of @p node with its corner at @p corner, and targets for chips with ids of their own.
void drawNode(const GraphNode& node, const NodeBox& box, LayoutPoint corner, std::int32_t element, Drawing& drawing);
/// A quantiser's chip on an edge.
void drawEdgeChip(const GraphChip& chip, const Box& box, Drawing& drawing);

/// Lines for the tool tip: everything the box says, in full, and what was folded into it.
std::string nodeTooltip(const GraphNode& node);
/// One line for screen readers.
std::string nodeDescription(const GraphNode& node);

} // namespace bitwright
