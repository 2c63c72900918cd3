// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_json.h"

#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bitwright {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

fs::path folderOf(const std::string& path)
{
    std::error_code problem;
    return fs::absolute(path, problem).lexically_normal().parent_path();
}

/// A file, relative to the project and absolute.
Json fileToJson(const std::string& file, const fs::path& folder)
{
    const fs::path relative = fs::path(file).lexically_relative(folder);
    return Json{{"absolute_path", file}, {"path", relative.empty() ? file : relative.generic_string()}};
}

std::string textOf(const Json& json, const std::string& key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The absolute path of such a file: the relative one where it exists, else the absolute one where that exists.
std::string fileFromJson(const Json& json, const fs::path& folder)
{
    const std::string stored = textOf(json, "path");
    const std::string absolute = textOf(json, "absolute_path");
    if (stored.empty()) return absolute;
    const std::string beside = (folder / stored).lexically_normal().string();
    std::error_code problem;
    return !fs::exists(beside, problem) && !absolute.empty() && fs::exists(absolute, problem) ? absolute : beside;
}

constexpr const char* kEvaluationRole = "evaluation";

Json dataToJson(const DatasetPaths& data, const fs::path& folder)
{
    if (data.inputs.empty()) return Json::array();
    Json entry{{"role", kEvaluationRole}};
    for (const auto& [input, path] : data.inputs)
        entry["inputs"][input] = fileToJson(path, folder);
    if (!data.labels.empty()) entry["labels"] = fileToJson(data.labels, folder);
    return Json::array({entry});
}

bool isEvaluationData(const Json& entry)
{
    return entry.is_object() && textOf(entry, "role") == kEvaluationRole;
}

DatasetPaths dataFromJson(const Json& json, const fs::path& folder)
{
    DatasetPaths data;
    const auto list = json.find("data");
    if (list == json.end() || !list->is_array()) return data;
    for (const Json& entry : *list) {
        if (!isEvaluationData(entry)) continue;
        const auto inputs = entry.find("inputs");
        if (inputs == entry.end() || !inputs->is_object()) continue;
        for (const auto& [input, file] : inputs->items())
            if (file.is_object()) data.inputs[input] = fileFromJson(file, folder);
        const auto labels = entry.find("labels");
        if (labels != entry.end() && labels->is_object()) data.labels = fileFromJson(*labels, folder);
        break;
    }
    return data;
}

Json toJson(const Snapshot& snapshot)
{
    return Json{{"configuration", toJson(snapshot.configuration)},
                {"id", snapshot.id},
                {"metrics", snapshot.metrics},
                {"name", snapshot.name},
                {"time", snapshot.time}};
}

bool snapshotsFromJson(const Json& json, JsonReading reading, std::vector<Snapshot>& snapshots, JsonFault& fault)
{
    const auto list = json.find("snapshots");
    if (list == json.end() || !list->is_array()) return true;
    for (const Json& entry : *list) {
        if (!entry.is_object()) continue;
        Snapshot snapshot{textOf(entry, "id"), textOf(entry, "name"), textOf(entry, "time"), {}, {}};
        const auto configuration = entry.find("configuration");
        if (configuration != entry.end() && configuration->is_object() &&
            !fromJson(*configuration, reading, snapshot.configuration, fault)) {
            fault.place = fmt::format("snapshots/{}/{}", snapshot.id, fault.place);
            return false;
        }
        const auto metrics = entry.find("metrics");
        if (metrics != entry.end() && metrics->is_object()) {
            for (const auto& [name, value] : metrics->items())
                if (value.is_number()) snapshot.metrics[name] = value.get<double>();
        }
        snapshots.push_back(std::move(snapshot));
    }
    return true;
}

// --- unknown keys ----------------------------------------------------------------------------------

/// Adds the members of @p original that @p is_known does not name.
template <class IsKnown>
void keep(const Json& original, Json& written, IsKnown is_known)
{
    if (!original.is_object() || !written.is_object()) return;
    for (const auto& [key, value] : original.items())
        if (!is_known(key) && !written.contains(key)) written[key] = value;
}

auto oneOf(std::set<std::string> keys)
{
    return [keys = std::move(keys)](const std::string& key) { return keys.count(key) != 0; };
}

/// For objects whose keys are names of layers or types: those that still exist keep what is unknown in them.
void keepInEach(const Json& original, Json& written, const std::string& key)
{
    if (!original.contains(key) || !original[key].is_object() || !written.contains(key)) return;
    for (auto& [name, settings] : written[key].items()) {
        const auto found = original[key].find(name);
        if (found != original[key].end()) keep(*found, settings, isKnownSettingsKey);
    }
}

void keepInConfiguration(const Json& original, Json& written)
{
    if (original.contains("target")) keep(original["target"], written["target"], isKnownTargetKey);
    if (original.contains("defaults")) keep(original["defaults"], written["defaults"], isKnownSettingsKey);
    keepInEach(original, written, "layer_types");
    keepInEach(original, written, "layers");
}

const Json* findById(const Json& list, const std::string& id)
{
    if (!list.is_array()) return nullptr;
    for (const Json& entry : list)
        if (entry.is_object() && textOf(entry, "id") == id) return &entry;
    return nullptr;
}

void keepInData(const Json& original, Json& written)
{
    if (!original.contains("data") || !original["data"].is_array()) return;
    const Json* old_entry = nullptr;
    for (const Json& entry : original["data"]) {
        if (!isEvaluationData(entry))
            written["data"].push_back(entry); // other roles belong to somebody else
        else if (old_entry == nullptr)
            old_entry = &entry;
    }
    if (old_entry == nullptr) return;
    for (Json& entry : written["data"])
        if (isEvaluationData(entry)) keep(*old_entry, entry, oneOf({"role", "inputs", "labels"}));
}

} // namespace

std::string asSentence(std::string text)
{
    if (text.empty()) return text;
    if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
    if (text.back() != '.') text += '.';
    return text;
}

Json projectToJson(const Project& project, const std::string& path)
{
    const fs::path folder = folderOf(path);
    Json json = toJson(project.configuration);
    json["format"] = std::string(kProjectFormatName);
    json["version"] = kProjectVersion;
    json["created"] = project.created;
    json["modified"] = project.modified;
    json["model"] = fileToJson(project.model.path, folder);
    json["model"]["sha256"] = project.model.sha256;
    json["model"]["size"] = project.model.size_bytes;
    json["data"] = dataToJson(project.data, folder);
    json["snapshots"] = Json::array();
    for (const Snapshot& snapshot : project.snapshots)
        json["snapshots"].push_back(toJson(snapshot));
    Json view;
    int line = 0;
    if (parseJson(project.view, view, line) && view.is_object()) json["view"] = view;
    return json;
}

bool projectFromJson(const Json& json, const std::string& path, JsonReading reading, Project& project,
                     std::string& absolute_model, JsonFault& fault)
{
    const fs::path folder = folderOf(path);
    if (!fromJson(json, reading, project.configuration, fault)) return false;
    project.created = textOf(json, "created");
    project.modified = textOf(json, "modified");
    const auto model = json.find("model");
    if (model != json.end() && model->is_object()) {
        const std::string stored = textOf(*model, "path");
        absolute_model = textOf(*model, "absolute_path");
        project.model.path = stored.empty() ? absolute_model : (folder / stored).lexically_normal().string();
        project.model.sha256 = textOf(*model, "sha256");
        const auto size = model->find("size");
        if (size != model->end() && size->is_number_integer()) project.model.size_bytes = size->get<std::int64_t>();
    } else if (model != json.end()) {
        fault = {"model", "it is no object"};
        return false;
    }
    project.data = dataFromJson(json, folder);
    const auto view = json.find("view");
    if (view != json.end() && view->is_object()) project.view = formatJson(*view, true);
    return snapshotsFromJson(json, reading, project.snapshots, fault);
}

void keepUnknownKeys(const Json& original, Json& written)
{
    if (!original.is_object()) return;
    keep(original, written,
         oneOf({"app", "created", "data", "defaults", "flow", "format", "layer_types", "layers", "model", "modified",
                "snapshots", "symbols", "target", "version", "view"}));
    keepInConfiguration(original, written);
    if (original.contains("model")) keep(original["model"], written["model"], oneOf({"absolute_path", "path", "sha256", "size"}));
    keepInData(original, written);
    if (!original.contains("snapshots")) return;
    for (Json& snapshot : written["snapshots"]) {
        const Json* old = findById(original["snapshots"], textOf(snapshot, "id"));
        if (old == nullptr) continue;
        keep(*old, snapshot, oneOf({"configuration", "id", "metrics", "name", "time"}));
        if (old->contains("configuration") && (*old)["configuration"].is_object())
            keepInConfiguration((*old)["configuration"], snapshot["configuration"]);
    }
}

} // namespace bitwright
