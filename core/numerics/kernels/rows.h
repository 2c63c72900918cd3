// SPDX-License-Identifier: GPL-3.0-or-later
/// Views of code blocks, samples innermost: code of row r and sample s is at data[r * stride + s].
#pragma once

#include <cstddef>
#include <cstdint>

#include "numerics/kernels/element_step.h"

namespace bitwright::kernels {

/// Kernels compute whole vectors: rows must be readable and writable up to the next multiple of this many samples.
constexpr std::int64_t kSampleMultiple = 64;

constexpr std::size_t laneBytes(Lane lane)
{
    return std::size_t{1} << static_cast<int>(lane);
}

struct ConstRows {
    const void* data = nullptr;
    Lane lane = Lane::Int32;
    std::int64_t stride = 0; ///< elements; a multiple of kSampleMultiple
    const void* const* pointers = nullptr; ///< where the rows do not lie in sequence: one each

    const void* row(std::int64_t r) const
    {
        if (pointers != nullptr) return pointers[r];
        return static_cast<const std::byte*>(data) +
               static_cast<std::size_t>(r * stride) * laneBytes(lane);
    }
};

struct Rows {
    void* data = nullptr;
    Lane lane = Lane::Int32;
    std::int64_t stride = 0;

    void* row(std::int64_t r) const
    {
        return static_cast<std::byte*>(data) + static_cast<std::size_t>(r * stride) * laneBytes(lane);
    }
    operator ConstRows() const { return {data, lane, stride, nullptr}; }
};

} // namespace bitwright::kernels
