// SPDX-License-Identifier: GPL-3.0-or-later
// Executes the model as its file defines it.
#include <chrono>
#include <filesystem>

#include "array_folder.h"
#include "model_work.h"
#include "ops/reference_run.h"
#include "result_text.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

/// The trace in the file's order of nodes: `trace/NNN.npy`, and `case.json` that says which is which. Like the
/// reference engines' traces it holds the first sample.
Result<void> writeTrace(const std::string& folder, const Model& model, const std::map<std::string, Tensor>& trace)
{
    ArrayFolder arrays(folder);
    nlohmann::json entries = nlohmann::json::object();
    for (const Node& node : model.graph.nodes) {
        for (const ValueIndex output : node.outputs) {
            if (output == kNone) continue;
            const std::string& name = model.graph.value(output).name;
            const auto found = trace.find(name);
            if (found == trace.end() || entries.contains(name)) continue;
            const std::string file = fmt::format("trace/{:03}.npy", entries.size());
            if (const Result<void> written = arrays.write(file, found->second); !written) return written.error();
            entries[name] = {{"file", file}, {"node", node.name}, {"op", node.op_type}};
        }
    }
    const nlohmann::json description{{"engine", "bitwright"}, {"model", model.path}, {"trace", entries}};
    return arrays.writeText("case.json", description.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

} // namespace

int runRun(const Arguments& arguments, Session& session)
{
    const Result<std::shared_ptr<const Model>> model = openModel(arguments.files.at(0), session);
    if (!model) return session.fail(model.error());
    const Result<std::map<std::string, std::string>> files = namedFiles(arguments.inputs, "--input");
    if (!files) return session.fail(files.error());
    if (files->empty()) return session.fail({DiagnosticCode::OptionMissing, {arguments.verb, "--input"}, {}, "Write --input x.npy."});
    const Result<std::shared_ptr<const Dataset>> data = loadDataset(**model, {*files, {}});
    if (!data) return session.fail(data.error());
    session.report((*data)->findings);
    const Result<std::vector<Tensor>> inputs = referenceInputs(**model, **data);
    if (!inputs) return session.fail(inputs.error());

    ReferenceOptions options;
    options.threads = arguments.threads;
    options.stop = session.stop();
    const auto start = std::chrono::steady_clock::now();
    const Result<ReferenceRun> run = runReference(**model, *inputs, options);
    if (!run) return session.fail(run.error());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    session.json()["samples"] = (*data)->samples;
    const Result<void> written = writeOutputs(run->outputs, outputNames(**model), **data, arguments, session);
    if (!written) return session.fail(written.error());
    if (!arguments.trace.empty()) {
        options.keep_trace = true;
        const Result<std::vector<Tensor>> first =
            referenceInputs(**model, (*data)->head(std::min<std::int64_t>(1, (*data)->samples)));
        if (!first) return session.fail(first.error());
        const Result<ReferenceRun> traced = runReference(**model, *first, options);
        if (!traced) return session.fail(traced.error());
        const Result<void> kept = writeTrace(arguments.trace, **model, traced->trace);
        if (!kept) return session.fail(kept.error());
    }
    if (arguments.wants_timing) reportTiming(session, (*data)->samples, seconds);
    return kOk;
}

} // namespace bitwright::cli
