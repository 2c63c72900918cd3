// SPDX-License-Identifier: GPL-3.0-or-later
/// The work of one tile or row of a matrix product, shared by the code of all instruction sets.
#pragma once

#include <cstdint>
#include <span>

#include "numerics/kernels/dense_madd.h"

namespace bitwright::kernels {

/// What one tile of outputs is computed from.
struct TileJob {
    const std::int32_t* weights; ///< [pair][DenseMadd::kTile]
    const std::int64_t* bias;    ///< [DenseMadd::kTile]
    std::int64_t n_in;
    std::int64_t pairs;
    std::int64_t pairs_per_flush;
    std::int64_t first_row;
    std::int64_t rows; ///< of this tile that exist
};

/// One output of a product with stored products or sums.
struct OrderedRow {
    std::span<const std::int64_t> weights; ///< in the order of additions
    std::span<const std::int32_t> order;
    std::int64_t bias;
    std::int64_t row;
    const StoreStep* product;
    const StoreStep* sum; ///< null: sums are exact until the chain
    std::span<const ElementStep> chain;
};

} // namespace bitwright::kernels
