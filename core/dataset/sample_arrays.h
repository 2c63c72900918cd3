// SPDX-License-Identifier: GPL-3.0-or-later
/// Fits the arrays that people have to the inputs of a model (architecture, section 7).
#pragma once

#include <string>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

/// One input's samples: [samples, shape without batch], and how the array counted them.
struct SampleArray {
    Tensor samples;
    Shape leading; ///< {samples} or {n, batch}
};

/// Accepted: the model's shape; [N, shape without batch]; [N, full shape]; [N, ...] of equal element count.
/// Unknown extents of the model fit anything. Dimension 0 is the batch, whatever value the file gives it.
/// @p name is for messages. @error ArrayShape, ArrayType
Result<SampleArray> fitSamples(const Tensor& array, const Value& input, const std::string& name);

} // namespace bitwright
