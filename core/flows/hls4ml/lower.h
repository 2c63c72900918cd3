// SPDX-License-Identifier: GPL-3.0-or-later
/// Normal form and configuration to circuit, as hls4ml 1.3.0 would build it for its Vivado and Vitis back ends.
#pragma once

#include "flows/flow.h"

namespace bitwright {

/// @p previous may be null. What it remembers (parsed model, converted weights) is used again where it still holds.
Result<Lowering> lowerHls4ml(const Model& model, const Configuration& configuration, const Lowering* previous);

} // namespace bitwright
