// SPDX-License-Identifier: GPL-3.0-or-later
/// From the user's float samples (samples outermost) to code blocks (samples innermost).
#pragma once

#include <cstdint>
#include <span>

#include "numerics/kernels/rows.h"

namespace bitwright::kernels {

/// Row r, sample s of @p out becomes the code of x[s * elements + source[r]] in @p format; an empty @p source is the
/// identity. Exact: scaling by a power of two and every comparison are exact in float32 for |scaled value| < 2^22.
/// @return false, and nothing usable in @p out, where a value or the format is beyond the fast path
/// @source hls4ml reference, sections 1.2 and 2.16
bool codesOfSamples(std::span<const float> x, std::int64_t elements, std::span<const std::int64_t> source,
                    const FixedFormat& format, Rows out);

} // namespace bitwright::kernels
