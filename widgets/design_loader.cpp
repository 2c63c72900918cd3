// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/design_loader.h"

#include "importers/importer.h"
#include "support/file.h"

#include <QtGlobal>

#include <utility>

namespace bitwright {

namespace {

constexpr std::int64_t kLargestConfiguration = 64 << 20;

Diagnostic cancelled(const std::string& what)
{
    return {DiagnosticCode::Cancelled, {what}};
}

/// The user's data, else random samples; trouble becomes a finding.
std::shared_ptr<const Dataset> loadData(const Model& model, const DatasetPaths& paths, Diagnostics& findings)
{
    if (!paths.inputs.empty()) {
        auto loaded = loadDataset(model, paths);
        if (loaded)
            return *std::move(loaded);
        findings.push_back(loaded.error());
    }
    auto synthetic = syntheticDataset(model);
    if (synthetic)
        return *std::move(synthetic);
    findings.push_back(synthetic.error());
    return nullptr;
}

Result<Configuration> startConfiguration(const Evaluator& evaluator, const OpenRequest& request,
                                         Diagnostics& findings)
{
    if (request.configuration.empty())
        return evaluator.initialConfiguration();
    const Result<std::string> text = readFile(request.configuration, kLargestConfiguration);
    if (!text)
        return text.error();
    auto file = evaluator.flow().readConfiguration(*text, request.configuration, *evaluator.normalModel());
    if (!file)
        return file.error();
    findings.insert(findings.end(), file->findings.begin(), file->findings.end());
    return std::move(file->configuration);
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

Result<OpenedDesign> openDesign(const OpenRequest& request, std::stop_token stop, const PhaseReport& report)
{
    report(QT_TRANSLATE_NOOP("phase", "Reading the model"), 0.05);
    auto model = importModel(request.model, {stop});
    if (!model)
        return model.error();
    OpenedDesign opened;
    opened.request = request;
    report(QT_TRANSLATE_NOOP("phase", "Loading the data"), 0.4);
    const std::shared_ptr<const Dataset> data = loadData(**model, request.data, opened.findings);
    if (stop.stop_requested())
        return cancelled("Opening '" + request.model + "'");
    report(QT_TRANSLATE_NOOP("phase", "Simplifying the graph"), 0.6);
    opened.evaluator = std::make_shared<Evaluator>(*model, *findFlow("hls4ml"), data);
    report(QT_TRANSLATE_NOOP("phase", "Building the circuit"), 0.8);
    auto configuration = startConfiguration(*opened.evaluator, request, opened.findings);
    if (!configuration)
        return configuration.error();
    opened.view.model = *model;
    opened.view.normal_form = opened.evaluator->normalModel();
    opened.view.data = data;
    opened.view.configuration = std::make_shared<const Configuration>(*std::move(configuration));
    refreshCost(*opened.evaluator, opened.view);
    if (stop.stop_requested())
        return cancelled("Opening '" + request.model + "'");
    return opened;
}

} // namespace bitwright
