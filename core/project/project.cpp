// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "project/project_json.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/sha256.h"
#include "support/version.h"

#include <chrono>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bitwright {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kLargestProject = std::int64_t{256} << 20;
constexpr std::int64_t kLargestHashedModel = std::int64_t{2} << 30;

/// Says where the model was found, or that it is missing or has changed.
void checkModel(ProjectFile& file, const std::string& stored_absolute)
{
    ModelReference& model = file.project.model;
    std::error_code problem;
    if (model.path.empty()) return;
    if (!fs::exists(model.path, problem)) {
        if (stored_absolute.empty() || !fs::exists(stored_absolute, problem)) {
            file.findings.push_back({DiagnosticCode::ProjectModelMissing, {model.path}, {}, "Choose the model file."});
            return;
        }
        model.path = stored_absolute;
        file.findings.push_back({DiagnosticCode::ProjectModelMoved, {model.path}});
    }
    if (model.sha256.empty()) return;
    const auto size = static_cast<std::int64_t>(fs::file_size(model.path, problem));
    if (problem) return; // whoever opens the model will say why it cannot be read
    bool is_changed = size != model.size_bytes;
    if (!is_changed) {
        const Result<std::string> bytes = readFile(model.path, kLargestHashedModel);
        is_changed = bytes && sha256(*bytes) != model.sha256;
    }
    if (is_changed) file.findings.push_back({DiagnosticCode::ProjectModelChanged, {model.path}});
}

} // namespace

std::string currentTime()
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

bool isProjectText(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && text[start] == '{' &&
           text.find(kProjectFormatName) != std::string_view::npos;
}

Result<ProjectFile> parseProject(std::string_view text, const std::string& path)
{
    nlohmann::json json;
    int line = 0;
    if (!parseJson(text, json, line))
        return Diagnostic{DiagnosticCode::ProjectSyntax, {path}, FileLocation{path, line}};
    if (!json.is_object() || json.value("format", nlohmann::json()) != kProjectFormatName)
        return Diagnostic{DiagnosticCode::ProjectMalformed,
                          {path, fmt::format("it has no entry \"format\": \"{}\"", kProjectFormatName)}};
    const nlohmann::json version = json.value("version", nlohmann::json());
    if (!version.is_number_integer() || version.get<std::int64_t>() < 1)
        return Diagnostic{DiagnosticCode::ProjectMalformed, {path, "its entry \"version\" is no positive whole number"}};

    ProjectFile file;
    file.is_read_only = version.get<std::int64_t>() > kProjectVersion;
    if (file.is_read_only)
        file.findings.push_back({DiagnosticCode::ProjectNewer,
                                 {path, fmt::format("{}", version.get<std::int64_t>()), fmt::format("{}", kProjectVersion)},
                                 {},
                                 "Save it under another name to go on."});
    JsonFault fault;
    std::string absolute_model;
    const JsonReading reading = file.is_read_only ? JsonReading::SkipWhatIsNew : JsonReading::Strict;
    if (!projectFromJson(json, path, reading, file.project, absolute_model, fault))
        return Diagnostic{DiagnosticCode::ProjectValue, {path, fault.place, asSentence(fault.reason)}};
    file.project.original = std::string(text);
    checkModel(file, absolute_model);
    return file;
}

Result<ProjectFile> readProject(const std::string& path)
{
    const Result<std::string> text = readFile(path, kLargestProject);
    if (!text) return text.error();
    return parseProject(*text, path);
}

std::string formatProject(const Project& project, const std::string& path)
{
    nlohmann::json json = projectToJson(project, path);
    json["app"] = std::string(programVersion());
    nlohmann::json original;
    int line = 0;
    if (!project.original.empty() && parseJson(project.original, original, line)) keepUnknownKeys(original, json);
    return formatJson(json) + "\n";
}

Result<void> writeProject(const std::string& path, Project& project)
{
    Project saved = project;
    saved.modified = currentTime();
    if (saved.created.empty()) saved.created = saved.modified;
    std::string text = formatProject(saved, path);
    if (const Result<void> written = writeFileAtomically(path, text, path + ".bak"); !written) return written.error();
    saved.original = std::move(text);
    project = std::move(saved);
    return {};
}

Result<FileLock> lockProject(const std::string& path)
{
    const fs::path place(path);
    return FileLock::acquire((place.parent_path() / ("." + place.filename().string() + ".lock")).string());
}

Result<Project> newProject(const std::string& model_path, Configuration configuration)
{
    Project project;
    std::error_code problem;
    project.model.path = fs::absolute(model_path, problem).lexically_normal().string();
    project.configuration = std::move(configuration);
    const Result<std::string> bytes = readFile(model_path, kLargestHashedModel);
    if (!bytes && bytes.error().code != DiagnosticCode::FileTooLarge) return bytes.error();
    project.model.size_bytes = static_cast<std::int64_t>(fs::file_size(model_path, problem));
    if (bytes) project.model.sha256 = sha256(*bytes);
    return project;
}

} // namespace bitwright
