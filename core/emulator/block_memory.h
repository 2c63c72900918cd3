// SPDX-License-Identifier: GPL-3.0-or-later
/// The memory of one block of samples: rows of codes for every value that is alive at the same time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "emulator/program.h"

namespace bitwright {

/// Owned by one thread. Rows are 64-byte aligned and padded to whole vectors; padding is readable.
class BlockMemory {
public:
    /// @p samples: of the largest block
    BlockMemory(const EmulatorProgram& program, std::int64_t samples);

    /// The rows of value @p index for @p samples samples.
    CodeBlock block(std::size_t index, std::int64_t samples);

    /// Bytes per sample that a program needs, unlimited integers counted as objects.
    static std::size_t bytesPerSample(const EmulatorProgram& program);

private:
    const EmulatorProgram& m_program;
    std::int64_t m_stride;
    std::vector<std::byte> m_bytes;
    std::vector<std::byte*> m_slots;
    std::vector<std::vector<WideInt>> m_wide; ///< by value; empty where the value is not wide
};

} // namespace bitwright
