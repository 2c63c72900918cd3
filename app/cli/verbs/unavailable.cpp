// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs of the contract that have no engine yet.
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {

int runUnavailable(const Arguments& arguments, Session& session)
{
    return session.fail({DiagnosticCode::VerbUnavailable, {arguments.verb}});
}

} // namespace bitwright::cli
