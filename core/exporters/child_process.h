// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs another program under limits of time and memory, and can be stopped.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "support/result.h"

namespace bitwright {

struct ChildOptions {
    std::string folder;               ///< working folder; empty: ours
    double timeout_seconds = 60;
    std::int64_t memory_bytes = 0;    ///< of address space per process; 0: no limit
    std::int64_t file_bytes = 0;      ///< of one written file; 0: no limit
    std::size_t kept_output_bytes = 16384;
    std::stop_token stop;
};

/// How a program ended.
struct ChildOutcome {
    enum class End { Exited, Signalled, TimedOut, Stopped };
    End end = End::Exited;
    int code = 0;       ///< exit status, or the signal's number
    std::string output; ///< the last of what it wrote to stdout and stderr
    double seconds = 0;

    bool isSuccess() const { return end == End::Exited && code == 0; }
    std::string ending() const; ///< "status 1", "signal 11 (Segmentation fault)"
};

/// Runs @p command (found on PATH) with its arguments; no shell is involved. The program and all that it starts die
/// with the timeout or the stop. @return nothing but why it could not be started
/// @error VerificationCompilerMissing
Result<ChildOutcome> runChild(const std::vector<std::string>& command, const ChildOptions& options);

} // namespace bitwright
