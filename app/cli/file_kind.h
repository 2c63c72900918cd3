// SPDX-License-Identifier: GPL-3.0-or-later
/// What a file given on the command line is.
#pragma once

#include <string>
#include <string_view>

#include "configuration/configuration.h"
#include "flows/flow.h"
#include "support/result.h"

namespace bitwright::cli {

enum class FileKind { Model, Project, FlowConfiguration };

std::string_view fileKindName(FileKind kind); ///< "model", "project", "configuration"

/// By content for projects, by ending (`.yml`, `.yaml`) for configurations; all else is a model.
/// @error those of `readFile`
Result<FileKind> fileKind(const std::string& path);
/// The kind that a file of this name is to be: `.bitwright`, `.yml` or `.yaml`, else a model.
FileKind kindByEnding(const std::string& path);

/// The configuration of a project or of a flow's file without its model, so that unknown layers are no matter.
Result<Configuration> readConfigurationAlone(const std::string& path, const FlowDescriptor& flow);

} // namespace bitwright::cli
