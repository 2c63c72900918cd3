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

/// A tensor of @p shape whose element at place i is element `sources[i]` of @p from, or @p fill where that is negative.
/// @pre every source exists; @p fill has one element of the type of @p from, where it is needed
Tensor copyElements(const Tensor& from, const Shape& shape, const std::vector<std::int64_t>& sources,
                    const Tensor& fill = {});

/// The same with one list of source positions per axis: element (i, j, ...) is `from(tables[0][i], tables[1][j], ...)`,
/// or @p fill where one of them is negative.
Tensor copyByTables(const Tensor& from, const std::vector<std::vector<std::int64_t>>& tables, const Tensor& fill = {});

} // namespace bitwright
