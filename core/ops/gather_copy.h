// SPDX-License-Identifier: GPL-3.0-or-later
/// Copies elements of any type to new places; under every operator that only moves data.
#pragma once

#include <cstdint>
#include <vector>

#include "model/tensor.h"

namespace bitwright {

/// A tensor of @p shape whose element at index i is element `first + sum(i[k] * steps[k])` of @p from.
/// @pre every such element exists
Tensor copyStrided(const Tensor& from, const Shape& shape, const std::vector<std::int64_t>& steps,
                   std::int64_t first = 0);

} // namespace bitwright
