// SPDX-License-Identifier: GPL-3.0-or-later
// The default configuration (or the given one), fully written out in the flow's own format.
#include "model_work.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {

int runConfig(const Arguments& arguments, Session& session)
{
    const Result<Work> work = openWork(arguments, session, DataNeed::None);
    if (!work) return session.fail(work.error());
    const FlowDescriptor& flow = work->evaluator->flow();
    if (!flow.writeConfiguration)
        return session.fail({DiagnosticCode::FlowCannot, {std::string(flow.name), std::string(flow.writeConfiguration.reason())}});
    const std::string text = flow.writeConfiguration(*work->evaluator->normalModel(), work->configuration);
    session.json()["flow"] = flow.name;
    if (arguments.outputs.empty()) {
        session.json()["configuration"] = text;
        session.text(text);
        return kOk;
    }
    for (const std::string& path : arguments.outputs) {
        if (const Result<void> written = writeFileAtomically(path, text); !written) return session.fail(written.error());
        session.json()["path"] = path;
        session.line("{}", path);
    }
    return kOk;
}

} // namespace bitwright::cli
