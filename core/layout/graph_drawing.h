// SPDX-License-Identifier: GPL-3.0-or-later
/// The picture of a network: from what is to be said about it to a Drawing (anatomy in README.md here).
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "layout/drawing.h"

namespace bitwright {

/// Families of operators that look alike.
enum class OperatorClass : std::uint8_t {
    Port, Dense, Convolution, Activation, Normalisation, Pooling, Elementwise, Movement, Quantiser, Unknown
};

/// A short label, such as "w <6,2>". Where `id` is set, pointing at it selects that id.
struct GraphChip {
    std::string text;
    std::string id;
    std::string tooltip; ///< "weight: fixed<6,2,RND,SAT>, from this layer"
    bool operator==(const GraphChip&) const = default;
};

/// One box.
struct GraphNode {
    std::string id;       ///< layer id, or the node's name where no layer stands for it
    std::string title;    ///< what it is called
    std::string scope;    ///< its name in the file, which may hold scopes: "/encoder/layer.0/fc/MatMul"
    std::string subtitle; ///< what it is: "Dense 16 → 64"
    OperatorClass op_class = OperatorClass::Unknown;
    std::vector<GraphChip> formats; ///< by slot
    std::vector<GraphChip> costs;   ///< "1.2k LUT"
    std::vector<GraphChip> quality; ///< "SQNR 38 dB"
    std::string unsupported;           ///< the reason, a sentence; else empty
    std::vector<std::string> warnings; ///< sentences
    bool is_locked = false;
    bool is_edited = false; ///< differs from what the flow starts with
    std::vector<std::string> folded;    ///< what was folded into it, for the tooltip: "constant fc1.weight [16, 64]"
    std::vector<std::string> other_ids; ///< further ids that mean this box when selected
    bool operator==(const GraphNode&) const = default;
};

/// One tensor on its way to one consumer.
struct GraphEdge {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int32_t tensor = 0; ///< edges with the same `from` and `tensor` carry the same values
    std::string label;       ///< shape, "16 × 64"
    std::vector<GraphChip> chips; ///< quantisers folded into it, in order of flow; the same on all edges of a tensor
    bool operator==(const GraphEdge&) const = default;
};

/// What is to be drawn.
struct GraphSummary {
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    bool operator==(const GraphSummary&) const = default;
};

struct GraphDrawingOptions {
    LayoutDirection direction = LayoutDirection::TopToBottom;
    std::stop_token stop;
};

/// Measures, lays out and draws @p graph. Widths come from average advances of the font, so that no display is needed.
/// @cost below 10 µs per node
Drawing drawGraph(const GraphSummary& graph, const GraphDrawingOptions& options = {});

} // namespace bitwright
