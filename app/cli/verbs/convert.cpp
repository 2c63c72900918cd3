// SPDX-License-Identifier: GPL-3.0-or-later
// Between projects, hls4ml configuration files and models that start either.
#include <filesystem>

#include "file_kind.h"
#include "model_work.h"
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
