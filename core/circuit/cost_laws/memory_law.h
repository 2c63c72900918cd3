// SPDX-License-Identifier: GPL-3.0-or-later
/// How many 18-kbit blocks a memory of a given depth and width takes (estimation reference, section 3.2;
/// the packing of columns read off 497 synthesised weight memories).
#pragma once

#include <cstdint>

namespace bitwright {

/// Blocks of 16384x1, 8192x2, 4096x4, 2048x9, 1024x18 or 512x36 for a memory of constants. Full columns of 36
/// bits share blocks of different depth; one or two bits that remain go to LUT memory when an element is wider than them.
std::int64_t constantMemoryBlocks(std::int64_t depth, std::int64_t width_bits, std::int64_t element_bits);

/// Blocks of a memory with one port of the full width, without sharing: tables, FIFOs, line buffers.
std::int64_t memoryBlocks(std::int64_t depth, std::int64_t width_bits);

/// ceil(log2 value), 0 for values up to 1.
std::int64_t ceilLog2(std::int64_t value);
std::int64_t ceilDivide(std::int64_t a, std::int64_t b);

} // namespace bitwright
