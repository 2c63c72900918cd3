// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/element_step.h"

#include <algorithm>
#include <limits>

namespace bitwright::kernels {
namespace {

// Intermediates are bounded in 128 bits, so that the proof itself cannot overflow.
__extension__ typedef __int128 Wide;

struct WideRange {
    Wide low;
    Wide high;
    Wide magnitude() const { return std::max(low < 0 ? -low : low, high < 0 ? -high : high); }
    void include(WideRange other)
    {
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }
};

WideRange timesConstants(WideRange x, const std::vector<std::int64_t>& constants)
{
    if (constants.empty()) return x;
    const auto [smallest, largest] = std::minmax_element(constants.begin(), constants.end());
    WideRange result{x.low * *smallest, x.low * *smallest};
    for (const Wide bound : {x.low, x.high}) {
        for (const Wide factor : {Wide(*smallest), Wide(*largest)})
            result.include({bound * factor, bound * factor});
    }
    return result;
}

WideRange plusConstants(WideRange x, const std::vector<std::int64_t>& constants)
{
    if (constants.empty()) return x;
    const auto [smallest, largest] = std::minmax_element(constants.begin(), constants.end());
    return {x.low + *smallest, x.high + *largest};
}

constexpr Wide kMaximumInput = std::numeric_limits<std::int64_t>::max();

/// Tracks one chain; `peak` is the largest magnitude that any register ever holds.
struct Proof {
    WideRange range;
    Wide peak = 0;
    bool has_long_factor = false; ///< a factor or input of a product beyond 32 bits
    int longest_shift = 0;

    void note(Wide magnitude) { peak = std::max(peak, magnitude); }

    bool multiply(const ElementStep& step)
    {
        if (!step.multiplier.empty()) {
            const auto beyond = [](std::int64_t m) {
                return m > std::numeric_limits<std::int32_t>::max() || m < std::numeric_limits<std::int32_t>::min();
            };
            has_long_factor = has_long_factor || range.magnitude() > std::numeric_limits<std::int32_t>::max() ||
                              std::any_of(step.multiplier.begin(), step.multiplier.end(), beyond);
            range = timesConstants(range, step.multiplier);
            note(range.magnitude());
        }
        if (step.product_shift_left < 0 || step.product_shift_left > 62) return false;
        if (range.magnitude() > kMaximumInput) return false;
        range.low *= Wide(1) << step.product_shift_left;
        range.high *= Wide(1) << step.product_shift_left;
        note(range.magnitude());
        return range.magnitude() <= kMaximumInput;
    }

    bool store(const StoreStep& store)
    {
        if (store.shift_right > 62 || store.shift_right < -62) return false;
        if (store.shift_right > 0) {
            longest_shift = std::max(longest_shift, store.shift_right);
            const Wide unit = Wide(1) << store.shift_right;
            note(range.magnitude() + unit); // the rounding constant is at most one unit
            range.low = range.low >> store.shift_right;
            range.high = (range.high + unit - 1) >> store.shift_right;
        } else if (store.shift_right < 0) {
            range.low *= Wide(1) << -store.shift_right;
            range.high *= Wide(1) << -store.shift_right;
            note(range.magnitude());
        }
        if (range.magnitude() > kMaximumInput) return false;
        bound(store);
        return true;
    }

    void bound(const StoreStep& store)
    {
        if (store.bound == StoreStep::Bound::None) return;
        if (store.bound == StoreStep::Bound::Wrap) {
            range.low = store.wraps_signed ? -(Wide(1) << (store.wrap_bits - 1)) : Wide(0);
            range.high = (Wide(1) << (store.wrap_bits - (store.wraps_signed ? 1 : 0))) - 1;
            return;
        }
        note(std::max<Wide>(store.high, -Wide(store.low)));
        const bool stays = range.low >= store.low && range.high <= store.high;
        if (stays) return;
        range = {std::clamp<Wide>(range.low, store.low, store.high),
                 std::clamp<Wide>(range.high, store.low, store.high)};
        if (store.bound == StoreStep::Bound::ZeroOutside) range.include({0, 0});
    }

    bool run(std::span<const ElementStep> chain)
    {
        note(range.magnitude());
        for (const ElementStep& step : chain) {
            if (step.drops_negative) range = {std::max<Wide>(range.low, 0), std::max<Wide>(range.high, 0)};
            if (!multiply(step)) return false;
            if (!step.addend.empty()) range = plusConstants(range, step.addend);
            note(range.magnitude());
            if (range.magnitude() > kMaximumInput || !store(step.store)) return false;
        }
        return true;
    }
};

} // namespace

std::optional<StoreStep> makeStore(int source_fraction_bits, const FixedFormat& target)
{
    if (target.width_bits < 1 || target.width_bits > 62 || target.saturation_bits != 0) return std::nullopt;
    StoreStep store;
    store.shift_right = source_fraction_bits - target.fractionBits();
    if (store.shift_right > 62 || store.shift_right < -62) return std::nullopt;
    store.rounding = target.family == FixedFamily::Integer ? Rounding::TrnZero : target.rounding;
    const int value_bits = target.width_bits - (target.is_signed ? 1 : 0);
    store.high = (std::int64_t{1} << value_bits) - 1;
    store.low = target.is_signed ? -store.high - 1 : 0;
    switch (target.overflow) {
    case Overflow::Wrap:
        store.bound = StoreStep::Bound::Wrap;
        store.wrap_bits = target.width_bits;
        store.wraps_signed = target.is_signed;
        return store;
    case Overflow::SatSym:
        // One signed bit has no symmetric range; ap_fixed keeps -1 there.
        if (target.is_signed && target.width_bits > 1) store.low = -store.high;
        [[fallthrough]];
    case Overflow::Sat: store.bound = StoreStep::Bound::Clamp; return store;
    case Overflow::SatZero: store.bound = StoreStep::Bound::ZeroOutside; return store;
    case Overflow::WrapSm: break;
    }
    return std::nullopt;
}

std::optional<StoreStep> makeStore(int source_fraction_bits, const FixedFormat& target, LaneRange source)
{
    std::optional<StoreStep> store = makeStore(source_fraction_bits, target);
    if (!store) {
        // Modes that only matter on overflow are fine where none can happen.
        FixedFormat plain = target;
        plain.overflow = Overflow::Wrap;
        plain.saturation_bits = 0;
        store = makeStore(source_fraction_bits, plain);
        if (!store) return std::nullopt;
        StoreStep unbounded = *store;
        unbounded.bound = StoreStep::Bound::None;
        Proof proof{{source.low, source.high}};
        if (!proof.store(unbounded) || proof.range.low < store->low || proof.range.high > store->high)
            return std::nullopt;
        return unbounded;
    }
    StoreStep unbounded = *store;
    unbounded.bound = StoreStep::Bound::None;
    Proof proof{{source.low, source.high}};
    if (proof.store(unbounded) && proof.range.low >= store->low && proof.range.high <= store->high)
        return unbounded;
    return store;
}

std::optional<Lane> provedLane(std::span<const ElementStep> chain, LaneRange input)
{
    Proof proof{{input.low, input.high}};
    if (!proof.run(chain)) return std::nullopt;
    if (proof.peak <= std::numeric_limits<std::int32_t>::max() && proof.longest_shift <= 30) return Lane::Int32;
    // Products in 64-bit lanes are made from 32-bit factors.
    if (proof.peak <= std::numeric_limits<std::int64_t>::max() / 2 && !proof.has_long_factor) return Lane::Int64;
    return std::nullopt;
}

LaneRange chainRange(std::span<const ElementStep> chain, LaneRange input)
{
    Proof proof{{input.low, input.high}};
    proof.run(chain);
    return {static_cast<std::int64_t>(proof.range.low), static_cast<std::int64_t>(proof.range.high)};
}

} // namespace bitwright::kernels
