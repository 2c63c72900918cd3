// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/embedded_files.h"

#include <algorithm>
#include <cassert>

namespace bitwright {

std::string_view embeddedHlsFile(std::string_view name)
{
    const auto files = embeddedHlsFiles();
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) { return file.name == name; });
    assert(found != files.end());
    return found->text;
}

} // namespace bitwright
