// SPDX-License-Identifier: GPL-3.0-or-later
/// The project file: what one person works on, as one JSON text that people can read, compare and merge.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "configuration/configuration.h"
#include "dataset/dataset.h"
#include "support/atomic_file.h"
#include "support/result.h"

namespace bitwright {

constexpr std::int64_t kProjectVersion = 1; ///< newest version of the file form that is written and understood

/// The model file that a project is about.
struct ModelReference {
    std::string path;   ///< absolute in memory; relative to the project in the file, with the absolute one beside it
    std::string sha256; ///< of the file's bytes, lower-case hexadecimal; empty when unknown
    std::int64_t size_bytes = 0;
};

/// A configuration that was worth keeping, and what it was worth then.
struct Snapshot {
    std::string id;   ///< unique in the project
    std::string name; ///< as the user called it
    std::string time; ///< ISO 8601, UTC
    Configuration configuration;
    std::map<std::string, double> metrics; ///< "accuracy", "lut", ...
};

/// A value. Paths are absolute.
struct Project {
    ModelReference model;
    DatasetPaths data;
    Configuration configuration;
    std::vector<Snapshot> snapshots;
    std::string view;     ///< the window's own state, a JSON object as text; may be empty
    std::string created;  ///< ISO 8601, UTC; set by the first save
    std::string modified; ///< set by every save
    /// The file as it was read, JSON text: keys that this version does not know are kept from here.
    std::string original;
};

struct ProjectFile {
    Project project;
    bool is_read_only = false; ///< written by a newer version: saving over it could lose something
    Diagnostics findings;      ///< "the model was found at ...", "the model file has changed", "opened read-only"
};

/// Reads a project. The model is looked for at its relative path, then at its absolute one.
/// @error FileNotFound, FileUnreadable, FileIsFolder, ProjectSyntax with the line, ProjectMalformed
Result<ProjectFile> readProject(const std::string& path);
/// The same from memory; @p path is where the text lies or will lie.
Result<ProjectFile> parseProject(std::string_view text, const std::string& path);

/// The file's text: keys sorted, two spaces, a newline at the end. Unknown keys of `original` are kept.
std::string formatProject(const Project& project, const std::string& path);
/// Saves atomically and keeps the file before as `<path>.bak`; sets the times in @p project.
/// @error FileUnwritable, FileIsFolder
Result<void> writeProject(const std::string& path, Project& project);

/// Whether @p text looks like a project file rather than any other JSON or YAML.
bool isProjectText(std::string_view text);

/// Keeps others from editing the same project: a lock file beside it. @error FileLocked with the owner
Result<FileLock> lockProject(const std::string& path);

/// A project about the model file @p model_path, with its size and hash. @error those of `readFile`
Result<Project> newProject(const std::string& model_path, Configuration configuration);

/// Now, as ISO 8601 in UTC with seconds.
std::string currentTime();

} // namespace bitwright
