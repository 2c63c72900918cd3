// SPDX-License-Identifier: GPL-3.0-or-later
/// Matrix products of 16-bit codes by pairwise multiply-add, with the following element steps fused in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "numerics/kernels/rows.h"

namespace bitwright::kernels {

/// A weight matrix prepared for one layer: pairs of inputs packed, tiles of outputs together.
class DenseMadd {
public:
    /// Prepares y = chain(x W + b). Nothing where the proof fails: a weight beyond 16 bits, or a sum beyond
    /// 62 bits, or a chain without a proved lane.
    /// @shape weights [n_in, n_out] row-major, bias [n_out] (at the scale of the sums), ranges [n_in] or [1]
    static std::optional<DenseMadd> prepare(std::span<const std::int64_t> weights,
                                            std::span<const std::int64_t> bias, std::int64_t n_in,
                                            std::int64_t n_out, std::span<const LaneRange> input_ranges,
                                            ElementChain chain);

    /// @pre in.lane is Int16; @p in has n_in rows, @p out n_out rows
    void run(ConstRows in, Rows out, std::int64_t samples) const;

    /// Whether sums stay in 32-bit registers all the way; otherwise they are widened every few pairs.
    bool staysIn32Bits() const { return m_pairs_per_flush == 0; }
    std::int64_t outputs() const { return m_n_out; }
    std::span<const ElementStep> chain() const { return m_chain; }

    /// Rows of outputs that one tile computes; packing depends on it.
    static constexpr int kTile = 8;

private:
    std::int64_t m_n_in = 0;
    std::int64_t m_n_out = 0;
    std::int64_t m_pairs = 0;           ///< per output, the last one padded with zero
    std::int64_t m_pairs_per_flush = 0; ///< 0: never
    Lane m_compute = Lane::Int32;       ///< of the chain
    std::vector<std::int32_t> m_weights; ///< [tile][pair][kTile], low half the even input
    std::vector<std::int64_t> m_bias;    ///< padded to whole tiles
    ElementChain m_chain;
};

/// Name of the instruction set that kernels run on here: "AVX3_DL", "AVX2", ...
std::string_view activeTarget();

} // namespace bitwright::kernels
