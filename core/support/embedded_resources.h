// SPDX-License-Identifier: GPL-3.0-or-later
/// The resources that are compiled into the program; `packaging/cmake/embed_resources.cmake` writes them.
#pragma once

#include <span>
#include <string_view>

namespace bitwright {

struct EmbeddedResource {
    std::string_view name; ///< "parts/amd.json"
    std::string_view text;
};

/// Sorted by name.
std::span<const EmbeddedResource> embeddedResources();
/// The text of one of them; empty where there is none of that name.
std::string_view embeddedText(std::string_view name);

} // namespace bitwright
