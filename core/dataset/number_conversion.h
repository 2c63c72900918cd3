// SPDX-License-Identifier: GPL-3.0-or-later
/// Arrays of one number type as another.
#pragma once

#include <string>

#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

/// @p tensor as @p type. Floating point rounds to nearest even; integers must be exact.
/// @p name is for messages. @error InputNotInteger, ArrayType
Result<Tensor> convertNumbers(const Tensor& tensor, ElementType type, const std::string& name);

/// float32 where that holds every element exactly, else float64. float32 and float64 stay as they are.
Tensor asFloatingPoint(const Tensor& tensor);

} // namespace bitwright
