// SPDX-License-Identifier: GPL-3.0-or-later
/// What the canvas says about a network: normal form, layers, effective formats and costs become a GraphSummary.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flows/flow.h"
#include "layout/graph_drawing.h"

namespace bitwright {

struct Estimate;

/// What is known; only the model and the layers must be there.
struct GraphSummarySources {
    const Model* model = nullptr; ///< a normal form
    const std::vector<Layer>* layers = nullptr;
    const Configuration* configuration = nullptr; ///< for locks, notes and "edited"
    const Configuration* initial = nullptr;       ///< what "edited" is measured against; null: nothing decided
    const Lowering* lowering = nullptr;           ///< for effective formats and findings
    const Estimate* estimate = nullptr;           ///< for costs
    std::map<std::string, double> sqnr_db;        ///< by layer id
};

/// Folds constants and quantisers into their consumers and edges (gui reference, section 3.4).
/// @cost linear in the size of the network
GraphSummary summariseGraph(const GraphSummarySources& sources);

} // namespace bitwright
