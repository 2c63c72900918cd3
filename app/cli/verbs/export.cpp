// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a project folder, and with --verify compiles it and compares it with the emulator.
#include "exporters/export.h"

#include "exporters/verification.h"
#include "model_work.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

constexpr std::int64_t kTestBenchSamples = 100; ///< kept in the project; --verify compares all that are given

/// Inputs and the emulator's answers for the project's own test bench.
Result<void> addTestBench(ExportOptions& options, const std::shared_ptr<const Circuit>& circuit, const Dataset& data,
                          const Arguments& arguments, Session& session)
{
    options.test_inputs = emulatorInputs(data.head(std::min(data.samples, kTestBenchSamples)));
    const Result<std::shared_ptr<const EmulatorProgram>> program = compileCircuit(circuit);
    if (!program) return program.error();
    EmulatorOptions emulation;
    emulation.threads = arguments.threads;
    emulation.stop = session.stop();
    Result<EmulatorRun> run = emulate(**program, options.test_inputs, emulation);
    if (!run) return run.error();
    options.test_outputs = std::move(run->outputs);
    return {};
}

int verify(const std::shared_ptr<const Circuit>& circuit, const std::string& folder, const Dataset& data, Session& session)
{
    VerificationOptions options;
    options.stop = session.stop();
    const Result<VerificationReport> report = verifyProject(circuit, folder, emulatorInputs(data), options);
    if (!report) return session.fail(report.error());
    session.json()["verification"] = {{"samples", report->samples},
                                      {"values", report->values},
                                      {"mismatches", report->mismatches},
                                      {"is_equal", report->isEqual()},
                                      {"compile_seconds", report->compile_seconds},
                                      {"run_seconds", report->run_seconds}};
    if (report->isEqual()) {
        session.line("verified: {} values of {} samples are bit-identical to the emulator", report->values, report->samples);
        return kOk;
    }
    if (report->first)
        session.json()["verification"]["first"] = {{"sample", report->first->sample},
                                                   {"output", report->first->output},
                                                   {"element", report->first->element},
                                                   {"expected", number(report->first->expected)},
                                                   {"simulated", number(report->first->simulated)}};
    session.report({DiagnosticCode::OutputsDiffer,
                    {fmt::format("{}", report->mismatches), fmt::format("{}", report->values)}});
    return kMismatch;
}

} // namespace

int runExport(const Arguments& arguments, Session& session)
{
    const ExportTarget* target = findExportTarget(arguments.target);
    if (target == nullptr || !target->write) { // said before anything is read
        ExportOptions none;
        none.target = arguments.target;
        return session.fail(exportProject(Circuit{}, none).error());
    }
    Result<Work> work = openWork(arguments, session, DataNeed::OrSynthetic);
    if (!work) return session.fail(work.error());
    const Result<std::shared_ptr<const Lowering>> lowering = lowerWork(*work, session);
    if (!lowering) return session.fail(lowering.error());
    const std::shared_ptr<const Circuit>& circuit = (*lowering)->circuit;
    const FlowDescriptor& flow = work->evaluator->flow();

    ExportOptions options;
    options.target = arguments.target;
    options.folder = arguments.out;
    if (flow.writeConfiguration)
        options.configuration_text = flow.writeConfiguration(*work->evaluator->normalModel(), work->configuration);
    if (const Result<void> added = addTestBench(options, circuit, *work->data, arguments, session); !added)
        return session.fail(added.error());
    const Result<ExportReport> report = exportProject(*circuit, options);
    if (!report) return session.fail(report.error());
    session.json()["folder"] = report->folder;
    session.json()["project"] = report->project;
    session.json()["files"] = report->files;
    session.json()["bytes"] = report->bytes;
    session.line("{}: {} files, {} bytes", report->folder, report->files.size(), report->bytes);
    return arguments.verifies ? verify(circuit, report->folder, *work->data, session) : kOk;
}

} // namespace bitwright::cli
