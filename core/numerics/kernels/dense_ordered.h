// SPDX-License-Identifier: GPL-3.0-or-later
/// Matrix products whose every product, or every sum, is stored in a narrower accumulator: rounded products,
/// saturating accumulators. The order of additions is part of the result.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "numerics/kernels/rows.h"

namespace bitwright::kernels {

class DenseOrdered {
public:
    struct Problem {
        std::span<const std::int64_t> weights; ///< [n_in, n_out] row-major
        std::span<const std::int64_t> bias;    ///< [n_out], accumulator codes
        std::int64_t n_in = 0;
        std::int64_t n_out = 0;
        LaneRange input;                       ///< of every input code
        std::vector<std::int32_t> order;       ///< inputs in the order of their additions; each once
        StoreStep product;                     ///< product -> accumulator
        std::optional<StoreStep> sum;          ///< sum -> accumulator, after every addition; nothing: wrap at the end only
    };

    /// Prepares y = chain(accumulator). Nothing where an intermediate may exceed 64-bit lanes.
    static std::optional<DenseOrdered> prepare(Problem problem, ElementChain chain);

    void run(ConstRows in, Rows out, std::int64_t samples) const;
    Lane lane() const { return m_lane; }

private:
    std::int64_t m_n_out = 0;
    Lane m_lane = Lane::Int64;
    std::vector<std::int64_t> m_weights; ///< [n_out][n_in], in the order of additions
    std::vector<std::int64_t> m_bias;
    std::vector<std::int32_t> m_order;
    StoreStep m_product;
    std::optional<StoreStep> m_sum;
    ElementChain m_chain;
};

} // namespace bitwright::kernels
