// SPDX-License-Identifier: GPL-3.0-or-later
/// The files of `resources/hls`, built into the program so that an export needs nothing installed.
#pragma once

#include <span>
#include <string_view>

namespace bitwright {

struct EmbeddedFile {
    std::string_view name; ///< "bw_dense.h", "project/csim.sh.in"
    std::string_view text;
};

std::span<const EmbeddedFile> embeddedHlsFiles();
/// The text of the file @p name. @pre it exists
std::string_view embeddedHlsFile(std::string_view name);

} // namespace bitwright
