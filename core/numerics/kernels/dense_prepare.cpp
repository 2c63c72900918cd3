// SPDX-License-Identifier: GPL-3.0-or-later
// What may be proved about a matrix product before it runs, and the packing that follows.
#include <algorithm>
#include <limits>

#include "numerics/kernels/dense_madd.h"

namespace bitwright::kernels {
namespace {

__extension__ typedef __int128 Wide;

struct Problem {
    std::span<const std::int64_t> weights;
    std::span<const std::int64_t> bias;
    std::int64_t n_in;
    std::int64_t n_out;
    std::span<const LaneRange> ranges;

    LaneRange range(std::int64_t i) const
    {
        return ranges.size() == 1 ? ranges.front() : ranges[static_cast<std::size_t>(i)];
    }
    std::int64_t weight(std::int64_t i, std::int64_t j) const
    {
        return weights[static_cast<std::size_t>(i * n_out + j)];
    }
};

struct Sum {
    Wide low = 0;
    Wide high = 0;
    bool fitsInt32() const
    {
        return low >= std::numeric_limits<std::int32_t>::min() &&
               high <= std::numeric_limits<std::int32_t>::max();
    }
};

/// Exact interval of the inputs [first, last) of output @p j.
Sum partialSum(const Problem& problem, std::int64_t j, std::int64_t first, std::int64_t last)
{
    Sum sum;
    for (std::int64_t i = first; i < last; ++i) {
        const LaneRange x = problem.range(i);
        const Wide w = problem.weight(i, j);
        sum.low += w * (w > 0 ? x.low : x.high);
        sum.high += w * (w > 0 ? x.high : x.low);
    }
    return sum;
}

bool operandsFit16Bits(const Problem& problem)
{
    const auto outside = [](std::int64_t v) {
        return v < std::numeric_limits<std::int16_t>::min() || v > std::numeric_limits<std::int16_t>::max();
    };
    return std::none_of(problem.weights.begin(), problem.weights.end(), outside) &&
           std::none_of(problem.ranges.begin(), problem.ranges.end(),
                        [&](LaneRange r) { return outside(r.low) || outside(r.high); });
}

/// Interval of all outputs, bias included.
Sum hullOfSums(const Problem& problem)
{
    Sum hull{std::numeric_limits<Wide>::max(), std::numeric_limits<Wide>::min()};
    for (std::int64_t j = 0; j < problem.n_out; ++j) {
        const Sum sum = partialSum(problem, j, 0, problem.n_in);
        const Wide bias = problem.bias[static_cast<std::size_t>(j)];
        hull.low = std::min(hull.low, sum.low + bias);
        hull.high = std::max(hull.high, sum.high + bias);
    }
    return hull;
}

/// Largest number of pairs whose sum provably fits in 32 bits, whichever run of pairs it is; 0: not even one.
/// Within such a run 32-bit additions may wrap and come back: only the run's end has to fit.
std::int64_t pairsPerFlush(const Problem& problem, std::int64_t pairs)
{
    for (std::int64_t run = pairs; run >= 1; run = run == 1 ? 0 : (run + 1) / 2) {
        bool fits = true;
        for (std::int64_t first = 0; fits && first < pairs; first += run) {
            const std::int64_t last = std::min(2 * (first + run), problem.n_in);
            for (std::int64_t j = 0; fits && j < problem.n_out; ++j)
                fits = partialSum(problem, j, 2 * first, last).fitsInt32();
        }
        if (fits) return run;
    }
    return 0;
}

/// Whether the chain begins by keeping at most 32 low bits: then only the sum modulo 2^32 matters.
bool keepsLowBitsOnly(const ElementChain& chain)
{
    if (chain.empty()) return false;
    const ElementStep& first = chain.front();
    return !first.drops_negative && first.multiplier.empty() && first.addend.empty() &&
           first.product_shift_left == 0 && first.store.shift_right == 0 &&
           first.store.bound == StoreStep::Bound::Wrap && first.store.wrap_bits <= 32;
}

LaneRange wrapRange(const StoreStep& store)
{
    if (store.wraps_signed)
        return {-(std::int64_t{1} << (store.wrap_bits - 1)), (std::int64_t{1} << (store.wrap_bits - 1)) - 1};
    return {0, (std::int64_t{1} << store.wrap_bits) - 1};
}

/// The bias together with a constant that the chain adds first; the chain loses that addition.
std::vector<std::int64_t> foldLeadingAddition(std::span<const std::int64_t> bias, ElementChain& chain)
{
    std::vector<std::int64_t> sums(bias.begin(), bias.end());
    if (chain.empty()) return sums;
    ElementStep& first = chain.front();
    if (first.drops_negative || !first.multiplier.empty() || first.product_shift_left != 0 || first.addend.empty())
        return sums;
    for (std::size_t j = 0; j < sums.size(); ++j)
        sums[j] += first.addend[j % first.addend.size()];
    first.addend.clear();
    chain = simplified(std::move(chain));
    return sums;
}

std::vector<std::int32_t> packPairs(const Problem& problem, std::int64_t pairs)
{
    constexpr std::int64_t kTile = DenseMadd::kTile;
    const std::int64_t tiles = (problem.n_out + kTile - 1) / kTile;
    std::vector<std::int32_t> packed(static_cast<std::size_t>(tiles * pairs * kTile), 0);
    for (std::int64_t j = 0; j < problem.n_out; ++j) {
        for (std::int64_t i = 0; i < problem.n_in; ++i) {
            const auto half = static_cast<std::uint32_t>(static_cast<std::uint16_t>(problem.weight(i, j)));
            const std::int64_t at = (j / kTile * pairs + i / 2) * kTile + j % kTile;
            auto& word = packed[static_cast<std::size_t>(at)];
            word = static_cast<std::int32_t>(static_cast<std::uint32_t>(word) |
                                             (i % 2 == 0 ? half : half << 16));
        }
    }
    return packed;
}

} // namespace

std::optional<DenseMadd> DenseMadd::prepare(std::span<const std::int64_t> weights,
                                            std::span<const std::int64_t> bias, std::int64_t n_in,
                                            std::int64_t n_out, std::span<const LaneRange> input_ranges,
                                            ElementChain chain)
{
    chain = simplified(std::move(chain));
    const std::vector<std::int64_t> sums = foldLeadingAddition(bias, chain);
    const Problem problem{weights, sums, n_in, n_out, input_ranges};
    if (n_in < 1 || n_out < 1 || !operandsFit16Bits(problem)) return std::nullopt;

    DenseMadd dense;
    dense.m_n_in = n_in;
    dense.m_n_out = n_out;
    dense.m_pairs = (n_in + 1) / 2;
    const Sum hull = hullOfSums(problem);
    std::optional<Lane> lane;
    if (keepsLowBitsOnly(chain) && !hull.fitsInt32()) {
        lane = provedLane(chain, wrapRange(chain.front().store));
    } else {
        constexpr Wide kLimit = std::int64_t{1} << 62;
        if (hull.low < -kLimit || hull.high > kLimit) return std::nullopt;
        lane = provedLane(chain, {static_cast<std::int64_t>(hull.low), static_cast<std::int64_t>(hull.high)});
        if (!hull.fitsInt32()) {
            dense.m_pairs_per_flush = pairsPerFlush(problem, dense.m_pairs);
            if (dense.m_pairs_per_flush == 0) return std::nullopt;
        }
    }
    if (!lane) return std::nullopt;
    dense.m_compute = *lane;
    // A sum modulo 2^32 has no meaning in wider lanes.
    if (dense.m_compute == Lane::Int64 && keepsLowBitsOnly(chain) && !hull.fitsInt32()) {
        dense.m_pairs_per_flush = pairsPerFlush(problem, dense.m_pairs);
        if (dense.m_pairs_per_flush == 0) return std::nullopt;
    }
    dense.m_weights = packPairs(problem, dense.m_pairs);
    dense.m_bias.assign(static_cast<std::size_t>((n_out + kTile - 1) / kTile * kTile), 0);
    std::copy(sums.begin(), sums.end(), dense.m_bias.begin());
    dense.m_chain = std::move(chain);
    return dense;
}

} // namespace bitwright::kernels
