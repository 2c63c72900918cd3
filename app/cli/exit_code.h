// SPDX-License-Identifier: GPL-3.0-or-later
/// Exit codes of the command line contract (architecture, section 7).
#pragma once

#include "support/diagnostic.h"

namespace bitwright::cli {

enum ExitCode : int {
    kOk = 0,
    kUsage = 1,
    kBadInput = 2,
    kUnsupported = 3,
    kMismatch = 4,
    kCancelled = 5,
};

/// The code for a run that ended with @p problem.
ExitCode exitCodeOf(const Diagnostic& problem);

} // namespace bitwright::cli
