// SPDX-License-Identifier: GPL-3.0-or-later
/// Types and shapes of every value, derived node by node from the operators' shape rules.
#pragma once

#include "model/model.h"
#include "ops/op_descriptor.h"

namespace bitwright {

/// Completes type and shape of every value of the main graph. Where the file says something else, the
/// derived shape wins. Findings name the nodes whose inputs do not fit; their outputs stay as the file has them.
Diagnostics inferShapes(Model& model);
/// The same for @p graph of @p model; small constants on the way are computed, so that shapes may depend on them.
Diagnostics inferShapes(const Model& model, Graph& graph);

} // namespace bitwright
