// SPDX-License-Identifier: GPL-3.0-or-later
/// The whole project file as JSON (form: the folder's README).
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "project/configuration_json.h"
#include "project/project.h"

namespace bitwright {

constexpr std::string_view kProjectFormatName = "bitwright-project";

/// Paths are written relative to @p path, with the absolute ones beside them.
nlohmann::json projectToJson(const Project& project, const std::string& path);

/// @param absolute_model where the model lay when the project was saved
/// @return whether it could be read; else @p fault says what could not
bool projectFromJson(const nlohmann::json& json, const std::string& path, JsonReading reading, Project& project,
                     std::string& absolute_model, JsonFault& fault);

/// Copies into @p written what @p original has and this version does not know, where its owner still exists.
void keepUnknownKeys(const nlohmann::json& original, nlohmann::json& written);

/// @p text with a full stop at its end.
std::string asSentence(std::string text);

} // namespace bitwright
