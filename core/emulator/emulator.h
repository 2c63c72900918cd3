// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs a circuit bit for bit over many samples.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "circuit/circuit.h"
#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

class EmulatorProgram; ///< a circuit prepared for execution

/// Counts and moments of one value over all samples and elements. Exact sums make them independent of the
/// order of computation.
struct ValueStatistics {
    std::string primitive; ///< whose output it is; "" for a circuit input
    std::int64_t elements = 0;
    double minimum = 0;
    double maximum = 0;
    double mean = 0;
    double mean_square = 0;
    std::int64_t zeros = 0;
    std::int64_t wraps = 0;
    std::int64_t saturations = 0;
    std::int64_t underflows = 0;
    /// Counts of |x| by floor(log2 |x|), from kLowestBin upwards; the ends take what lies beyond them.
    std::vector<std::int64_t> log2_histogram;
};
constexpr int kLowestBin = -64;
constexpr int kBinCount = 128;

struct EmulatorOptions {
    int threads = 0; ///< 0: all cores
    std::int64_t block_samples = 0; ///< samples per block; 0: what fits the cache
    bool keep_trace = false;
    bool collect_statistics = false;
    std::stop_token stop;
    /// Called on the emulator's thread after each of its blocks with the number of finished samples.
    std::function<void(std::int64_t)> progress;
};

struct EmulatorRun {
    std::int64_t samples = 0;
    std::vector<Tensor> outputs;         ///< float64, [samples, shape...], in the circuit's order
    std::map<std::string, Tensor> trace; ///< by primitive name, float64
    std::vector<ValueStatistics> statistics; ///< per circuit value
    double seconds = 0;                  ///< inference alone
};

/// How one primitive is computed, for benchmarks and tests.
struct KernelPath {
    std::string primitive;
    std::string path;  ///< "lookup", "int64 sum", ...
    std::string fused; ///< path where nothing is observed; empty: the same
    bool is_reused = false; ///< taken over from the previous program
};

/// Prepares @p circuit; unchanged primitives of @p previous (may be null) keep their packed weights.
/// @error PrimitiveUnsupported, EmulatorFormat
Result<std::shared_ptr<const EmulatorProgram>> compileCircuit(std::shared_ptr<const Circuit> circuit,
                                                              const EmulatorProgram* previous = nullptr);
std::vector<KernelPath> kernelPaths(const EmulatorProgram& program);

/// Runs over all samples of @p inputs (numbers, [samples, ...], in the file's own element order; or one sample in
/// the model's own shape).
/// @error ArrayShape, ArrayType, EmulatorInputCount, EmulatorSampleCount, EmulatorMemory, Cancelled
Result<EmulatorRun> emulate(const EmulatorProgram& program, const std::vector<Tensor>& inputs,
                            const EmulatorOptions& options = {});

} // namespace bitwright
