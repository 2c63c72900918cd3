// SPDX-License-Identifier: GPL-3.0-or-later
/// Places where hls4ml's own C simulation stops or has no defined result (hls4ml reference, sections 1.2 and 1.3).
#pragma once

#include "circuit/circuit.h"
#include "support/diagnostic.h"

namespace bitwright::hls4ml {

/// Adds a warning per conversion that aborts in the original.
void reportHazards(const Circuit& circuit, Diagnostics& findings);

} // namespace bitwright::hls4ml
