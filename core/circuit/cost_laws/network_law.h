// SPDX-License-Identifier: GPL-3.0-or-later
/// How costs of functions add up to a design: a pipeline of wires, or a dataflow of streams with FIFOs
/// (estimation reference, section 3.9).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "circuit/cost.h"

namespace bitwright {

/// One FIFO between two functions.
struct FifoFacts {
    std::string name;
    std::int64_t depth = 1;
    std::int64_t width_bits = 16; ///< of one entry, all elements of a beat
};

/// What the composition needs beyond the functions.
struct NetworkFacts {
    bool is_stream = false;
    bool is_resource = false;      ///< the Resource strategy is used with sharing
    bool has_axi_wrapper = false;
    std::int64_t matrix_products = 0;
    std::int64_t functions = 0;
    double boundary_bits = 0;      ///< bits that cross from function to function, ports included
    double port_bits = 0;          ///< bits of the design's inputs and outputs
    double input_bits = 0;         ///< bits of the design's inputs alone; they are registered
    double fill_cycles = 0;        ///< cycles that streams need before their first result, over the critical path
    std::vector<FifoFacts> fifos;
};

/// Names a part of a design, for the terms of the total.
struct NamedCost {
    std::string name;
    const Cost* cost = nullptr;
};

/// Terms of the total: one per named part and target, and those of the composition.
/// Latency adds along @p critical_path (indices into @p parts); intervals take the largest.
Cost composeCosts(const std::vector<NamedCost>& parts, const std::vector<std::size_t>& critical_path,
                  const NetworkFacts& facts, const CostProfile& profile);

/// Of one FIFO.
Cost fifoCost(const FifoFacts& facts, const CostProfile& profile);

/// Sum of parts of one layer, all their terms kept; latencies add, the larger interval holds.
Cost addCosts(const std::vector<const Cost*>& parts);

} // namespace bitwright
