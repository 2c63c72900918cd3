// SPDX-License-Identifier: GPL-3.0-or-later
/// Labels as people store them: class numbers, or one-hot rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

/// Class per sample from [N], [N, 1] or one-hot [N, C] (any number type, whole values).
/// @p name is for messages. @error LabelsMalformed, ArrayType
Result<std::vector<std::int64_t>> classLabels(const Tensor& array, const std::string& name);

/// Whether every label names a class of the model's first output: a vector of scores has as many as elements, a
/// single unit has two. Outputs of unknown or other shape are not checked. @error LabelOutOfRange
Result<void> checkLabels(const std::vector<std::int64_t>& labels, const Model& model, const std::string& name);

} // namespace bitwright
