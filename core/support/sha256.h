// SPDX-License-Identifier: GPL-3.0-or-later
/// SHA-256 (FIPS 180-4), to tell whether a file is the one that a project was made with.
#pragma once

#include <string>
#include <string_view>

namespace bitwright {

/// The digest in lower-case hexadecimal.
std::string sha256(std::string_view bytes);

} // namespace bitwright
