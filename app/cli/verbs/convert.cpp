// SPDX-License-Identifier: GPL-3.0-or-later
// Between projects, hls4ml configuration files and models that start either; between quantised forms of a model.
#include <filesystem>

#include <fmt/format.h>

#include "file_kind.h"
#include "importers/onnx_writer.h"
#include "model_work.h"
#include "rewrite/quantised_form.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

namespace fs = std::filesystem;

/// The model that an hls4ml configuration file names, relative to the file.
Result<std::string> modelNamedBy(const std::string& path, const FlowDescriptor& flow)
{
    const Result<Configuration> alone = readConfigurationAlone(path, flow);
    if (!alone) return alone.error();
    const auto named = alone->design.unknown.find("OnnxModel");
    const nlohmann::json value = named == alone->design.unknown.end()
                                     ? nlohmann::json()
                                     : nlohmann::json::parse(named->second, nullptr, false);
    if (!value.is_string())
        return Diagnostic{DiagnosticCode::ModelNotNamed, {path}, {}, "Add a key OnnxModel with the path of the model."};
    return (fs::path(path).parent_path() / value.get<std::string>()).lexically_normal().string();
}

/// What the input amounts to: a model in a flow with a configuration.
Result<Work> openInput(const Arguments& arguments, FileKind kind, Session& session)
{
    Arguments opened = arguments;
    opened.files.resize(1);
    if (kind == FileKind::FlowConfiguration) {
        const Result<const FlowDescriptor*> flow = chooseFlow(arguments.flow);
        if (!flow) return flow.error();
        const Result<std::string> model = modelNamedBy(arguments.files[0], **flow);
        if (!model) return model.error();
        opened.configuration = arguments.files[0];
        opened.files[0] = *model;
    }
    return openWork(opened, session, DataNeed::None);
}

/// What --to asks for, or the name of the result suggests, or the form that the model does not have.
std::optional<QuantiserForm> wantedForm(const Arguments& arguments, const Model& model)
{
    const std::string name = arguments.form.empty() ? fs::path(arguments.files.at(1)).filename().string() : arguments.form;
    if (name.find("qonnx") != std::string::npos) return QuantiserForm::Qonnx;
    if (name.find("qcdq") != std::string::npos || name.find("qdq") != std::string::npos) return QuantiserForm::Pairs;
    const std::optional<QuantiserForm> present = quantiserFormOf(model);
    if (!present) return std::nullopt;
    return *present == QuantiserForm::Qonnx ? QuantiserForm::Pairs : QuantiserForm::Qonnx;
}

/// A model in the other quantised form; what has no such form is said, and stays as it is.
int convertModel(const Arguments& arguments, Session& session)
{
    const std::string& target = arguments.files.at(1);
    const Result<std::shared_ptr<const Model>> model = openModel(arguments.files.at(0), session);
    if (!model) return session.fail(model.error());
    const std::optional<QuantiserForm> form = wantedForm(arguments, **model);
    const char* form_name = form && *form == QuantiserForm::Qonnx ? "qonnx" : "qcdq";
    if (!form) return session.fail({DiagnosticCode::ConversionUnsupported, {arguments.files[0], target}, {}, "Choose a model with quantisers: this one has none."});
    const ConvertedQuantisers converted = convertQuantisers(**model, *form);
    session.json()["kept"] = nlohmann::json::array();
    for (const KeptQuantiser& kept : converted.kept) {
        session.json()["kept"].push_back({{"node", kept.node}, {"operator", kept.op_type}, {"reason", kept.reason}});
        session.line("kept {} ({}), because {}", kept.node, kept.op_type, kept.reason);
    }
    if (converted.converted == 0 && !converted.kept.empty())
        return session.fail({DiagnosticCode::ConversionUnsupported, {arguments.files[0], target}, {},
                             fmt::format("Keep the form of the file: no quantiser can be said as {}, the first one because {}.", form_name, converted.kept.front().reason)});
    if (const Result<void> written = writeOnnx(converted.model, target); !written) return session.fail(written.error());
    session.json()["path"] = target;
    session.json()["form"] = form_name;
    session.json()["converted"] = converted.converted;
    session.line("{}: {} quantisers as {}", target, converted.converted, form_name);
    return kOk;
}

Result<void> writeAsProject(const Arguments& arguments, FileKind kind, const Work& work)
{
    if (kind == FileKind::Project) {
        Result<ProjectFile> file = readProject(arguments.files[0]);
        if (!file) return file.error();
        return writeProject(arguments.files[1], file->project);
    }
    Result<Project> project = newProject(work.model->path, work.configuration);
    return project ? writeProject(arguments.files[1], *project) : project.error();
}

} // namespace

int runConvert(const Arguments& arguments, Session& session)
{
    const std::string& target = arguments.files.at(1);
    const Result<FileKind> from = fileKind(arguments.files.at(0));
    if (!from) return session.fail(from.error());
    const FileKind to = kindByEnding(target);
    if (to == FileKind::Model && *from == FileKind::Model) return convertModel(arguments, session);
    if (to == FileKind::Model)
        return session.fail({DiagnosticCode::ConversionUnsupported,
                             {arguments.files[0], target}, {}, "Name the result .yml or .bitwright."});
    const Result<Work> work = openInput(arguments, *from, session);
    if (!work) return session.fail(work.error());
    const FlowDescriptor& flow = work->evaluator->flow();
    Result<void> written;
    if (to == FileKind::Project)
        written = writeAsProject(arguments, *from, *work);
    else if (!flow.writeConfiguration)
        written = Diagnostic{DiagnosticCode::FlowCannot, {std::string(flow.name), std::string(flow.writeConfiguration.reason())}};
    else
        written = writeFileAtomically(target, flow.writeConfiguration(*work->evaluator->normalModel(), work->configuration));
    if (!written) return session.fail(written.error());
    session.json()["path"] = target;
    session.line("{}", target);
    return kOk;
}

} // namespace bitwright::cli
