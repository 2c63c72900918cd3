// SPDX-License-Identifier: GPL-3.0-or-later
/// Element steps in vector registers, once per instruction set. Included inside `foreach_target` files.

// Include guard per target, as Highway's documentation demands.
#if defined(BITWRIGHT_KERNELS_ELEMENT_STEP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BITWRIGHT_KERNELS_ELEMENT_STEP_INL_H_
#undef BITWRIGHT_KERNELS_ELEMENT_STEP_INL_H_
#else
#define BITWRIGHT_KERNELS_ELEMENT_STEP_INL_H_
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "numerics/kernels/element_step.h"

HWY_BEFORE_NAMESPACE();
namespace bitwright::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Registers that one step handles together, so that choosing the mode costs little.
inline constexpr int kGroup = 2;

template <class D>
using LaneOf = hn::TFromD<D>;

template <class D, class V>
HWY_INLINE V shiftRight(D d, V v, int bits)
{
    (void)d;
    return hn::ShiftRightSame(v, bits);
}

/// Arithmetic right shift of 64-bit lanes, which AVX2 and SSE lack.
template <class D, class V>
HWY_INLINE V shiftRight64(D d, V v, int bits)
{
#if HWY_TARGET <= HWY_AVX3
    (void)d;
    return hn::ShiftRightSame(v, bits);
#else
    const hn::RebindToUnsigned<D> du;
    const auto bias = hn::Set(d, static_cast<std::int64_t>(std::uint64_t{1} << 63));
    const auto lifted = hn::BitCast(du, hn::Xor(v, bias)); // order-preserving, unsigned
    const auto shifted = hn::BitCast(d, hn::ShiftRightSame(lifted, bits));
    return hn::Sub(shifted, hn::Set(d, static_cast<std::int64_t>(std::uint64_t{1} << (63 - bits))));
#endif
}

template <class D, class V>
HWY_INLINE V arithmeticShiftRight(D d, V v, int bits)
{
    if constexpr (sizeof(LaneOf<D>) == 8) {
        return shiftRight64(d, v, bits);
    } else {
        return shiftRight(d, v, bits);
    }
}

/// Product with a broadcast constant. 64-bit lanes hold values of 32 bits here (`provedLane`).
template <class D, class V>
HWY_INLINE V timesConstant(D d, V v, std::int64_t factor)
{
    if constexpr (sizeof(LaneOf<D>) == 8) {
#if HWY_TARGET == HWY_SCALAR
        return hn::Set(d, hn::GetLane(v) * factor);
#else
        const hn::Repartition<std::int32_t, D> d32;
        return hn::MulEven(hn::BitCast(d32, v), hn::BitCast(d32, hn::Set(d, factor)));
#endif
    } else {
        return hn::Mul(v, hn::Set(d, static_cast<std::int32_t>(factor)));
    }
}

/// Product of two values of 32 bits.
template <class D, class V>
HWY_INLINE V timesValue(D d, V a, V b)
{
    if constexpr (sizeof(LaneOf<D>) == 8) {
#if HWY_TARGET == HWY_SCALAR
        return hn::Set(d, hn::GetLane(a) * hn::GetLane(b));
#else
        const hn::Repartition<std::int32_t, D> d32;
        return hn::MulEven(hn::BitCast(d32, a), hn::BitCast(d32, b));
#endif
    } else {
        (void)d;
        return hn::Mul(a, b);
    }
}

/// Dropping s fraction bits in every rounding mode is (v + base + correction) >> s.
template <int G, class D, class V>
HWY_INLINE void roundShift(D d, V (&v)[G], int s, Rounding rounding)
{
    using T = LaneOf<D>;
    const T half = static_cast<T>(T{1} << (s - 1));
    const auto sign = [d](V x) { return hn::VecFromMask(d, hn::Lt(x, hn::Zero(d))); };
    for (int g = 0; g < G; ++g) {
        switch (rounding) {
        case Rounding::Trn: break;
        case Rounding::TrnZero:
            v[g] = hn::Add(v[g], hn::And(sign(v[g]), hn::Set(d, static_cast<T>(2 * half - 1))));
            break;
        case Rounding::Rnd: v[g] = hn::Add(v[g], hn::Set(d, half)); break;
        case Rounding::RndMinInf: v[g] = hn::Add(v[g], hn::Set(d, static_cast<T>(half - 1))); break;
        case Rounding::RndZero:
            v[g] = hn::Sub(hn::Add(v[g], hn::Set(d, static_cast<T>(half - 1))), sign(v[g]));
            break;
        case Rounding::RndInf: v[g] = hn::Add(hn::Add(v[g], hn::Set(d, half)), sign(v[g])); break;
        case Rounding::RndConv: {
            const V odd = hn::And(arithmeticShiftRight(d, v[g], s), hn::Set(d, T{1}));
            v[g] = hn::Add(hn::Add(v[g], hn::Set(d, static_cast<T>(half - 1))), odd);
            break;
        }
        }
        v[g] = arithmeticShiftRight(d, v[g], s);
    }
}

template <int G, class D, class V>
HWY_INLINE void boundCodes(D d, V (&v)[G], const StoreStep& store)
{
    using T = LaneOf<D>;
    constexpr int kBits = sizeof(T) * 8;
    if (store.bound == StoreStep::Bound::Wrap) {
        if (store.wrap_bits >= kBits) return;
        const int spare = kBits - store.wrap_bits;
        for (int g = 0; g < G; ++g) {
            if (store.wraps_signed) {
                v[g] = arithmeticShiftRight(d, hn::ShiftLeftSame(v[g], spare), spare);
            } else {
                v[g] = hn::And(v[g], hn::Set(d, static_cast<T>((std::uint64_t{1} << store.wrap_bits) - 1)));
            }
        }
        return;
    }
    const V low = hn::Set(d, static_cast<T>(store.low));
    const V high = hn::Set(d, static_cast<T>(store.high));
    for (int g = 0; g < G; ++g) {
        const V clamped = hn::Min(hn::Max(v[g], low), high);
        v[g] = store.bound == StoreStep::Bound::Clamp
                   ? clamped
                   : hn::IfThenElseZero(hn::Eq(clamped, v[g]), v[g]);
    }
}

template <int G, class D, class V>
HWY_INLINE void storeCodes(D d, V (&v)[G], const StoreStep& store)
{
    if (store.shift_right > 0) {
        roundShift(d, v, store.shift_right, store.rounding);
    } else if (store.shift_right < 0) {
        for (int g = 0; g < G; ++g)
            v[g] = hn::ShiftLeftSame(v[g], -store.shift_right);
    }
    if (store.bound != StoreStep::Bound::None) boundCodes(d, v, store);
}

/// The constant of row @p row in a list that repeats.
HWY_INLINE std::int64_t entryOf(const std::vector<std::int64_t>& constants, std::int64_t row)
{
    const auto r = static_cast<std::size_t>(row);
    return constants[r < constants.size() ? r : r % constants.size()];
}

/// Applies @p chain to the registers of row @p row.
template <int G, class D, class V>
HWY_INLINE void applySteps(D d, V (&v)[G], std::span<const ElementStep> chain, std::int64_t row)
{
    using T = LaneOf<D>;
    for (const ElementStep& step : chain) {
        if (step.drops_negative) {
            for (int g = 0; g < G; ++g)
                v[g] = hn::Max(v[g], hn::Zero(d));
        }
        if (!step.multiplier.empty()) {
            const std::int64_t factor = entryOf(step.multiplier, row);
            for (int g = 0; g < G; ++g)
                v[g] = timesConstant(d, v[g], factor);
        }
        if (step.product_shift_left > 0) {
            for (int g = 0; g < G; ++g)
                v[g] = hn::ShiftLeftSame(v[g], step.product_shift_left);
        }
        if (!step.addend.empty()) {
            const V addend = hn::Set(d, static_cast<T>(entryOf(step.addend, row)));
            for (int g = 0; g < G; ++g)
                v[g] = hn::Add(v[g], addend);
        }
        storeCodes(d, v, step.store);
    }
}

/// Loads N(d) codes kept as @p lane.
template <class D>
HWY_INLINE hn::VFromD<D> loadCodes(D d, const void* row, Lane lane, std::int64_t offset)
{
    const hn::Rebind<std::int8_t, D> d8;
    const hn::Rebind<std::int16_t, D> d16;
    const hn::Rebind<std::int32_t, D> d32;
    if constexpr (sizeof(LaneOf<D>) == 8) {
        switch (lane) {
        case Lane::Int8:
            return hn::PromoteTo(
                d, hn::PromoteTo(d32, hn::LoadU(d8, static_cast<const std::int8_t*>(row) + offset)));
        case Lane::Int16:
            return hn::PromoteTo(
                d, hn::PromoteTo(d32, hn::LoadU(d16, static_cast<const std::int16_t*>(row) + offset)));
        case Lane::Int32:
            return hn::PromoteTo(d, hn::LoadU(d32, static_cast<const std::int32_t*>(row) + offset));
        case Lane::Int64: break;
        }
        return hn::LoadU(d, static_cast<const std::int64_t*>(row) + offset);
    } else {
        switch (lane) {
        case Lane::Int8:
            return hn::PromoteTo(d, hn::LoadU(d8, static_cast<const std::int8_t*>(row) + offset));
        case Lane::Int16:
            return hn::PromoteTo(d, hn::LoadU(d16, static_cast<const std::int16_t*>(row) + offset));
        case Lane::Int32:
        case Lane::Int64: break;
        }
        return hn::LoadU(d, static_cast<const std::int32_t*>(row) + offset);
    }
}

/// Low halves of 64-bit lanes, in order.
template <class D>
HWY_INLINE hn::VFromD<hn::Rebind<std::int32_t, D>> lowHalves(D d, hn::VFromD<D> v)
{
    const hn::Rebind<std::int32_t, D> d32;
#if HWY_TARGET == HWY_SCALAR
    (void)d;
    return hn::Set(d32, static_cast<std::int32_t>(hn::GetLane(v)));
#else
    (void)d;
    const hn::Repartition<std::int32_t, D> halves;
    const auto parts = hn::BitCast(halves, v);
    return hn::LowerHalf(d32, hn::ConcatEven(halves, parts, parts));
#endif
}

/// Stores N(d) codes as @p lane; their values fit, which the container choice proves.
template <class D>
HWY_INLINE void saveCodes(D d, hn::VFromD<D> v, void* row, Lane lane, std::int64_t offset)
{
    const hn::Rebind<std::int8_t, D> d8;
    const hn::Rebind<std::int16_t, D> d16;
    const hn::Rebind<std::int32_t, D> d32;
    if constexpr (sizeof(LaneOf<D>) == 8) {
        if (lane == Lane::Int64) {
            hn::StoreU(v, d, static_cast<std::int64_t*>(row) + offset);
            return;
        }
        const auto narrow = lowHalves(d, v);
        switch (lane) {
        case Lane::Int8:
            hn::StoreU(hn::DemoteTo(d8, narrow), d8, static_cast<std::int8_t*>(row) + offset);
            return;
        case Lane::Int16:
            hn::StoreU(hn::DemoteTo(d16, narrow), d16, static_cast<std::int16_t*>(row) + offset);
            return;
        default: hn::StoreU(narrow, d32, static_cast<std::int32_t*>(row) + offset);
        }
    } else {
        switch (lane) {
        case Lane::Int8: hn::StoreU(hn::DemoteTo(d8, v), d8, static_cast<std::int8_t*>(row) + offset); return;
        case Lane::Int16:
            hn::StoreU(hn::DemoteTo(d16, v), d16, static_cast<std::int16_t*>(row) + offset);
            return;
        case Lane::Int64: {
            // Widened one by one: 32-bit arithmetic into a 64-bit container is rare.
            HWY_ALIGN std::int32_t codes[hn::MaxLanes(d)];
            hn::Store(v, d, codes);
            for (std::size_t i = 0; i < hn::Lanes(d); ++i)
                static_cast<std::int64_t*>(row)[offset + static_cast<std::int64_t>(i)] = codes[i];
            return;
        }
        case Lane::Int32: break;
        }
        hn::StoreU(v, d, static_cast<std::int32_t*>(row) + offset);
    }
}

} // namespace bitwright::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target guard
