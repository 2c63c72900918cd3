// SPDX-License-Identifier: GPL-3.0-or-later
/// A circuit prepared for execution: kernels, containers, and where values live in a block's memory.
#pragma once

#include <memory>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/kernel.h"

namespace bitwright {

/// How one circuit value is kept.
struct ValuePlan {
    Container container = Container::Int64;
    std::int64_t elements = 0;
    std::size_t slot = 0; ///< memory that it shares with values it does not live beside
};

/// One primitive, ready to run.
struct ProgramStep {
    std::shared_ptr<const Kernel> kernel;
    std::vector<std::size_t> inputs; ///< value indices
    std::vector<std::size_t> outputs;
    ContentHash key = 0; ///< of the primitive and its input ranges, which decide kernel, ranges and containers
    std::vector<ValueRange> output_ranges;
    bool is_reused = false;
};

class EmulatorProgram {
public:
    std::shared_ptr<const Circuit> circuit;
    std::vector<ValuePlan> values;
    std::vector<ProgramStep> steps;
    std::size_t slots = 0;        ///< when values that are dead give up their memory
    bool is_slow = false;         ///< some kernel computes with unlimited integers
};

/// Bytes of one code; for `Wide` the object alone.
std::size_t containerBytes(Container container);

} // namespace bitwright
