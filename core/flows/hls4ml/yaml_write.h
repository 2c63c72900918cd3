// SPDX-License-Identifier: GPL-3.0-or-later
/// Writes hls4ml's configuration files (hls4ml reference, section 4.4).
#pragma once

#include <span>
#include <string>

#include "flows/flow.h"

namespace bitwright {

/// The configuration as hls4ml reads it, keys sorted as hls4ml's own writer sorts them. @p layers and the model's
/// constants say which of its generator's entries exist.
std::string writeHls4mlConfiguration(const Configuration& configuration, const Model& model,
                                     std::span<const Layer> layers);

} // namespace bitwright
