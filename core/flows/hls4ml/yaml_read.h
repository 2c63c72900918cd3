// SPDX-License-Identifier: GPL-3.0-or-later
/// Reads hls4ml's configuration files: whole project files, or the bare dictionary of its generator.
#pragma once

#include <string>
#include <string_view>

#include "flows/flow.h"

namespace bitwright {

/// @p path is for messages. Layer names come from @p model, a normal form.
/// @error ConfigurationSyntax, ConfigurationShape, ConfigurationValue, ConfigurationTooLarge, FormatSyntax,
///        FormatRange, FormatUnsupported; each with its line
Result<ConfigurationFile> readHls4mlConfiguration(std::string_view text, const std::string& path, const Model& model);

} // namespace bitwright
