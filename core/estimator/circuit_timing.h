// SPDX-License-Identifier: GPL-3.0-or-later
/// The order in which a circuit's functions wait for each other: longest path, fills, FIFOs.
#pragma once

#include <cstddef>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/cost_laws/network_law.h"

namespace bitwright {

struct CircuitTiming {
    std::vector<std::size_t> critical_path; ///< primitive indices, first to last
    double fill_cycles = 0; ///< streams: cycles of the other stages before the slowest one has its first input
};

/// @param costs one per primitive, in the circuit's order
CircuitTiming circuitTiming(const Circuit& circuit, const std::vector<const Cost*>& costs);

/// What composition needs to know of the circuit.
NetworkFacts networkFacts(const Circuit& circuit, const std::vector<const Cost*>& costs, const CircuitTiming& timing);

} // namespace bitwright
