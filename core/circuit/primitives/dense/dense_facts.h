// SPDX-License-Identifier: GPL-3.0-or-later
/// What the cost laws ask of a product with constant weights, read off a primitive with DenseAttributes.
#pragma once

#include "circuit/cost_laws/dense_law.h"
#include "circuit/primitives/dense/dense.h"

namespace bitwright {

DenseFacts denseFacts(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);

} // namespace bitwright
