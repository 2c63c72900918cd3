// SPDX-License-Identifier: GPL-3.0-or-later
/// Access to the embedded files of `resources/hls` by name.
#pragma once

#include <string_view>

namespace bitwright {

/// The text of a file of `resources/hls`. @pre it exists
std::string_view hlsResource(std::string_view name);

} // namespace bitwright
