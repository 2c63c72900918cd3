// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/sample_codes.h"

#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numerics/kernels/sample_codes.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "numerics/kernels/element_step-inl.h"
#include "numerics/kernels/sample_rule.h"

HWY_BEFORE_NAMESPACE();
namespace bitwright::kernels::HWY_NAMESPACE {

/// Rounds to integers; |y| < 2^22, so floor + 1/2 is exact.
template <class DF, class V>
HWY_INLINE V roundToIntegers(DF df, V y, Rounding rounding)
{
    if (rounding == Rounding::TrnZero) return hn::Trunc(y);
    if (rounding == Rounding::RndConv) return hn::Round(y); // ties to even
    const V floor = hn::Floor(y);
    if (rounding == Rounding::Trn) return floor;
    const V middle = hn::Add(floor, hn::Set(df, 0.5F));
    const V up_on_tie = hn::IfThenElseZero(hn::Ge(y, middle), hn::Set(df, 1.0F));
    const V down_on_tie = hn::IfThenElseZero(hn::Gt(y, middle), hn::Set(df, 1.0F));
    const auto is_negative = hn::Lt(y, hn::Zero(df));
    switch (rounding) {
    case Rounding::RndMinInf: return hn::Add(floor, down_on_tie);
    case Rounding::RndZero: return hn::Add(floor, hn::IfThenElse(is_negative, up_on_tie, down_on_tie));
    case Rounding::RndInf: return hn::Add(floor, hn::IfThenElse(is_negative, down_on_tie, up_on_tie));
    default: return hn::Add(floor, up_on_tie);
    }
}

/// Codes of @p count consecutive values; false when one is beyond the exact range (or not a number).
inline bool codesOfRun(const float* x, std::int64_t count, float scale, Rounding rounding, const StoreStep& store,
                       std::int32_t* codes)
{
    const hn::ScalableTag<float> df;
    const hn::RebindToSigned<decltype(df)> d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(df));
    const auto limit = hn::Set(df, 4194304.0F); // 2^22
    const auto smallest = hn::Set(df, 0x1p-120F);   // below, the product may have lost bits
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const auto value = hn::LoadU(df, x + i);
        const auto y = hn::Mul(value, hn::Set(df, scale));
        const auto size = hn::Abs(y);
        const auto is_exact = hn::Or(hn::Gt(size, smallest), hn::Eq(value, hn::Zero(df)));
        if (!hn::AllTrue(df, hn::And(hn::Lt(size, limit), is_exact))) return false;
        hn::VFromD<decltype(d)> v[1] = {hn::ConvertTo(d, roundToIntegers(df, y, rounding))};
        if (store.bound != StoreStep::Bound::None) boundCodes(d, v, store);
        hn::StoreU(v[0], d, codes + i);
    }
    if (i == count) return true;
    HWY_ALIGN float rest[hn::MaxLanes(df)] = {};
    HWY_ALIGN std::int32_t rest_codes[hn::MaxLanes(d)];
    std::copy(x + i, x + count, rest);
    if (!codesOfRun(rest, lanes, scale, rounding, store, rest_codes)) return false;
    std::copy(rest_codes, rest_codes + (count - i), codes + i);
    return true;
}

template <class Code>
void scatter(const std::int32_t* codes, std::int64_t elements, std::span<const std::int64_t> source,
             std::int64_t samples, std::int64_t first_sample, Rows out)
{
    const std::int64_t rows = source.empty() ? elements : static_cast<std::int64_t>(source.size());
    for (std::int64_t r = 0; r < rows; ++r) {
        const std::int32_t* column = codes + (source.empty() ? r : source[static_cast<std::size_t>(r)]);
        auto* target = static_cast<Code*>(out.row(r)) + first_sample;
        for (std::int64_t s = 0; s < samples; ++s)
            target[s] = static_cast<Code>(column[s * elements]);
    }
}

bool codesOfBlock(std::span<const float> x, std::int64_t elements, std::span<const std::int64_t> source,
                  const CodeRule& rule, Rows out)
{
    constexpr std::int64_t kTileSamples = 16; // one cache line of 32-bit codes per row
    std::vector<std::int32_t> codes(static_cast<std::size_t>(kTileSamples * elements));
    const std::int64_t samples = static_cast<std::int64_t>(x.size()) / elements;
    for (std::int64_t s = 0; s < samples; s += kTileSamples) {
        const std::int64_t count = std::min(kTileSamples, samples - s);
        if (!codesOfRun(x.data() + s * elements, count * elements, rule.scale, rule.rounding, rule.store,
                        codes.data()))
            return false;
        switch (out.lane) {
        case Lane::Int8: scatter<std::int8_t>(codes.data(), elements, source, count, s, out); break;
        case Lane::Int16: scatter<std::int16_t>(codes.data(), elements, source, count, s, out); break;
        case Lane::Int32: scatter<std::int32_t>(codes.data(), elements, source, count, s, out); break;
        case Lane::Int64: scatter<std::int64_t>(codes.data(), elements, source, count, s, out); break;
        }
    }
    return true;
}

} // namespace bitwright::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitwright::kernels {

HWY_EXPORT(codesOfBlock);

bool codesOfSamples(std::span<const float> x, std::int64_t elements, std::span<const std::int64_t> source,
                    const FixedFormat& format, Rows out)
{
    // Integers convert from floating point by rules of their own; wide codes leave float's exact range.
    if (format.family == FixedFamily::Integer || format.width_bits > 31) return false;
    if (format.fractionBits() > 100 || format.fractionBits() < -100) return false;
    const std::optional<StoreStep> store = makeStore(format.fractionBits(), format);
    if (!store) return false;
    const CodeRule rule{std::ldexp(1.0F, format.fractionBits()), format.rounding, *store};
    return HWY_DYNAMIC_DISPATCH(codesOfBlock)(x, elements, source, rule, out);
}

} // namespace bitwright::kernels
#endif
