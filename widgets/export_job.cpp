// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/export_job.h"

#include "emulator/emulator.h"

#include <QtGlobal>

#include <algorithm>

namespace bitwright {

namespace {

/// What the emulator answers to the test inputs.
Result<std::vector<Tensor>> expectedOutputs(const ExportRequest& request, const std::vector<Tensor>& inputs, std::stop_token stop)
{
    auto program = compileCircuit(request.circuit);
    if (!program)
        return program.error();
    EmulatorOptions options;
    options.stop = stop;
    auto run = emulate(**program, inputs, options);
    if (!run)
        return run.error();
    return std::move(run->outputs);
}

} // namespace

void runExport(const ExportRequest& request, std::stop_token stop, const std::function<void(ExportEvent)>& emit)
{
    ExportEvent last;
    last.is_last = true;
    const auto fail = [&](const Diagnostic& problem) {
        last.problem = problem;
        emit(last);
    };
    ExportOptions options;
    options.target = request.target;
    options.folder = request.folder;
    options.configuration_text = request.configuration_text;
    if (request.data) {
        emit({QT_TRANSLATE_NOOP("phase", "Emulating the test inputs"), {}, {}, {}, false});
        options.test_inputs = emulatorInputs(request.data->head(std::min(request.samples, request.data->samples)));
        auto outputs = expectedOutputs(request, options.test_inputs, stop);
        if (!outputs)
            return fail(outputs.error());
        options.test_outputs = *std::move(outputs);
    }
    emit({QT_TRANSLATE_NOOP("phase", "Writing the project"), {}, {}, {}, false});
    auto written = exportProject(*request.circuit, options);
    if (!written)
        return fail(written.error());
    last.written = *std::move(written);
    if (request.wants_verification && request.data) {
        emit({QT_TRANSLATE_NOOP("phase", "Compiling with g++ and comparing"), {}, {}, {}, false});
        VerificationOptions verification;
        verification.stop = stop;
        auto verified = verifyProject(*request.circuit, request.folder, options.test_inputs, options.test_outputs, verification);
        if (!verified)
            return fail(verified.error());
        last.verified = *std::move(verified);
    }
    emit(last);
}

} // namespace bitwright
