// SPDX-License-Identifier: GPL-3.0-or-later
/// What a user can set in the hls4ml flow, and the configuration that hls4ml's generator starts with.
#pragma once

#include <vector>

#include "flows/flow.h"

namespace bitwright {

std::vector<Layer> hls4mlLayers(const Model& model, const Configuration& configuration);
/// As `config_from_onnx_model(granularity='name')` makes it, except that an input that only a quantiser reads takes
/// the quantiser's own type, so that nothing is cut off before it is rounded.
Configuration initialHls4mlConfiguration(const Model& model);

} // namespace bitwright
