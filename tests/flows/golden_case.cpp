// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/golden_case.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "importers/importer.h"
#include "rewrite/normal_form.h"
#include "support/file.h"
#include "support/test_data.h"

namespace bitwright::test {

std::vector<GoldenCase> goldenCases(const std::string& kind)
{
    std::vector<GoldenCase> cases;
    for (const auto& entry : std::filesystem::directory_iterator(sharedData("hls4ml"))) {
        std::ifstream stream(entry.path() / "case.json");
        auto description = nlohmann::json::parse(stream, nullptr, false);
        if (description.is_object() && description.value("kind", "") == kind)
            cases.push_back({entry.path().filename().string(), entry.path().string(), std::move(description)});
    }
    std::sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return cases;
}

LoweredCase lowerCase(const GoldenCase& golden)
{
    LoweredCase lowered;
    const std::string file = golden.description["models_dir"].get<std::string>() + "/"
        + golden.description["model"].get<std::string>();
    const auto imported = importModel(sharedData(file));
    if (!imported) {
        lowered.problem = imported.error().rendered();
        return lowered;
    }
    lowered.model = normalForm(**imported);
    const FlowDescriptor& flow = *findFlow("hls4ml");
    const auto text = readFile(golden.folder + "/config.yml");
    auto configuration = text ? flow.readConfiguration(*text, "config.yml", *lowered.model)
                              : Result<ConfigurationFile>(text.error());
    if (!configuration) {
        lowered.problem = configuration.error().rendered();
        return lowered;
    }
    lowered.configuration = configuration->configuration;
    auto lowering = flow.lower(*lowered.model, lowered.configuration, nullptr);
    if (!lowering) {
        lowered.problem = lowering.error().rendered();
        return lowered;
    }
    lowered.lowering = std::move(*lowering);
    if (!lowered.lowering.circuit) {
        for (const Diagnostic& finding : lowered.lowering.findings)
            lowered.problem += finding.rendered() + "\n";
    }
    return lowered;
}

} // namespace bitwright::test
