// SPDX-License-Identifier: GPL-3.0-or-later
#include "exit_code.h"

#include <string_view>

#include "support/diagnostic_codes.h"

namespace bitwright::cli {

ExitCode exitCodeOf(const Diagnostic& problem)
{
    switch (problem.code) {
    case DiagnosticCode::Cancelled: return kCancelled;
    case DiagnosticCode::CircuitMissing:
    case DiagnosticCode::FlowCannot:
    case DiagnosticCode::VerbUnavailable: return kUnsupported;
    default: break;
    }
    // The catalogue's own word for "well formed, but this program has no engine for it".
    return codeName(problem.code).ends_with("Unsupported") ? kUnsupported : kBadInput;
}

} // namespace bitwright::cli
