// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/dense_madd.h"

#define HWY_WANT_AVX3_DL // dot products of 16-bit pairs in one instruction, by intrinsics below
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numerics/kernels/dense_madd.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <algorithm>

#include "numerics/kernels/dense_tile.h"
#include "numerics/kernels/element_step-inl.h"

HWY_BEFORE_NAMESPACE();
// Highway 1.0.3 does not enable VNNI for AVX3_DL, though it requires the CPU to have it.
#if HWY_TARGET == HWY_AVX3_DL && HWY_COMPILER_GCC_ACTUAL
#pragma GCC target("avx512vnni")
#endif
namespace bitwright::kernels::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

// One sample at a time; the sums are exact in 64 bits by the same proof.
inline void tileSums(const TileJob& job, ConstRows in, std::int64_t s, std::int64_t (&sums)[DenseMadd::kTile])
{
    for (int j = 0; j < DenseMadd::kTile; ++j)
        sums[j] = job.bias[j];
    for (std::int64_t i = 0; i < job.n_in; ++i) {
        const std::int64_t x = static_cast<const std::int16_t*>(in.row(i))[s];
        for (int j = 0; j < DenseMadd::kTile; ++j) {
            const auto pair = static_cast<std::uint32_t>(job.weights[(i / 2) * DenseMadd::kTile + j]);
            sums[j] += x * static_cast<std::int16_t>(i % 2 == 0 ? pair & 0xffffU : pair >> 16);
        }
    }
}

template <class T>
void runTile(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t samples)
{
    const hn::ScalableTag<T> d;
    for (std::int64_t s = 0; s < samples; ++s) {
        std::int64_t sums[DenseMadd::kTile];
        tileSums(job, in, s, sums);
        for (std::int64_t j = 0; j < job.rows; ++j) {
            hn::VFromD<decltype(d)> v[1] = {hn::Set(d, static_cast<T>(sums[j]))};
            applySteps<1>(d, v, chain, job.first_row + j);
            saveCodes(d, v[0], out.row(job.first_row + j), out.lane, s);
        }
    }
}

#else

using D32 = hn::ScalableTag<std::int32_t>;
using D16 = hn::ScalableTag<std::int16_t>;
using V32 = hn::VFromD<D32>;
using V16 = hn::VFromD<D16>;

/// Outputs that one pass over the inputs computes: as many as the registers hold.
#if HWY_TARGET <= HWY_AVX3
inline constexpr int kPass = 8;
#else
inline constexpr int kPass = 4;
#endif

/// sum + a.low * b.low + a.high * b.high in each 32-bit lane.
HWY_INLINE V32 multiplyAddPairs(V32 sum, V16 a, V16 b)
{
#if HWY_TARGET == HWY_AVX3_DL && HWY_COMPILER_GCC_ACTUAL
    return V32{_mm512_dpwssd_epi32(sum.raw, a.raw, b.raw)};
#else
    V32 unused = hn::Zero(D32());
    return hn::ReorderWidenMulAccumulate(D32(), a, b, sum, unused);
#endif
}

/// Sums of a tile over pairs [first, last) for 2 * Lanes(D32) samples. Sample order within the two
/// registers: Interleave's; `unpackOrder` undoes it.
template <int J>
HWY_INLINE void accumulatePairs(const TileJob& job, ConstRows in, std::int64_t s, std::int64_t first,
                                std::int64_t last, int j0, V32 (&sums)[J][kGroup])
{
    const D16 d16;
    const std::int32_t* weights = job.weights + first * DenseMadd::kTile + j0;
    for (std::int64_t pair = first; pair < last; ++pair, weights += DenseMadd::kTile) {
        const V16 even = hn::LoadU(d16, static_cast<const std::int16_t*>(in.row(2 * pair)) + s);
        const V16 odd = 2 * pair + 1 < job.n_in
                            ? hn::LoadU(d16, static_cast<const std::int16_t*>(in.row(2 * pair + 1)) + s)
                            : hn::Zero(d16);
        const V16 low = hn::InterleaveLower(d16, even, odd);
        const V16 high = hn::InterleaveUpper(d16, even, odd);
        for (int j = 0; j < J; ++j) {
            const V16 w = hn::BitCast(d16, hn::Set(D32(), weights[j]));
            sums[j][0] = multiplyAddPairs(sums[j][0], low, w);
            sums[j][1] = multiplyAddPairs(sums[j][1], high, w);
        }
    }
}

/// Writes two registers in Interleave order as samples in order, through 128-bit pieces.
HWY_INLINE void storeInterleaved32(V32 low, V32 high, std::int32_t* target)
{
    const D32 d;
    constexpr std::size_t kMax = hn::MaxLanes(D32());
    HWY_ALIGN std::int32_t piece[2][kMax];
    hn::Store(low, d, piece[0]);
    hn::Store(high, d, piece[1]);
    const hn::Full128<std::int32_t> d128;
    for (std::size_t block = 0; block < hn::Lanes(d) / 4; ++block) {
        hn::StoreU(hn::Load(d128, piece[0] + 4 * block), d128, target + 8 * block);
        hn::StoreU(hn::Load(d128, piece[1] + 4 * block), d128, target + 8 * block + 4);
    }
}

HWY_INLINE void saveInterleaved(V32 (&v)[kGroup], void* row, Lane lane, std::int64_t s)
{
    const D16 d16;
    if (lane == Lane::Int16) {
        hn::StoreU(hn::ReorderDemote2To(d16, v[0], v[1]), d16, static_cast<std::int16_t*>(row) + s);
        return;
    }
    if (lane == Lane::Int8) {
        const V16 both = hn::ReorderDemote2To(d16, v[0], v[1]);
        const hn::Rebind<std::int8_t, D16> d8;
        hn::StoreU(hn::DemoteTo(d8, both), d8, static_cast<std::int8_t*>(row) + s);
        return;
    }
    if (lane == Lane::Int32) {
        storeInterleaved32(v[0], v[1], static_cast<std::int32_t*>(row) + s);
        return;
    }
    HWY_ALIGN std::int32_t codes[2 * hn::MaxLanes(D32())];
    storeInterleaved32(v[0], v[1], codes);
    for (std::size_t i = 0; i < 2 * hn::Lanes(D32()); ++i)
        static_cast<std::int64_t*>(row)[s + static_cast<std::int64_t>(i)] = codes[i];
}

/// Outputs j0 to j0 + J of the tile in 32-bit registers.
template <int J>
HWY_NOINLINE void pass32(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out,
                         std::int64_t samples, int j0)
{
    const D32 d;
    const std::int64_t step = kGroup * static_cast<std::int64_t>(hn::Lanes(d));
    for (std::int64_t s = 0; s < samples; s += step) {
        V32 sums[J][kGroup];
        for (int j = 0; j < J; ++j)
            sums[j][0] = sums[j][1] = hn::Set(d, static_cast<std::int32_t>(job.bias[j0 + j]));
        accumulatePairs<J>(job, in, s, 0, job.pairs, j0, sums);
        for (int j = 0; j < J && j0 + j < job.rows; ++j) {
            const std::int64_t row = job.first_row + j0 + j;
            applySteps<kGroup>(d, sums[j], chain, row);
            saveInterleaved(sums[j], out.row(row), out.lane, s);
        }
    }
}

/// Adds the 32-bit sums of one run of pairs to 64-bit ones.
template <int J, std::size_t N>
HWY_INLINE void widenSums(V32 (&sums)[J][kGroup], std::int64_t (&wide)[J][N])
{
    const hn::ScalableTag<std::int64_t> d64;
    HWY_ALIGN std::int32_t part[N];
    for (int j = 0; j < J; ++j) {
        storeInterleaved32(sums[j][0], sums[j][1], part);
        for (std::size_t i = 0; i < kGroup * hn::Lanes(D32()); i += hn::Lanes(d64)) {
            const auto sum = loadCodes(d64, part, Lane::Int32, static_cast<std::int64_t>(i));
            hn::StoreU(hn::Add(hn::LoadU(d64, wide[j] + i), sum), d64, wide[j] + i);
        }
    }
}

/// The same with sums widened to 64 bits every `pairs_per_flush` pairs (or once, when only the chain needs
/// 64 bits).
template <int J>
HWY_NOINLINE void pass64(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out,
                         std::int64_t samples, int j0)
{
    const hn::ScalableTag<std::int64_t> d64;
    const auto lanes64 = static_cast<std::int64_t>(hn::Lanes(d64));
    constexpr std::size_t kMax = kGroup * hn::MaxLanes(D32());
    const std::int64_t step = kGroup * static_cast<std::int64_t>(hn::Lanes(D32()));
    const std::int64_t flush = job.pairs_per_flush == 0 ? job.pairs : job.pairs_per_flush;
    HWY_ALIGN std::int64_t wide[J][kMax];
    for (std::int64_t s = 0; s < samples; s += step) {
        for (int j = 0; j < J; ++j)
            std::fill_n(wide[j], kMax, job.bias[j0 + j]);
        for (std::int64_t first = 0; first < job.pairs; first += flush) {
            V32 sums[J][kGroup];
            for (auto& registers : sums)
                registers[0] = registers[1] = hn::Zero(D32());
            accumulatePairs<J>(job, in, s, first, std::min(first + flush, job.pairs), j0, sums);
            widenSums(sums, wide);
        }
        for (int j = 0; j < J && j0 + j < job.rows; ++j) {
            const std::int64_t row = job.first_row + j0 + j;
            for (std::int64_t i = 0; i < step; i += lanes64) {
                hn::VFromD<decltype(d64)> v[1] = {hn::LoadU(d64, wide[j] + i)};
                applySteps<1>(d64, v, chain, row);
                saveCodes(d64, v[0], out.row(row), out.lane, s + i);
            }
        }
    }
}

template <int J, class T>
void runPass(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out,
             std::int64_t samples, int j0)
{
    if constexpr (sizeof(T) == 4) {
        pass32<J>(job, chain, in, out, samples, j0);
    } else {
        pass64<J>(job, chain, in, out, samples, j0);
    }
}

template <class T>
void runTile(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t samples)
{
    if (kPass == 8 && job.rows > 4) {
        runPass<kPass, T>(job, chain, in, out, samples, 0);
        return;
    }
    for (int j0 = 0; j0 < job.rows; j0 += 4) {
        if (job.rows - j0 == 1) runPass<1, T>(job, chain, in, out, samples, j0);
        else runPass<4, T>(job, chain, in, out, samples, j0);
    }
}

#endif // HWY_TARGET == HWY_SCALAR

void tile32(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t samples)
{
    runTile<std::int32_t>(job, chain, in, out, samples);
}

void tile64(const TileJob& job, std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t samples)
{
    runTile<std::int64_t>(job, chain, in, out, samples);
}

const char* targetName()
{
    return hwy::TargetName(HWY_TARGET);
}

} // namespace bitwright::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitwright::kernels {

HWY_EXPORT(tile32);
HWY_EXPORT(tile64);
HWY_EXPORT(targetName);

void DenseMadd::run(ConstRows in, Rows out, std::int64_t samples) const
{
    for (std::int64_t row = 0; row < m_n_out; row += kTile) {
        const std::int64_t tile = row / kTile;
        const TileJob job{m_weights.data() + tile * m_pairs * kTile,
                          m_bias.data() + row,
                          m_n_in,
                          m_pairs,
                          m_pairs_per_flush,
                          row,
                          std::min<std::int64_t>(kTile, m_n_out - row)};
        if (m_compute == Lane::Int32 && m_pairs_per_flush == 0) {
            HWY_DYNAMIC_DISPATCH(tile32)(job, m_chain, in, out, samples);
        } else {
            HWY_DYNAMIC_DISPATCH(tile64)(job, m_chain, in, out, samples);
        }
    }
}

std::string_view activeTarget()
{
    return HWY_DYNAMIC_DISPATCH(targetName)();
}

} // namespace bitwright::kernels
#endif
