// SPDX-License-Identifier: GPL-3.0-or-later
/// The HLS text that dense layers and convolutions share.
#pragma once

#include "circuit/hls_text.h"
#include "circuit/primitives/dense/dense_arithmetic.h"

namespace bitwright {

/// How the products are spread over multipliers and time.
enum class ProductForm {
    Parallel, ///< all of them, inputs in ascending order
    Memories, ///< each multiplier reads its weights from a memory
    Unrolled, ///< inputs in strides of the reuse factor, weights wired in
};
ProductForm productFormOf(const DenseAttributes& attributes, std::int64_t n_out);

/// Weights [n_in, n_out] in the order in which the templates read them, @p group_outputs outputs after each other.
std::shared_ptr<const CodeTensor> productWeights(const CodeTensor& weight, std::int64_t n_in, std::int64_t n_out,
                                                 std::int64_t group_outputs, ProductForm form);
/// The members of the configuration of bw_dense.h, for @p n_out outputs.
void describeProduct(HlsConfiguration& config, const Circuit& circuit, const Primitive& primitive, std::int64_t n_out,
                     std::int64_t rows, ProductForm form);

} // namespace bitwright
