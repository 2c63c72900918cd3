// SPDX-License-Identifier: GPL-3.0-or-later
/// Elementwise integer steps: what stands between two matrix products, as data that a proof can read.
///
/// A step computes y = store(((max(x, 0) or x) * m) << l + a): the form of BatchNormalization, bias, ReLU and
/// every conversion between fixed-point formats. A chain of steps runs in vector registers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "numerics/number_format.h"

namespace bitwright::kernels {

/// Integer types that codes are computed and kept in.
enum class Lane : std::uint8_t { Int8, Int16, Int32, Int64 };

/// Inclusive bounds that a value is proved to stay in.
struct LaneRange {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

/// Storing an exact integer with more or fewer fraction bits into a fixed-point format, prepared.
struct StoreStep {
    enum class Bound : std::uint8_t { None, Wrap, Clamp, ZeroOutside };

    int shift_right = 0; ///< fraction bits dropped; negative: added
    Rounding rounding = Rounding::Trn;
    Bound bound = Bound::None;
    int wrap_bits = 0;
    bool wraps_signed = true;
    std::int64_t low = 0; ///< bounds of Clamp and ZeroOutside
    std::int64_t high = 0;

    bool isIdentity() const { return shift_right == 0 && bound == Bound::None; }
};

struct ElementStep {
    bool drops_negative = false;          ///< ReLU
    std::vector<std::int64_t> multiplier; ///< empty: 1; row r uses entry r % size
    int product_shift_left = 0;           ///< aligns the product with the addend
    std::vector<std::int64_t> addend;     ///< empty: 0; row r uses entry r % size
    StoreStep store;
};

using ElementChain = std::vector<ElementStep>;

/// The store from @p source_fraction_bits into @p target, or nothing where only the general path knows the
/// mode (saturated wrap bits, sign-magnitude wrap, widths above 62 bits).
/// @source hls4ml reference, section 1.2
std::optional<StoreStep> makeStore(int source_fraction_bits, const FixedFormat& target);
/// The same, without the overflow handling where @p source proves that no code can leave the target.
std::optional<StoreStep> makeStore(int source_fraction_bits, const FixedFormat& target, LaneRange source);

/// The same function in fewer steps: steps that change nothing are dropped, sums of constants joined. Exact for any
/// integers, so proofs may look at the result.
ElementChain simplified(ElementChain chain);

/// The narrowest of Int32 and Int64 in which every intermediate of @p chain provably fits, for inputs in
/// @p input; nothing where neither does.
std::optional<Lane> provedLane(std::span<const ElementStep> chain, LaneRange input);
/// Bounds of the chain's output. @pre provedLane(chain, input)
LaneRange chainRange(std::span<const ElementStep> chain, LaneRange input);

} // namespace bitwright::kernels
