// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/verification.h"

#include <algorithm>
#include <bit>
#include <filesystem>

#include <fmt/format.h>

#include "emulator/emulator.h"
#include "exporters/child_process.h"
#include "exporters/code_text.h"
#include "exporters/hls_project.h"
#include "exporters/hls_test_bench.h"
#include "numerics/quantise.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

namespace bitwright {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShownTailBytes = 600;
constexpr std::int64_t kLargestProgramBytes = std::int64_t{1} << 30;

/// A scratch folder that goes away with its owner.
class ScratchFolder {
public:
    static Result<ScratchFolder> create()
    {
        std::error_code problem;
        std::string name = (fs::temp_directory_path(problem) / "bitwright-verify-XXXXXX").string();
        if (problem || ::mkdtemp(name.data()) == nullptr)
            return Diagnostic{DiagnosticCode::FolderUnwritable, {name, systemErrorText(errno)}};
        return ScratchFolder(std::move(name));
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (!m_path.empty()) fs::remove_all(m_path, ignored);
    }
    ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;

    std::string file(const std::string& name) const { return m_path + "/" + name; }
    const std::string& path() const { return m_path; }

private:
    explicit ScratchFolder(std::string path) : m_path(std::move(path)) {}

    std::string m_path;
};

/// The end of a program's output as one line of a sentence.
std::string shownTail(const std::string& output)
{
    const std::size_t from = output.size() > kShownTailBytes ? output.size() - kShownTailBytes : 0;
    std::string text = output.substr(from);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return text.empty() ? "it said nothing." : text;
}

Result<void> compileProject(const std::string& folder, const std::string& project, const ScratchFolder& scratch,
                            const VerificationOptions& options, VerificationReport& report)
{
    std::vector<std::string> command{options.compiler, "-std=c++14", "-O1", "-DNDEBUG", "-w"};
    if (options.number_types.empty()) {
        command.emplace_back("-DBW_OWN_TYPES");
    } else {
        command.emplace_back("-DBW_VENDOR_TYPES");
        command.emplace_back("-I" + options.number_types);
    }
    command.insert(command.end(), {"-o", scratch.file("csim"), fmt::format("{}/firmware/{}.cpp", folder, project),
                                   fmt::format("{}/{}_test.cpp", folder, project)});
    const ChildOptions limits{.timeout_seconds = options.compile_timeout_seconds,
                              .memory_bytes = options.memory_bytes,
                              .file_bytes = kLargestProgramBytes,
                              .stop = options.stop};
    const Result<ChildOutcome> outcome = runChild(command, limits);
    if (!outcome) return outcome.error();
    report.compile_seconds = outcome->seconds;
    if (outcome->end == ChildOutcome::End::Stopped)
        return Diagnostic{DiagnosticCode::Cancelled, {"The verification"}};
    if (outcome->end == ChildOutcome::End::TimedOut)
        return Diagnostic{DiagnosticCode::VerificationTimeout,
                          {"Compiling the exported project", fmt::format("{}", options.compile_timeout_seconds)}};
    if (!outcome->isSuccess())
        return Diagnostic{DiagnosticCode::VerificationCompileFailed, {shownTail(outcome->output)}};
    return {};
}

Result<void> simulate(const ScratchFolder& scratch, const VerificationOptions& options, VerificationReport& report)
{
    const ChildOptions limits{.folder = scratch.path(),
                              .timeout_seconds = options.run_timeout_seconds,
                              .memory_bytes = options.memory_bytes,
                              .stop = options.stop};
    const Result<ChildOutcome> outcome = runChild({scratch.file("csim"), scratch.path()}, limits);
    if (!outcome) return outcome.error();
    report.run_seconds = outcome->seconds;
    if (outcome->end == ChildOutcome::End::Stopped)
        return Diagnostic{DiagnosticCode::Cancelled, {"The verification"}};
    if (outcome->end == ChildOutcome::End::TimedOut)
        return Diagnostic{DiagnosticCode::VerificationTimeout,
                          {"The C simulation", fmt::format("{}", options.run_timeout_seconds)}};
    if (!outcome->isSuccess())
        return Diagnostic{DiagnosticCode::VerificationRunFailed, {outcome->ending(), shownTail(outcome->output)}};
    return {};
}

Diagnostic broken(std::size_t port, std::string_view what)
{
    return Diagnostic{DiagnosticCode::VerificationResultBroken, {fmt::format("'{}' {}", resultFileName(port), what)}};
}

/// Compares the simulation's codes with the emulator's values, both as doubles.
Result<void> compareOutput(const Circuit& circuit, std::size_t port, const std::string& text, const Tensor& expected,
                           VerificationReport& report)
{
    const CircuitPort& output = circuit.outputs[port];
    const NumberFormat& format = circuit.value(output.value).format;
    const std::int64_t elements = elementCount(circuit.value(output.value).shape).value_or(0);
    std::string_view rest = text;
    for (std::int64_t i = 0; i < expected.size(); ++i) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
        const std::string_view word = rest.substr(0, rest.find_first_of(" \n"));
        rest.remove_prefix(word.size());
        WideInt code;
        if (word.empty()) return broken(port, "ends early");
        if (!parseCodeWord(word, format, code)) return broken(port, "holds a word that is not a code");
        const std::int64_t within = i % elements;
        const std::int64_t element =
            output.element_order.empty() ? within : output.element_order[static_cast<std::size_t>(within)];
        const double simulated = codeToDouble(code, format);
        const double wanted = elementAsDouble(expected, i - within + element);
        ++report.values;
        // Zero has no sign in fixed point.
        if (simulated == wanted) continue;
        ++report.mismatches;
        if (!report.first) report.first = ValueMismatch{i / elements, port, element, wanted, simulated};
    }
    if (rest.find_first_not_of(" \n") != std::string_view::npos) return broken(port, "goes on after the last sample");
    return {};
}

Result<void> checkExpected(const Circuit& circuit, const std::vector<Tensor>& expected, std::int64_t samples)
{
    for (std::size_t k = 0; k < circuit.outputs.size(); ++k) {
        const CircuitPort& output = circuit.outputs[k];
        const std::int64_t elements = elementCount(circuit.value(output.value).shape).value_or(0);
        if (k < expected.size() && elements > 0 && expected[k].size() == samples * elements) continue;
        const std::string shape = k < expected.size() ? shapeText(expected[k].shape()) : "[]";
        return Diagnostic{DiagnosticCode::ArrayShape, {output.model_name, shape, shapeText(output.model_shape)}};
    }
    return {};
}

} // namespace

Result<VerificationReport> verifyProject(const Circuit& circuit, const std::string& folder,
                                         const std::vector<Tensor>& inputs, const std::vector<Tensor>& expected,
                                         const VerificationOptions& options)
{
    const std::string project = hlsProjectName(circuit.design.project_name);
    std::error_code problem;
    const fs::path place = fs::absolute(folder, problem);
    if (!fs::is_regular_file(place / kExportMarker, problem))
        return Diagnostic{DiagnosticCode::ExportNotAProject, {folder}};
    Result<std::vector<PortCodes>> codes = inputCodes(circuit, inputs);
    if (!codes) return codes.error();
    VerificationReport report;
    report.samples = codes->empty() ? 0 : codes->front().samples;
    if (Result<void> checked = checkExpected(circuit, expected, report.samples); !checked) return checked.error();

    Result<ScratchFolder> scratch = ScratchFolder::create();
    if (!scratch) return scratch.error();
    for (std::size_t k = 0; k < codes->size(); ++k)
        if (Result<void> written = writeFileAtomically(scratch->file(inputFileName(k)), codeLines((*codes)[k])); !written)
            return written.error();
    if (Result<void> compiled = compileProject(place.string(), project, *scratch, options, report); !compiled)
        return compiled.error();
    if (Result<void> run = simulate(*scratch, options, report); !run) return run.error();
    for (std::size_t k = 0; k < circuit.outputs.size(); ++k) {
        Result<std::string> text = readFile(scratch->file(resultFileName(k)));
        if (!text) return text.error();
        if (Result<void> compared = compareOutput(circuit, k, *text, expected[k], report); !compared)
            return compared.error();
    }
    return report;
}

Result<VerificationReport> verifyProject(const std::shared_ptr<const Circuit>& circuit, const std::string& folder,
                                         const std::vector<Tensor>& inputs, const VerificationOptions& options)
{
    auto program = compileCircuit(circuit);
    if (!program) return program.error();
    const Result<EmulatorRun> run = emulate(**program, inputs, {.stop = options.stop});
    if (!run) return run.error();
    return verifyProject(*circuit, folder, inputs, run->outputs, options);
}

} // namespace bitwright
