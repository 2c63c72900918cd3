// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/memory_law.h"

#include <algorithm>
#include <array>
#include <bit>

namespace bitwright {
namespace {

struct AspectRatio {
    std::int64_t depth;
    std::int64_t width;
};

// Of one 18-kbit block (AMD UG473, UG573), widest first.
constexpr std::array<AspectRatio, 6> kAspectRatios{
    {{512, 36}, {1024, 18}, {2048, 9}, {4096, 4}, {8192, 2}, {16384, 1}}};
constexpr std::int64_t kColumnBits = kAspectRatios.front().width;
constexpr std::int64_t kBitsLeftToLut = 2;
constexpr std::int64_t kNarrowestSharedAspect = 9;

AspectRatio smallestThatHolds(std::int64_t depth)
{
    for (const AspectRatio& ratio : kAspectRatios)
        if (depth <= ratio.depth) return ratio;
    return kAspectRatios.back();
}

// Blocks for one column of 36 bits, blocks of different depth stacked.
std::int64_t columnBlocks(std::int64_t depth)
{
    std::int64_t best = 0;
    for (const AspectRatio& ratio : kAspectRatios) {
        const std::int64_t full = depth / ratio.depth * ceilDivide(kColumnBits, ratio.width);
        const std::int64_t rest = depth % ratio.depth;
        const std::int64_t blocks =
            full + (rest == 0 ? 0 : ceilDivide(kColumnBits, smallestThatHolds(rest).width));
        if (best == 0 || blocks < best) best = blocks;
    }
    return best;
}

} // namespace

std::int64_t ceilDivide(std::int64_t a, std::int64_t b)
{
    return b <= 0 ? 0 : a / b + (a % b != 0 ? 1 : 0);
}

std::int64_t ceilLog2(std::int64_t value)
{
    return value <= 1 ? 0 : std::bit_width(static_cast<std::uint64_t>(value - 1));
}

std::int64_t memoryBlocks(std::int64_t depth, std::int64_t width_bits)
{
    if (depth <= 0 || width_bits <= 0) return 0;
    const AspectRatio ratio = smallestThatHolds(depth);
    return ceilDivide(width_bits, ratio.width) * ceilDivide(depth, std::max(ratio.depth, std::int64_t{1}));
}

std::int64_t constantMemoryBlocks(std::int64_t depth, std::int64_t width_bits, std::int64_t element_bits)
{
    if (depth <= 0 || width_bits <= 0) return 0;
    const std::int64_t columns = width_bits / kColumnBits;
    const std::int64_t rest = width_bits % kColumnBits;
    const AspectRatio ratio = smallestThatHolds(depth);
    const std::int64_t levels = ceilDivide(depth, ratio.depth);
    const std::int64_t column_blocks = columnBlocks(depth);
    const bool may_drop = element_bits > kBitsLeftToLut && ratio.width >= kNarrowestSharedAspect;
    std::int64_t rest_blocks = rest / ratio.width * levels;
    if (const std::int64_t bits = rest % ratio.width; bits > (may_drop ? kBitsLeftToLut : 0)) rest_blocks += levels;
    return columns * column_blocks + std::min(rest_blocks, column_blocks);
}

} // namespace bitwright
