// SPDX-License-Identifier: GPL-3.0-or-later
#include "file_kind.h"

#include "model/model.h"
#include "project/project.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

namespace bitwright::cli {

std::string_view fileKindName(FileKind kind)
{
    switch (kind) {
    case FileKind::Project: return "project";
    case FileKind::FlowConfiguration: return "configuration";
    case FileKind::Model: break;
    }
    return "model";
}

FileKind kindByEnding(const std::string& path)
{
    if (path.ends_with(".bitwright")) return FileKind::Project;
    if (path.ends_with(".yml") || path.ends_with(".yaml")) return FileKind::FlowConfiguration;
    return FileKind::Model;
}

Result<FileKind> fileKind(const std::string& path)
{
    const Result<std::string> text = readFile(path);
    if (!text) return text.error();
    if (isProjectText(*text)) return FileKind::Project;
    const FileKind kind = kindByEnding(path);
    return kind == FileKind::Project ? FileKind::Model : kind;
}

Result<Configuration> readConfigurationAlone(const std::string& path, const FlowDescriptor& flow)
{
    const Result<std::string> text = readFile(path);
    if (!text) return text.error();
    if (isProjectText(*text)) {
        Result<ProjectFile> project = parseProject(*text, path);
        if (!project) return project.error();
        return project->project.configuration;
    }
    if (!flow.readConfiguration)
        return Diagnostic{DiagnosticCode::FlowCannot, {std::string(flow.name), std::string(flow.readConfiguration.reason())}};
    Result<ConfigurationFile> file = flow.readConfiguration(*text, path, Model{});
    if (!file) return file.error();
    return file->configuration;
}

} // namespace bitwright::cli
