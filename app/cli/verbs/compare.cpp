// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between two models or two configurations.
#include "evaluation/compare.h"

#include "file_kind.h"
#include "model_work.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

nlohmann::json matchesToJson(const ModelComparison& comparison, const Model& a, const Model& b)
{
    nlohmann::json list = nlohmann::json::array();
    for (const NodeMatch& match : comparison.matches)
        list.push_back({{"a", a.graph.node(match.a).name}, {"b", b.graph.node(match.b).name}, {"by", matchedByText(match.by)}});
    return list;
}

Result<std::vector<Difference>> compareModelFiles(const Arguments& arguments, Session& session)
{
    const Result<std::shared_ptr<const Model>> a = openModel(arguments.files.at(0), session);
    if (!a) return a.error();
    const Result<std::shared_ptr<const Model>> b = openModel(arguments.files.at(1), session);
    if (!b) return b.error();
    ModelComparison comparison = compareModels(**a, **b);
    session.json()["matches"] = matchesToJson(comparison, **a, **b);
    return std::move(comparison.differences);
}

Result<std::vector<Difference>> compareConfigurationFiles(const Arguments& arguments)
{
    const Result<const FlowDescriptor*> flow = chooseFlow(arguments.flow);
    if (!flow) return flow.error();
    const Result<Configuration> a = readConfigurationAlone(arguments.files.at(0), **flow);
    if (!a) return a.error();
    const Result<Configuration> b = readConfigurationAlone(arguments.files.at(1), **flow);
    if (!b) return b.error();
    return compareConfigurations(*a, *b);
}

} // namespace

int runCompare(const Arguments& arguments, Session& session)
{
    const Result<FileKind> kind_a = fileKind(arguments.files.at(0));
    if (!kind_a) return session.fail(kind_a.error());
    const Result<FileKind> kind_b = fileKind(arguments.files.at(1));
    if (!kind_b) return session.fail(kind_b.error());
    const bool are_models = *kind_a == FileKind::Model;
    if (are_models != (*kind_b == FileKind::Model))
        return session.fail({DiagnosticCode::ComparisonMixed,
                             {arguments.files[0], std::string(fileKindName(*kind_a)), arguments.files[1],
                              std::string(fileKindName(*kind_b))}});
    const Result<std::vector<Difference>> differences =
        are_models ? compareModelFiles(arguments, session) : compareConfigurationFiles(arguments);
    if (!differences) return session.fail(differences.error());

    session.json()["kind"] = are_models ? "models" : "configurations";
    session.json()["is_equal"] = differences->empty();
    session.json()["differences"] = nlohmann::json::array();
    for (const Difference& difference : *differences) {
        nlohmann::json& entry = session.json()["differences"].emplace_back(nlohmann::json{
            {"place", difference.place}, {"a", difference.a}, {"b", difference.b}, {"section", difference.section}});
        if (difference.largest > 0) entry.update({{"largest", difference.largest}, {"relative", difference.relative}});
        session.line("{}: {} | {}", difference.place, difference.a.empty() ? "-" : difference.a,
                     difference.b.empty() ? "-" : difference.b);
    }
    if (differences->empty()) session.line("no difference");
    return kOk;
}

} // namespace bitwright::cli
