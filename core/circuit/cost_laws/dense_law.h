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
    double input_live_share = 1;       ///< of the inputs that can change; a sparse product before leaves many constant
    WeightStatistics weights;
};

/// The same facts with everything counted that laws are made of.
struct DenseCounts {
    double additions = 0;          ///< of products, bias included
    double live_accumulator_bits = 0; ///< no wider than the sums can become
    ProductSplit products;
    std::int64_t block_factor = 1; ///< products computed at the same time
    double pipeline_cycles = 0;    ///< latency when nothing is shared
    double cut_bits = 0;           ///< sums that are alive at the pipeline cuts of the adder trees, all cuts together
    double chain_bits = 0;         ///< products that wait for their turn in a chain of additions
};

/// Share of the inputs that can change, when the product before has that many non-zero weights per output.
double liveInputShare(double nonzero_per_output, const CostProfile& profile);

/// "rf1_latency", "rf1_resource", "reuse_latency", "reuse_resource"; streams end in "_stream".
const char* denseRegime(const DenseFacts& facts);
/// Cycles that a loop over one shared product takes beyond its reuse factor, in a stream: loops of vectors or pixels
/// do not overlap, and products of several DSP blocks pass through more registers.
double streamLoopCycles(const DenseFacts& facts, const CostProfile& profile);
DenseCounts countDense(const DenseFacts& facts, const CostProfile& profile);
Cost denseCost(const DenseFacts& facts, const CostProfile& profile);

} // namespace bitwright
