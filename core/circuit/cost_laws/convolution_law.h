// SPDX-License-Identifier: GPL-3.0-or-later
/// Cost of a convolution around its matrix product: line buffer and pixel loop in streams, copies of the
/// product in parallel (estimation reference, sections 3.4 and 3.5).
#pragma once

#include <cstdint>

#include "circuit/cost.h"
#include "circuit/cost_laws/dense_law.h"

namespace bitwright {

struct ConvolutionFacts {
    DenseFacts product; ///< n_in = channels * kernel height * kernel width, n_out = filters
    std::int64_t kernel_height = 1;
    std::int64_t kernel_width = 1;
    std::int64_t channels = 1;
    std::int64_t row_width = 1;      ///< of the padded input
    std::int64_t input_pixels = 1;   ///< padded
    std::int64_t output_pixels = 1;
    std::int64_t parallelisation = 1; ///< output pixels computed at the same time, io_parallel
};

Cost convolutionCost(const ConvolutionFacts& facts, const CostProfile& profile);

} // namespace bitwright
