// SPDX-License-Identifier: GPL-3.0-or-later
/// Prints a Drawing as SVG 1.1 (https://www.w3.org/TR/SVG11/).
#pragma once

#include <string>

#include "layout/drawing.h"

namespace bitwright {

/// A complete SVG document in UTF-8. Every element is a group with a title (what its tool tip says). Text is escaped,
/// and what XML cannot hold, control characters and broken UTF-8, becomes U+FFFD.
std::string writeSvg(const Drawing& drawing, ColourScheme scheme = ColourScheme::Light);

} // namespace bitwright
