// SPDX-License-Identifier: GPL-3.0-or-later
/// Tensors of codes: the integers that constants are once lowering has decided their formats.
#pragma once

#include <cstdint>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "numerics/number_format.h"
#include "numerics/shape.h"

namespace bitwright {

/// Exact integers of any size: the slow path above 63 bits, and the reference in tests.
using WideInt = boost::multiprecision::cpp_int;

/// Codes in C order. Exactly one of the two vectors is filled: `codes` when the format's codes fit
/// in a signed 64-bit integer, `wide_codes` otherwise.
struct CodeTensor {
    Shape shape;
    NumberFormat format;
    std::vector<std::int64_t> codes;
    std::vector<WideInt> wide_codes;

    bool isWide() const { return !wide_codes.empty(); }
    std::size_t size() const { return isWide() ? wide_codes.size() : codes.size(); }
};

ContentHash contentHash(const CodeTensor& tensor);

} // namespace bitwright
