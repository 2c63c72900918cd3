// SPDX-License-Identifier: GPL-3.0-or-later
/// Compiles an exported HLS project with g++, runs it, and compares every value with the emulator's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "circuit/circuit.h"
#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

struct VerificationOptions {
    std::string compiler = "g++";
    std::string number_types;          ///< folder of a vendor's ap_fixed.h; empty: the project's own number types
    double compile_timeout_seconds = 300;
    double run_timeout_seconds = 300;
    std::int64_t memory_bytes = std::int64_t{6} << 30; ///< of address space, compiler and simulation each
    std::stop_token stop;
};

/// The first value that differs.
struct ValueMismatch {
    std::int64_t sample = 0;
    std::size_t output = 0;
    std::int64_t element = 0; ///< in the model's own element order
    double expected = 0;
    double simulated = 0;
};

struct VerificationReport {
    std::int64_t samples = 0;
    std::int64_t values = 0; ///< compared
    std::int64_t mismatches = 0;
    std::optional<ValueMismatch> first;
    double compile_seconds = 0;
    double run_seconds = 0;

    bool isEqual() const { return mismatches == 0; }
};

/// Verifies the project of @p circuit in @p folder; the folder is only read.
/// @param inputs one tensor per circuit input, [samples, ...]
/// @param expected the emulator's outputs, float64, [samples, ...]
/// @error ExportNotAProject, ExportInputMissing, ArrayShape, VerificationCompilerMissing, VerificationCompileFailed,
///        VerificationTimeout, VerificationRunFailed, VerificationResultBroken, Cancelled
Result<VerificationReport> verifyProject(const Circuit& circuit, const std::string& folder,
                                         const std::vector<Tensor>& inputs, const std::vector<Tensor>& expected,
                                         const VerificationOptions& options = {});

/// The same with what the emulator answers to @p inputs.
/// @error also those of `compileCircuit` and `emulate`
Result<VerificationReport> verifyProject(const std::shared_ptr<const Circuit>& circuit, const std::string& folder,
                                         const std::vector<Tensor>& inputs, const VerificationOptions& options = {});

} // namespace bitwright
