// SPDX-License-Identifier: GPL-3.0-or-later
/// The hls4ml flow: fixed point, one hardware function per layer, bit for bit as hls4ml 1.3.0.
#pragma once

#include "flows/flow.h"

namespace bitwright {

const FlowDescriptor& hls4mlFlow();

} // namespace bitwright
