// SPDX-License-Identifier: GPL-3.0-or-later
/// What dense layers and convolutions share: products of row patches with constant weights.
#pragma once

#include <memory>
#include <vector>

#include "circuit/kernel.h"
#include "circuit/product_reads.h"
#include "circuit/vector_form.h"

namespace bitwright {

/// The exact kernel of a primitive whose attributes are DenseAttributes, for rows that read as @p reads says.
std::unique_ptr<Kernel> productKernel(const KernelRequest& request, ProductReads reads);
/// What each output of a row can be, for inputs that all lie in @p input.
ValueRange productRowRange(const Circuit& circuit, const Primitive& primitive, const CodeInterval& input);
/// The weights, sums and stores of one row for vector kernels; `rows` and `reads` are the caller's.
std::optional<DenseForm> productForm(const Circuit& circuit, const Primitive& primitive, const ValueRange& input);

} // namespace bitwright
