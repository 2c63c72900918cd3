// SPDX-License-Identifier: GPL-3.0-or-later
/// Prints a Drawing as SVG 1.1.
#pragma once

#include <string>

#include "layout/drawing.h"

namespace bitwright {

/// A complete SVG document, UTF-8. Every element is a group with its id and a title; text is escaped and what
/// XML cannot hold (control characters, broken UTF-8) is replaced.
std::string writeSvg(const Drawing& drawing, ColourScheme scheme = ColourScheme::Light);

} // namespace bitwright
