// SPDX-License-Identifier: GPL-3.0-or-later
/// What the cost facets of all primitives read off a circuit in the same way.
#pragma once

#include "circuit/circuit.h"
#include "circuit/cost_laws/elementwise_law.h"
#include "circuit/cost_laws/timing_law.h"

namespace bitwright {

ClockTarget clockOf(const Circuit& circuit);
bool isStream(const CircuitValue& value);

/// What happens to the bits of a value when it is stored in another format.
enum class Narrowing { None, Truncation, Rounding };
/// Rounding or saturation costs logic; dropping bits and wrapping are wires.
Narrowing narrowingBetween(const NumberFormat& from, const NumberFormat& to);

/// Sizes, lanes and widths of an element by element function from @p input to @p output.
ElementwiseFacts elementwiseFacts(const CircuitValue& input, const CircuitValue& output);

/// Non-zero weights per output of the matrix product that made @p value, directly or through one function of elements;
/// -1: another kind of primitive made it. Sparse products leave bits that never change.
/// @cost linear in the weights
double nonzeroPerOutputBefore(const Circuit& circuit, const CircuitValue& value);

} // namespace bitwright
