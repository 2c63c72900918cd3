// SPDX-License-Identifier: GPL-3.0-or-later
/// Reuse factors, strategies and table sizes: what hls4ml's back ends set once all layers are known.
#pragma once

#include "flows/hls4ml/layer_graph.h"
#include "flows/hls4ml/type_choice.h"
#include "support/diagnostic.h"

namespace bitwright::hls4ml {

/// Sets `numbers` and `variant`; reports where a wanted value is not legal.
void assignBuildSettings(LayerNode& node, const TypeChooser& types, Diagnostics& findings);
/// Cuts the tables of a softmax to what its addresses reach, and settles the type of its normalised input (section 2.12).
void assignSoftmaxTables(const LayerGraph& graph, LayerNode& node, const TypeChooser& types);

} // namespace bitwright::hls4ml
