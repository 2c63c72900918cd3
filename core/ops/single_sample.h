// SPDX-License-Identifier: GPL-3.0-or-later
/// Dimension 0 of every model input is the batch, whatever value the file gives it.
#pragma once

#include "model/model.h"

namespace bitwright {

/// Fixes the extent of dimension 0 of every input to one sample, and of what the file says to follow from it.
/// Derived shapes are not recomputed.
void assumeSingleSample(Graph& graph);

} // namespace bitwright
