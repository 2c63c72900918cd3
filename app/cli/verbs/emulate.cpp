// SPDX-License-Identifier: GPL-3.0-or-later
// Bit-accurate result of the hardware.
#include "array_folder.h"
#include "model_work.h"
#include "result_text.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

Result<void> writeTrace(const std::string& folder, const Circuit& circuit, const EmulatorRun& run, Session& session)
{
    ArrayFolder arrays(folder);
    for (const Primitive& primitive : circuit.primitives) {
        const auto found = run.trace.find(primitive.name);
        if (found == run.trace.end()) continue;
        const std::string file = fileNameFor(primitive.name) + ".npy";
        if (const Result<void> written = arrays.write(file, found->second); !written) return written.error();
        session.json()["trace"].push_back({{"layer", primitive.name}, {"file", file}});
    }
    return {};
}

} // namespace

int runEmulate(const Arguments& arguments, Session& session)
{
    Result<Work> work = openWork(arguments, session, DataNeed::OrProject);
    if (!work) return session.fail(work.error());
    const Result<std::shared_ptr<const Lowering>> lowering = lowerWork(*work, session);
    if (!lowering) return session.fail(lowering.error());
    const std::shared_ptr<const Circuit>& circuit = (*lowering)->circuit;
    const Result<std::shared_ptr<const EmulatorProgram>> program = compileCircuit(circuit);
    if (!program) return session.fail(program.error());

    EmulatorOptions options;
    options.threads = arguments.threads;
    options.stop = session.stop();
    options.keep_trace = !arguments.trace.empty();
    options.collect_statistics = arguments.wants_statistics;
    const Result<EmulatorRun> run = emulate(**program, emulatorInputs(*work->data), options);
    if (!run) return session.fail(run.error());

    session.json()["samples"] = run->samples;
    const Result<void> written =
        writeOutputs(run->outputs, outputNames(*work->model), *work->data, arguments, session);
    if (!written) return session.fail(written.error());
    if (options.keep_trace) {
        const Result<void> traced = writeTrace(arguments.trace, *circuit, *run, session);
        if (!traced) return session.fail(traced.error());
    }
    if (options.collect_statistics) reportValues(session, reportValues(*circuit, run->statistics, {}, nullptr));
    if (arguments.wants_timing) reportTiming(session, run->samples, run->seconds);
    return kOk;
}

} // namespace bitwright::cli
