// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/element_chain.h"

#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numerics/kernels/element_chain.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "numerics/kernels/element_step-inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitwright::kernels::HWY_NAMESPACE {

template <class T>
void chainRows(std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t row_count,
               std::int64_t samples)
{
    const hn::ScalableTag<T> d;
    const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
    for (std::int64_t row = 0; row < row_count; ++row) {
        const void* source = in.row(row);
        void* target = out.row(row);
        for (std::int64_t s = 0; s < samples; s += kGroup * lanes) {
            hn::VFromD<decltype(d)> v[kGroup];
            for (int g = 0; g < kGroup; ++g)
                v[g] = loadCodes(d, source, in.lane, s + g * lanes);
            applySteps<kGroup>(d, v, chain, row);
            for (int g = 0; g < kGroup; ++g)
                saveCodes(d, v[g], target, out.lane, s + g * lanes);
        }
    }
}

void chain32(std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t row_count,
             std::int64_t samples)
{
    chainRows<std::int32_t>(chain, in, out, row_count, samples);
}

void chain64(std::span<const ElementStep> chain, ConstRows in, Rows out, std::int64_t row_count,
             std::int64_t samples)
{
    chainRows<std::int64_t>(chain, in, out, row_count, samples);
}

} // namespace bitwright::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitwright::kernels {

HWY_EXPORT(chain32);
HWY_EXPORT(chain64);

void runChain(std::span<const ElementStep> chain, Lane compute, ConstRows in, Rows out,
              std::int64_t row_count, std::int64_t samples)
{
    if (compute == Lane::Int64) {
        HWY_DYNAMIC_DISPATCH(chain64)(chain, in, out, row_count, samples);
    } else {
        HWY_DYNAMIC_DISPATCH(chain32)(chain, in, out, row_count, samples);
    }
}

} // namespace bitwright::kernels
#endif
