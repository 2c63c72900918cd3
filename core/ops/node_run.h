// SPDX-License-Identifier: GPL-3.0-or-later
/// Executes one node, with the graphs in its attributes.
#pragma once

#include <stop_token>
#include <vector>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

/// Tensors by value index; empty where not computed yet.
using RunValues = std::vector<Tensor>;

/// Where a node stands.
struct NodeSurroundings {
    const Model& model;
    const Graph& graph;
    std::stop_token stop = {};
};

/// Whether the node, and the nodes of its graphs, can run at all.
/// @error OperatorUnsupported, OperatorInputMissing, ModelDataMissing
Result<void> checkNode(const Model& model, const Graph& graph, const Node& node);

/// Computes the node's outputs into @p values. @p stacked_samples as in RunContext. @error those of its operator
Result<void> runNode(const NodeSurroundings& surroundings, const Node& node, RunValues& values, std::int64_t stacked_samples);

} // namespace bitwright
