// SPDX-License-Identifier: GPL-3.0-or-later
/// Exports of the stored dense models under several configurations, each compiled, run and compared.
#pragma once

#include <string>
#include <vector>

#include "exporters/verification.h"

namespace bitwright::test {

/// How a model is configured for one export.
enum class Mix {
    Initial,        ///< what the flow starts with
    StreamResource, ///< io_stream, resource strategy, shared multipliers
    Random,         ///< every format and tunable drawn at random, seeded by the model's name
};
constexpr int kMixes = 3;
std::string mixName(Mix mix);

/// One export to be verified.
struct ExportJob {
    std::string model; ///< "synth/mlp_relu"
    std::string path;  ///< of the file
    Mix mix = Mix::Initial;
};

/// The dense models of the larger data set: those of stored cases, and those that hls4ml refuses.
std::vector<ExportJob> denseModels();

struct ExportTally {
    int equal = 0;
    int total = 0;
    std::string problems; ///< one line for each that is not equal
};

/// Exports and verifies every job on @p samples inputs, two at a time, and prints a line for each.
ExportTally verifyJobs(const std::vector<ExportJob>& jobs, std::int64_t samples, const VerificationOptions& options);

/// The folder of hls4ml's own ap_types: BITWRIGHT_AP_TYPES, or that of BITWRIGHT_PEER_PYTHON's hls4ml; else empty.
std::string peerNumberTypes();

} // namespace bitwright::test
