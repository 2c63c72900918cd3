// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/shape.h"

namespace bitwright {

std::optional<std::int64_t> elementCount(const Shape& shape)
{
    // An extent of zero makes the product zero even where other extents would overflow it.
    bool is_empty = false;
    for (std::int64_t extent : shape) {
        if (extent < 0) return std::nullopt;
        is_empty = is_empty || extent == 0;
    }
    if (is_empty) return 0;
    std::int64_t count = 1;
    for (std::int64_t extent : shape)
        if (__builtin_mul_overflow(count, extent, &count)) return std::nullopt;
    return count;
}

std::string shapeText(const Shape& shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i != 0) text += ", ";
        text += std::to_string(shape[i]);
    }
    return text + "]";
}

} // namespace bitwright
