// SPDX-License-Identifier: GPL-3.0-or-later
/// Extents of a tensor, outermost first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bitwright {

using Shape = std::vector<std::int64_t>;

/// Product of the extents (1 for a scalar), or nothing when an extent is negative or the product overflows.
std::optional<std::int64_t> elementCount(const Shape& shape);
/// "[1, 16]"
std::string shapeText(const Shape& shape);

} // namespace bitwright
