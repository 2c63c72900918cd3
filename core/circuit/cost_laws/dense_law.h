// SPDX-License-Identifier: GPL-3.0-or-later
/// Cost of a product of a vector and a constant matrix, as HLS tools build it (estimation reference,
/// sections 3.1 to 3.3).
#pragma once

#include <cstdint>

#include "circuit/cost.h"
#include "circuit/cost_laws/timing_law.h"
#include "circuit/cost_laws/weight_statistics.h"
#include "circuit/strategy.h"

namespace bitwright {

/// What is decided about one matrix product.
struct DenseFacts {
    std::int64_t n_in = 1;
    std::int64_t n_out = 1;
    std::int64_t reuse_factor = 1;
    Strategy strategy = Strategy::Latency;
    bool is_stream = false;
    bool has_bias = true;
    ClockTarget clock;
    double weight_bits = 16;
    double input_bits = 16;
    double accumulator_bits = 16;
    double output_bits = 16;
    bool is_multiplier_forced = false; ///< to DSP blocks
    bool is_lut_forced = false;        ///< never DSP blocks
    WeightStatistics weights;
};

/// The same facts with everything counted that laws are made of.
struct DenseCounts {
    double additions = 0;          ///< of products, bias included
    double live_accumulator_bits = 0; ///< no wider than the sums can become
    ProductSplit products;
    std::int64_t block_factor = 1; ///< products computed at the same time
    double pipeline_cycles = 0;    ///< latency when nothing is shared
};

/// "rf1_latency", "rf1_resource", "reuse_latency", "reuse_resource"; streams end in "_stream".
const char* denseRegime(const DenseFacts& facts);
DenseCounts countDense(const DenseFacts& facts, const CostProfile& profile);
Cost denseCost(const DenseFacts& facts, const CostProfile& profile);

} // namespace bitwright
