// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/softmax_rows.h"

#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numerics/kernels/softmax_rows.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "numerics/kernels/element_step-inl.h"
#include "numerics/kernels/softmax_slice.h"

HWY_BEFORE_NAMESPACE();
namespace bitwright::kernels::HWY_NAMESPACE {

using D64 = hn::ScalableTag<std::int64_t>;
using V64 = hn::VFromD<D64>;

/// One vector through a store; steps handle groups.
HWY_INLINE V64 storedCode(V64 v, const StoreStep& store)
{
    V64 group[1] = {v};
    storeCodes(D64(), group, store);
    return group[0];
}

HWY_INLINE V64 lookedUp(const CodeTable& table, V64 code)
{
    const D64 d;
    const hn::RebindToUnsigned<D64> du;
    const V64 mask = hn::Set(d, static_cast<std::int64_t>((std::uint64_t{1} << table.width_bits) - 1));
    const auto pattern = hn::BitCast(du, hn::And(code, mask));
    return hn::GatherIndex(d, table.entries.data(), hn::BitCast(d, hn::ShiftRightSame(pattern, table.dropped_bits)));
}

/// Balanced tree over rows of @p terms, each node stored: the left half is the largest power of two below n.
V64 treeSum(const StoreStep& accumulate, const std::int64_t* terms, std::int64_t n)
{
    const D64 d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    if (n == 1) return hn::LoadU(d, terms);
    std::int64_t left = 1;
    while (left * 2 < n)
        left *= 2;
    const V64 sum = hn::Add(treeSum(accumulate, terms, left), treeSum(accumulate, terms + left * lanes, n - left));
    return storedCode(sum, accumulate);
}

void softmaxSlice(const SoftmaxRows& softmax, const SoftmaxSlice& slice, std::int64_t* room)
{
    const D64 d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    for (std::int64_t s = 0; s < slice.samples; s += lanes) {
        const auto load = [&](std::int64_t k) {
            return loadCodes(d, slice.in.row(slice.first + k * slice.step), slice.in.lane, s);
        };
        V64 largest = load(0);
        for (std::int64_t k = 1; k < slice.n && softmax.subtracts_largest; ++k)
            largest = hn::Max(largest, load(k));
        for (std::int64_t k = 0; k < slice.n; ++k) {
            const V64 x = load(k);
            const V64 address = softmax.subtracts_largest ? storedCode(hn::Sub(largest, x), softmax.difference) : x;
            hn::StoreU(lookedUp(softmax.exp, address), d, room + k * lanes);
        }
        const V64 sum = storedCode(treeSum(softmax.accumulate, room, slice.n), softmax.inverse_input);
        const V64 inverse = lookedUp(softmax.inverse, sum);
        for (std::int64_t k = 0; k < slice.n; ++k) {
            const V64 product = timesValue(d, hn::LoadU(d, room + k * lanes), inverse);
            saveCodes(d, storedCode(product, softmax.result), slice.out.row(slice.first + k * slice.step),
                      slice.out.lane, s);
        }
    }
}

std::int64_t laneCount()
{
    return static_cast<std::int64_t>(hn::Lanes(D64()));
}

} // namespace bitwright::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitwright::kernels {

HWY_EXPORT(softmaxSlice);
HWY_EXPORT(laneCount);

void runSoftmax(const SoftmaxRows& softmax, ConstRows in, Rows out, std::int64_t first, std::int64_t step,
                std::int64_t n, std::int64_t samples)
{
    std::vector<std::int64_t> room(static_cast<std::size_t>(n * HWY_DYNAMIC_DISPATCH(laneCount)()));
    HWY_DYNAMIC_DISPATCH(softmaxSlice)(softmax, {in, out, first, step, n, samples}, room.data());
}

} // namespace bitwright::kernels
#endif
