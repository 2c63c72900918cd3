// SPDX-License-Identifier: GPL-3.0-or-later
/// A circuit prepared for execution: kernels, containers, and where values live in a block's memory.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/kernel.h"
#include "emulator/fused_kernel.h"

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

/// Steps that execute as one kernel, at the place of the last one.
struct FusedRun {
    std::vector<std::size_t> steps; ///< ascending
    std::size_t input = 0;          ///< value indices
    std::size_t output = 0;
    std::shared_ptr<const FusedKernel> kernel;
};

class EmulatorProgram {
public:
    std::shared_ptr<const Circuit> circuit;
    std::vector<ValuePlan> values;
    std::vector<ProgramStep> steps;
    std::vector<FusedRun> fused;  ///< used where no value between is observed
    std::map<ContentHash, std::shared_ptr<const FusedKernel>> fused_kernels; ///< by step keys; null: no proof
    std::size_t slots = 0;        ///< when values that are dead give up their memory
    bool is_slow = false;         ///< some kernel computes with unlimited integers
};

/// Bytes of one code; for `Wide` the object alone.
std::size_t containerBytes(Container container);

} // namespace bitwright
