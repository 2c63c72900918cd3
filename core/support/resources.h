// SPDX-License-Identifier: GPL-3.0-or-later
/// Files that the program ships with: cost models, parts, HLS headers, samples (architecture, section 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace bitwright {

/// Where a resource such as "samples/digits.onnx" lies on disk: beside the executable
/// (`resources/`), in the install tree (`../share/bitwright/`), or in the source tree that the
/// executable was built in. Nothing where it exists in none of them.
std::optional<std::string> resourcePath(std::string_view relative);

/// Text of a resource. Cost models, parts and HLS headers are also compiled in, so that a lone
/// executable works; a file on disk is preferred. @error FileNotFound, FileUnreadable
Result<std::string> resourceText(std::string_view relative);

/// Names ("parts/amd.json") of the resources in a folder, sorted: files on disk, else the
/// compiled ones.
std::vector<std::string> resourcesIn(std::string_view folder);

} // namespace bitwright
