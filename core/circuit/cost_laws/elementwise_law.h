// SPDX-License-Identifier: GPL-3.0-or-later
/// Cost of functions that treat every element alike: activations, tables, merges, normalisation, pooling
/// (estimation reference, sections 3.7 and 3.8).
#pragma once

#include <cstdint>
#include <string_view>

#include "circuit/cost.h"
#include "circuit/cost_laws/timing_law.h"

namespace bitwright {

/// What is decided about one such function.
struct ElementwiseFacts {
    std::string_view kernel; ///< "activation", "table", "merge", ... as the cost model names it
    std::string_view regime; ///< "relu", "relu_round", "sigmoid", "add", ...
    bool is_stream = false;
    std::int64_t elements = 1; ///< in all
    std::int64_t lanes = 1;    ///< elements that pass at the same time in a stream
    std::int64_t beats = 1;    ///< steps of a stream: positions, padding included
    std::int64_t terms = 1;    ///< operands per result: window of a pool, inputs of a merge
    double input_bits = 16;
    double output_bits = 16;
    double live_share = 1;          ///< of the bits that can change; sparse products before leave many constant
    std::int64_t multipliers = 0;   ///< products of two variables or with constants that need one
    double product_bits = 0;        ///< sum of both widths of one product
    std::int64_t shift_additions = 0; ///< additions of constant products without a multiplier
    std::int64_t table_entries = 0; ///< 0: no table
    double table_bits = 0;          ///< of one entry
};

/// Share of result bits that can change after a product with that many non-zero weights per output.
double liveShare(double nonzero_per_output, const CostProfile& profile);

Cost elementwiseCost(const ElementwiseFacts& facts, const CostProfile& profile);

/// Softmax over @p classes elements (section 3.8).
struct SoftmaxFacts {
    std::string_view implementation = "stable"; ///< also "latency", "legacy", "argmax"
    bool is_stream = false;
    bool is_lut_forced = false;
    std::int64_t classes = 1;
    std::int64_t outer = 1; ///< how many such vectors pass one after the other
    double input_bits = 16;
    double output_bits = 16;
    std::int64_t table_entries = 1024;
    double table_bits = 18;
    ClockTarget clock;
};

Cost softmaxCost(const SoftmaxFacts& facts, const CostProfile& profile);

} // namespace bitwright
