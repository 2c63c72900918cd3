// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/design_loader.h"

#include "importers/importer.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <QtGlobal>

#include <utility>

namespace bitwright {

namespace {

constexpr std::int64_t kLargestConfiguration = 64 << 20;

/// The user's data, else random samples; trouble becomes a finding.
std::shared_ptr<const Dataset> loadData(const Model& model, const OpenRequest& request, Diagnostics& findings)
{
    if (!request.data.inputs.empty()) {
        auto loaded = loadDataset(model, request.data);
        if (loaded)
            return *std::move(loaded);
        findings.push_back(loaded.error());
    }
    auto synthetic = syntheticDataset(model, request.random_samples);
    if (synthetic)
        return *std::move(synthetic);
    findings.push_back(synthetic.error());
    return nullptr;
}

Result<Configuration> startConfiguration(const Evaluator& evaluator, const OpenRequest& request,
                                         const std::optional<Project>& project, Diagnostics& findings)
{
    if (project)
        return project->configuration;
    if (request.configuration.empty())
        return evaluator.initialConfiguration();
    auto file = readConfigurationFile(evaluator, request.configuration);
    if (!file)
        return file.error();
    findings.insert(findings.end(), file->findings.begin(), file->findings.end());
    return std::move(file->configuration);
}

/// What is kept of the project: the one that was read, or a fresh one about the model's file.
Result<ProjectFile> keptProject(const OpenRequest& request, std::optional<ProjectFile> read, const Configuration& configuration)
{
    if (read && !request.is_reload)
        return *std::move(read);
    auto fresh = newProject(request.model, configuration);
    if (!fresh)
        return fresh.error();
    if (read) {
        read->project.model = fresh->model;
        return *std::move(read);
    }
    ProjectFile file;
    file.project = *std::move(fresh);
    file.project.data = request.data;
    return file;
}

/// The project that @p request names, if it names one; model and data of the request follow it.
Result<std::optional<ProjectFile>> readRequested(OpenRequest& request)
{
    std::optional<ProjectFile> file;
    if (request.recovered) {
        file.emplace();
        file->project = *request.recovered;
    } else if (!request.project.empty()) {
        auto read = readProject(request.project);
        if (!read)
            return read.error();
        file = *std::move(read);
    }
    if (file) {
        request.model = file->project.model.path;
        request.data = file->project.data;
    }
    return file;
}

} // namespace

void refreshCost(Evaluator& evaluator, DesignView& view)
{
    view.cost_problem.reset();
    if (auto layers = evaluator.layers(*view.configuration))
        view.layers = std::make_shared<const std::vector<Layer>>(*std::move(layers));
    else
        view.cost_problem = layers.error();
    if (auto lowering = evaluator.lower(*view.configuration)) {
        view.lowering = *std::move(lowering);
    } else {
        view.cost_problem = lowering.error();
        view.lowering = nullptr;
    }
    view.estimate = nullptr;
    if (!view.lowering || !view.lowering->circuit)
        return;
    if (auto estimate = evaluator.estimate(*view.configuration))
        view.estimate = *std::move(estimate);
    else
        view.cost_problem = estimate.error();
}

Result<ConfigurationFile> readConfigurationFile(const Evaluator& evaluator, const std::string& path)
{
    const Result<std::string> text = readFile(path, kLargestConfiguration);
    if (!text)
        return text.error();
    return evaluator.flow().readConfiguration(*text, path, *evaluator.normalModel());
}

Result<OpenedDesign> openDesign(OpenRequest request, std::stop_token stop, const PhaseReport& report)
{
    const auto cancelled = [&request] {
        return Diagnostic{DiagnosticCode::Cancelled, {"Opening '" + request.model + "'"}};
    };
    report(QT_TRANSLATE_NOOP("phase", "Reading the model"), 0.05);
    auto project = readRequested(request);
    if (!project)
        return project.error();
    auto model = importModel(request.model, {stop});
    if (!model)
        return model.error();
    OpenedDesign opened;
    report(QT_TRANSLATE_NOOP("phase", "Loading the data"), 0.4);
    const std::shared_ptr<const Dataset> data = loadData(**model, request, opened.findings);
    if (stop.stop_requested())
        return cancelled();
    report(QT_TRANSLATE_NOOP("phase", "Simplifying the graph"), 0.6);
    opened.evaluator = std::make_shared<Evaluator>(*model, *findFlow("hls4ml"), data);
    report(QT_TRANSLATE_NOOP("phase", "Building the circuit"), 0.8);
    std::optional<Project> given;
    if (*project)
        given = (*project)->project;
    auto configuration = startConfiguration(*opened.evaluator, request, given, opened.findings);
    if (!configuration)
        return configuration.error();
    auto kept = keptProject(request, *std::move(project), *configuration);
    if (!kept)
        return kept.error();
    opened.project = *std::move(kept);
    const Diagnostics& findings = opened.project.findings;
    opened.findings.insert(opened.findings.end(), findings.begin(), findings.end());
    opened.view.model = *model;
    opened.view.normal_form = opened.evaluator->normalModel();
    opened.view.data = data;
    if (auto initial = opened.evaluator->initialConfiguration())
        opened.view.initial = std::make_shared<const Configuration>(*std::move(initial));
    opened.view.configuration = std::make_shared<const Configuration>(*std::move(configuration));
    refreshCost(*opened.evaluator, opened.view);
    opened.request = std::move(request);
    if (stop.stop_requested())
        return cancelled();
    return opened;
}

} // namespace bitwright
