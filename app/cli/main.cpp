// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <exception>
#include <new>

#include "arguments.h"
#include "interrupt.h"
#include "session.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

using namespace bitwright;

namespace {

int runVerb(const cli::Arguments& arguments, cli::Session& session)
{
    const auto verb = std::find_if(cli::verbs().begin(), cli::verbs().end(),
                                   [&](const cli::Verb& candidate) { return candidate.name == arguments.verb; });
    try {
        return verb->run(arguments, session);
    } catch (const std::bad_alloc&) {
        return session.fail({DiagnosticCode::MemoryExhausted});
    }
}

} // namespace

int main(int argc, char** argv)
{
    cli::Arguments arguments;
    if (const std::optional<int> code = cli::readArguments(argc, argv, arguments)) return *code;
    cli::Session session(arguments.is_json, cli::stopOnInterrupt());
    const int code = runVerb(arguments, session);
    session.finish();
    return code;
}
