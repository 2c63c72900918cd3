// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_work.h"

#include "estimator/estimator.h"
#include "exit_code.h"
#include "importers/importer.h"
#include "model/npy.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bitwright::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargestText = std::int64_t{256} << 20;

/// A project when the file is one, nothing when it is something else.
Result<std::optional<ProjectFile>> tryProject(const std::string& path)
{
    const Result<std::string> text = readFile(path);
    if (!text) return text.error();
    if (!isProjectText(*text)) return std::optional<ProjectFile>{};
    Result<ProjectFile> file = parseProject(*text, path);
    if (!file) return file.error();
    return std::optional<ProjectFile>(std::move(*file));
}

Result<Configuration> readConfiguration(const std::string& path, const FlowDescriptor& flow, const Model& normal,
                                        Session& session)
{
    const Result<std::string> text = readFile(path, kLargestText);
    if (!text) return text.error();
    if (isProjectText(*text)) {
        Result<ProjectFile> project = parseProject(*text, path);
        if (!project) return project.error();
        return project->project.configuration;
    }
    if (!flow.readConfiguration)
        return Diagnostic{DiagnosticCode::FlowCannot, {std::string(flow.name), std::string(flow.readConfiguration.reason())}};
    Result<ConfigurationFile> file = flow.readConfiguration(*text, path, normal);
    if (!file) return file.error();
    session.report(file->findings);
    return file->configuration;
}

/// Flags beat what the file says.
Result<void> applyFlags(const Arguments& arguments, DesignSettings& design)
{
    if (!arguments.part.empty()) {
        const Result<Part> part = findPart(arguments.part);
        if (!part) return part.error();
        design.part = part->name;
    }
    if (arguments.clock_ns) {
        if (const Result<void> checked = checkClock(*arguments.clock_ns); !checked) return checked.error();
        design.clock_ns = *arguments.clock_ns;
    }
    if (!arguments.io_type.empty())
        design.io_type = arguments.io_type == "io_stream" ? IoType::Stream : IoType::Parallel;
    return {};
}

Result<std::shared_ptr<const Dataset>> openData(const Arguments& arguments, const DatasetPaths& of_project,
                                                const Model& model, DataNeed need)
{
    if (need == DataNeed::None) return std::shared_ptr<const Dataset>{};
    Result<std::map<std::string, std::string>> named = namedFiles(arguments.inputs, "--input");
    if (!named) return named.error();
    DatasetPaths paths{*named, arguments.labels};
    if (paths.inputs.empty() && need != DataNeed::Given) {
        paths.inputs = of_project.inputs;
        if (paths.labels.empty()) paths.labels = of_project.labels;
    }
    if (!paths.inputs.empty()) return loadDataset(model, paths);
    if (need == DataNeed::OrSynthetic) return syntheticDataset(model);
    return Diagnostic{DiagnosticCode::OptionMissing, {arguments.verb, "--input"}, {}, "Write --input x.npy."};
}

} // namespace

Result<std::shared_ptr<const Model>> openModel(const std::string& path, Session& session)
{
    ImportOptions options;
    options.stop = session.stop();
    Result<std::shared_ptr<const Model>> model = importModel(path, options);
    if (model) session.report((*model)->findings);
    return model;
}

Result<const FlowDescriptor*> chooseFlow(const std::string& name)
{
    const FlowDescriptor* flow = name.empty() ? builtinFlows().front() : findFlow(name);
    if (flow != nullptr) return flow;
    std::vector<std::string_view> names;
    for (const FlowDescriptor* known : builtinFlows())
        names.push_back(known->name);
    return Diagnostic{DiagnosticCode::FlowUnknown, {name, fmt::format("{}", fmt::join(names, ", "))}};
}

Result<std::map<std::string, std::string>> namedFiles(const std::vector<std::string>& arguments,
                                                      const std::string& option)
{
    std::map<std::string, std::string> files;
    for (const std::string& argument : arguments) {
        const std::size_t equals = argument.find('=');
        std::error_code problem;
        const bool is_named = equals != std::string::npos && !fs::exists(argument, problem);
        const std::string name = is_named ? argument.substr(0, equals) : std::string();
        if (!files.emplace(name, is_named ? argument.substr(equals + 1) : argument).second)
            return Diagnostic{DiagnosticCode::OptionRepeated, {option, name}};
    }
    return files;
}

Result<Work> openWork(const Arguments& arguments, Session& session, DataNeed need)
{
    std::string model_path = arguments.files.at(0);
    Configuration configuration;
    DatasetPaths data_paths;
    Result<std::optional<ProjectFile>> project = tryProject(model_path);
    if (!project) return project.error();
    if (*project) {
        session.report((*project)->findings);
        model_path = (*project)->project.model.path;
        data_paths = (*project)->project.data;
        configuration = (*project)->project.configuration;
    }
    Work work;
    Result<std::shared_ptr<const Model>> model = openModel(model_path, session);
    if (!model) return model.error();
    work.model = std::move(*model);
    const std::string flow_name = arguments.flow.empty() && *project ? configuration.flow : arguments.flow;
    const Result<const FlowDescriptor*> flow = chooseFlow(flow_name);
    if (!flow) return flow.error();
    Result<std::shared_ptr<const Dataset>> data = openData(arguments, data_paths, *work.model, need);
    if (!data) return data.error();
    work.data = std::move(*data);
    if (work.data) session.report(work.data->findings);
    work.evaluator = std::make_unique<Evaluator>(work.model, **flow, work.data);

    if (!arguments.configuration.empty() || !*project) {
        Result<Configuration> chosen = arguments.configuration.empty()
                                           ? work.evaluator->initialConfiguration()
                                           : readConfiguration(arguments.configuration, **flow,
                                                               *work.evaluator->normalModel(), session);
        if (!chosen) return chosen.error();
        configuration = std::move(*chosen);
    }
    if (const Result<void> applied = applyFlags(arguments, configuration.design); !applied) return applied.error();
    work.configuration = std::move(configuration);
    return work;
}

Result<std::shared_ptr<const Lowering>> lowerWork(Work& work, Session& session)
{
    Result<std::shared_ptr<const Lowering>> lowering = work.evaluator->lower(work.configuration);
    if (!lowering) return lowering.error();
    Diagnostics findings = (*lowering)->findings;
    // A setting that no circuit can have is bad input; it is the answer, where nothing is merely unsupported.
    const auto isWrong = [](const Diagnostic& finding) { return finding.severity() == Severity::Error && exitCodeOf(finding) == kBadInput; };
    const auto wrong = std::find_if(findings.begin(), findings.end(), isWrong);
    const bool is_unsupported = std::any_of(findings.begin(), findings.end(), [](const Diagnostic& finding) {
        return finding.severity() == Severity::Error && exitCodeOf(finding) == kUnsupported;
    });
    if (!(*lowering)->circuit && !is_unsupported && wrong != findings.end()) {
        const Diagnostic answer = *wrong;
        findings.erase(wrong);
        session.report(findings);
        return answer;
    }
    session.report(findings);
    if ((*lowering)->circuit) return lowering;
    return Diagnostic{DiagnosticCode::CircuitMissing, {std::string(work.evaluator->flow().name)}};
}

std::vector<std::string> outputNames(const Model& model)
{
    std::vector<std::string> names;
    for (const ValueIndex index : model.graph.outputs) {
        const Value& value = model.graph.value(index);
        names.push_back(value.original_name.empty() ? value.name : value.original_name);
    }
    return names;
}

Result<void> writeOutputs(const std::vector<Tensor>& outputs, const std::vector<std::string>& names,
                          const Dataset& data, const Arguments& arguments, Session& session)
{
    const Result<std::map<std::string, std::string>> files = namedFiles(arguments.outputs, "--output");
    if (!files) return files.error();
    for (const auto& [name, path] : *files) {
        const std::size_t position =
            name.empty() ? 0 : static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        if (position >= outputs.size() || (name.empty() && outputs.size() > 1))
            return Diagnostic{DiagnosticCode::OutputUnknown, {name, fmt::format("{}", fmt::join(names, ", "))}, {},
                              "Write NAME=file for each output that is wanted."};
        const Tensor shaped = withLeadingForm(outputs[position], data);
        if (const Result<void> written = writeNpy(path, shaped); !written) return written.error();
        session.json()["outputs"].push_back(
            {{"name", names[position]}, {"path", path}, {"shape", shaped.shape()}, {"type", elementTypeName(shaped.type())}});
        session.line("{}: {} {}", path, elementTypeName(shaped.type()), shapeText(shaped.shape()));
    }
    return {};
}

} // namespace bitwright::cli
