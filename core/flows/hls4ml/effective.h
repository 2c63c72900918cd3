// SPDX-License-Identifier: GPL-3.0-or-later
/// What each layer's settings came to, for the views that show effective values and where they come from.
#pragma once

#include "flows/flow.h"
#include "flows/hls4ml/layer_graph.h"
#include "flows/hls4ml/type_choice.h"

namespace bitwright::hls4ml {

/// By layer id. A layer that was merged into another one shows the types of that one.
std::map<std::string, EffectiveLayer> effectiveLayers(const LayerGraph& graph, const TypeChooser& types);

} // namespace bitwright::hls4ml
