// SPDX-License-Identifier: GPL-3.0-or-later
/// Products of matrices as numpy's matmul defines them, for the operators that contain one.
#pragma once

#include "ops/op_descriptor.h"

namespace bitwright {

/// The shape of the product of two tensors; unknown extents stay -1. @error shapeProblem
Result<Shape> matrixProductShape(const Node& node, const Shape& a, const Shape& b);
/// The product of two tensors of one type: floating point, or integers of 32 and 64 bits, which wrap.
/// @error shapeProblem, typeProblem, sizeProblem
Result<Tensor> matrixProduct(const Node& node, const Tensor& a, const Tensor& b);
/// Whether samples stay apart in a product of inputs @p a and @p b.
bool batchMatrixProduct(const BatchContext& context, std::size_t a, std::size_t b);

} // namespace bitwright
