// SPDX-License-Identifier: GPL-3.0-or-later
/// From the user's arrays to codes of the design's inputs (hls4ml reference, section 2.16).
#pragma once

#include <cstdint>
#include <vector>

#include "circuit/kernel.h"
#include "emulator/program.h"
#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

/// The arrays, checked against the design's inputs.
class InputCodes {
public:
    /// @error ArrayShape, ArrayType, EmulatorInputCount, EmulatorSampleCount
    static Result<InputCodes> prepare(const Circuit& circuit, const std::vector<Tensor>& arrays);

    std::int64_t samples() const { return m_samples; }
    /// Fills the rows of input @p which with the block.samples samples from @p first on; @p counts may be null.
    void load(std::size_t which, std::int64_t first, const CodeBlock& block, StoreCounts* counts) const;

private:
    struct Source {
        Tensor array;
        FixedFormat format;
        std::int64_t elements = 0;
        std::vector<std::int64_t> order; ///< empty: identity
    };
    static bool loadFast(const Source& source, std::int64_t first, const CodeBlock& block);

    std::vector<Source> m_sources;
    std::int64_t m_samples = 0;
};

} // namespace bitwright
