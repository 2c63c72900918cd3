// SPDX-License-Identifier: GPL-3.0-or-later
/// What one configuration is worth on one data set: quality, and what happens inside (architecture, section 4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dataset/quality.h"
#include "emulator/emulator.h"
#include "numerics/number_format.h"
#include "support/diagnostic.h"

namespace bitwright {

/// How far an evaluation has come. Each stage holds everything of the earlier ones.
enum class EvaluationStage {
    Preview,  ///< quality of the first samples only
    Quality,  ///< quality of all samples (pass 1)
    Complete, ///< and what happens inside (pass 2)
};

/// One value inside the circuit. Bipolar values are compared as -1 and +1, though outputs and traces show 0 and 1.
struct ValueReport {
    std::string layer;     ///< layer id; "" for a circuit input
    std::string primitive; ///< name of the primitive whose output it is; "" for a circuit input
    std::string value;     ///< name of the value in the circuit
    NumberFormat format;
    ValueStatistics statistics;           ///< range, wraps, saturations, underflows, log2 histogram
    std::optional<double> sqnr_db;        ///< against the same value of the reference run, where there is one
    std::vector<std::int64_t> reference_log2_histogram; ///< bins as in ValueStatistics; empty where there is no such value
    std::optional<double> reference_minimum;
    std::optional<double> reference_maximum;
};

/// A value; copies are cheap enough to hand between threads (histograms are the largest part).
struct Evaluation {
    std::uint64_t revision = 0; ///< the request's own number, to tell stale results
    EvaluationStage stage = EvaluationStage::Preview;
    std::int64_t samples = 0;       ///< that `quality` was measured on
    std::int64_t total_samples = 0; ///< of the data set
    bool is_synthetic = false;      ///< on random inputs: agreement and SQNR mean little, accuracy is absent
    Quality quality;
    std::int64_t statistics_samples = 0; ///< that the counts in `values` were measured on; 0 before stage Complete
    std::int64_t comparison_samples = 0; ///< that `values` were compared with the reference on
    std::vector<ValueReport> values;     ///< circuit inputs, then primitives in the circuit's order
    Diagnostics findings;                ///< of lowering and evaluation
    double seconds = 0;                  ///< emulation of pass 1 alone
    bool is_cached = false;              ///< nothing had to be computed

    bool isPartial() const { return stage == EvaluationStage::Preview; }
    bool hasStatistics() const { return stage == EvaluationStage::Complete; }
    /// The last value of layer @p id: what the layer hands on. nullptr where it has none.
    const ValueReport* ofLayer(const std::string& id) const;
};

} // namespace bitwright
