// SPDX-License-Identifier: GPL-3.0-or-later
/// What moved between two states of the document, so that views repaint only that (aesthetics.md 5.6).
#pragma once

#include <set>
#include <string>

namespace bitwright {

struct ChangeSet {
    std::set<std::string> layers; ///< whose decisions or numbers moved
    bool is_everything = false;   ///< the list of layers itself, or something that reaches all of them

    bool touches(const std::string& layer) const { return is_everything || layers.count(layer) != 0; }
    static ChangeSet everything() { return {{}, true}; }
};

} // namespace bitwright
