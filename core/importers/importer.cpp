// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/importer.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "importers/onnx_file.h"
#include "importers/onnx_functions.h"
#include "importers/onnx_import.h"
#include "ops/op_registry.h"
#include "ops/shape_inference.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

constexpr std::int64_t kNewestOpset = 28;

void importHeader(OnnxImport& import, const onnx::ModelProto& proto, Model& model)
{
    model.path = import.path;
    model.producer = proto.producer_name();
    if (!proto.producer_version().empty()) model.producer += " " + proto.producer_version();
    model.ir_version = proto.ir_version();
    for (const auto& opset : proto.opset_import()) {
        const std::string domain = canonicalDomain(opset.domain(), {}, false);
        std::int64_t& version = model.opsets[domain];
        version = std::max<std::int64_t>(version, opset.version());
        if (domain.empty() && version > kNewestOpset)
            import.report(DiagnosticCode::OpsetNewer,
                          {"ai.onnx", fmt::format("{}", version), fmt::format("{}", kNewestOpset)});
    }
    for (const auto& entry : proto.metadata_props()) model.metadata[entry.key()] = entry.value();
}

/// One finding per operator, not per node.
void reportUnknownOperators(OnnxImport& import, const Model& model)
{
    struct Uses {
        std::string first;
        int count = 0;
    };
    std::map<std::string, Uses> unknown;
    const std::function<void(const Graph&)> visit = [&](const Graph& graph) {
        for (const Node& node : graph.nodes) {
            for (const auto& [name, attribute] : node.attributes)
                if (const auto* inner = std::get_if<std::shared_ptr<const Graph>>(&attribute)) visit(**inner);
            if (findOperator(node)) continue;
            Uses& uses = unknown[node.domain.empty() ? node.op_type : node.domain + "::" + node.op_type];
            if (uses.count++ == 0) uses.first = node.name;
        }
    };
    visit(model.graph);
    for (const auto& [name, uses] : unknown)
        import.reportAt(uses.first, DiagnosticCode::OperatorUnknown, {name, fmt::format("{}", uses.count), uses.first});
}

/// The one error that an import can return. The others wait in the message, so that nobody repairs a
/// file one finding at a time.
Diagnostic firstError(const Diagnostics& findings)
{
    Diagnostic first;
    std::string others;
    int count = 0;
    for (const Diagnostic& finding : findings) {
        if (finding.severity() != Severity::Error) continue;
        if (count == 0) first = finding;
        else if (count < 10) others += (others.empty() ? "Also: " : " ") + finding.message();
        ++count;
    }
    if (!others.empty()) first.remedy += (first.remedy.empty() ? "" : " ") + others;
    return first;
}

} // namespace

Result<std::shared_ptr<const Model>> importModel(const std::string& path, const ImportOptions& options)
{
    const auto cancelled = Diagnostic{DiagnosticCode::Cancelled, {"Opening the model"}};
    const auto begin = [&](std::string_view phase) {
        if (options.on_phase) options.on_phase(phase);
    };
    begin("Reading the file");
    Result<std::shared_ptr<onnx::ModelProto>> proto = readOnnxFile(path);
    if (!proto) return proto.error();
    if (options.stop.stop_requested()) return cancelled;
    begin("Reading the graph");
    OnnxImport import(path);
    auto model = std::make_shared<Model>();
    importHeader(import, **proto, *model);
    const FunctionLibrary functions = importFunctions(import, **proto, *model);
    model->graph = importGraph(import, *(*proto)->mutable_graph(), nullptr, 0, nullptr);
    if (options.stop.stop_requested()) return cancelled;
    if (model->graph.nodes.empty() && !hasErrors(import.findings))
        import.report(DiagnosticCode::ModelEmpty, {path});
    if (!hasErrors(import.findings)) expandFunctions(import, functions, *model);
    if (hasErrors(import.findings)) return firstError(import.findings);
    proto->reset(); // what is left of it
    begin("Inferring shapes");
    reportUnknownOperators(import, *model);
    model->findings = std::move(import.findings);
    for (Diagnostic& finding : inferShapes(*model)) model->findings.push_back(std::move(finding));
    return std::shared_ptr<const Model>(std::move(model));
}

} // namespace bitwright
