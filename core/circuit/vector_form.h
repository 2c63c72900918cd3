// SPDX-License-Identifier: GPL-3.0-or-later
/// Primitives as vector kernels know them: products and chains of element steps. The exact kernels define what a
/// primitive means; a vector form is the same function in a shape that proofs and fast kernels can read.
#pragma once

#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/product_reads.h"
#include "circuit/value_range.h"
#include "numerics/fixed_arithmetic.h"
#include "numerics/kernels/dense_ordered.h"
#include "numerics/kernels/element_step.h"
#include "numerics/kernels/softmax_rows.h"

namespace bitwright {

/// Each output element is a chain of steps on the input element of the same index.
struct ElementForm {
    kernels::ElementChain chain;
};

/// A product with constant weights, then a chain on each sum. With `product` and `sum` set, products and sums are
/// stored as they come, in `order`; otherwise sums are exact and order-free. Rows are those of a matrix, or read windows.
struct DenseForm {
    std::int64_t n_in = 0;
    std::int64_t n_out = 0;
    std::int64_t rows = 1;
    std::optional<ProductReads> reads;
    std::vector<std::int64_t> weights; ///< [n_in, n_out] row-major
    std::vector<std::int64_t> bias;    ///< [n_out], at the scale of the sums
    bool is_ordered = false;
    std::vector<std::int32_t> order;
    kernels::StoreStep product;
    std::optional<kernels::StoreStep> sum;
    kernels::ElementChain chain;
};

/// A softmax by tables: `outer` x `inner` slices of n elements each.
struct SoftmaxForm {
    kernels::SoftmaxRows rows;
    std::int64_t outer = 1;
    std::int64_t n = 1;
    std::int64_t inner = 1;
};

using VectorForm = std::variant<ElementForm, DenseForm, SoftmaxForm>;

/// The step of @p conversion for codes in @p range; nothing where only the exact kernel knows its mode.
std::optional<kernels::StoreStep> storeStep(const Conversion& conversion, kernels::LaneRange range);
/// The same for unknown codes.
std::optional<kernels::StoreStep> storeStep(const Conversion& conversion);

/// Codes as 64-bit integers, or nothing where they need more than 40 bits.
std::optional<std::vector<std::int64_t>> narrowCodes(const CodeTensor& tensor);
/// The interval that holds all elements, or nothing beyond 62 bits.
std::optional<kernels::LaneRange> laneRange(const ValueRange& range);

} // namespace bitwright
