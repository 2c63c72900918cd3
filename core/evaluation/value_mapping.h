// SPDX-License-Identifier: GPL-3.0-or-later
/// Which value of the normal form a value of the circuit stands for, so that the two can be compared.
#pragma once

#include <vector>

#include "circuit/circuit.h"
#include "flows/flow.h"
#include "model/model.h"

namespace bitwright {

/// Per circuit value the value index in @p normal, or kNone where there is no equal one (a value that only the
/// hardware has, such as a copy of a stream).
std::vector<ValueIndex> correspondingValues(const Circuit& circuit, const Model& normal,
                                            const std::vector<Layer>& layers);

/// The elements of @p reference ([samples, ...], in the model's order) in the order of a circuit value of
/// @p circuit_shape (channels last), as doubles. Empty when the shapes do not match.
std::vector<double> inCircuitOrder(const Tensor& reference, const Shape& circuit_shape);

} // namespace bitwright
