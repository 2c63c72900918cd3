// SPDX-License-Identifier: GPL-3.0-or-later
/// How much arithmetic a network is: multiply-accumulate operations of products and convolutions.
#pragma once

#include <cstdint>

#include "model/model.h"

namespace bitwright {

/// Multiply-accumulates of @p node for one sample, from the shapes of its values; 0 for operators that are no sum
/// of products, and where a shape is unknown.
std::int64_t multiplications(const Graph& graph, const Node& node);

} // namespace bitwright
