// SPDX-License-Identifier: GPL-3.0-or-later
/// Small pictograms as paths, so that colour is never the only cue.
#pragma once

#include <vector>

#include "layout/drawing.h"
#include "layout/graph_drawing.h"

namespace bitwright {

struct OperatorClassLook {
    ColourRole strong = ColourRole::UnknownStrong;
    ColourRole tint = ColourRole::UnknownTint;
    const char* name = ""; ///< "dense", for screen readers
};
OperatorClassLook look(OperatorClass op_class);

constexpr double kGlyphSize = 16;

/// The pictogram of a class on a filled square of kGlyphSize at @p corner.
void drawClassGlyph(OperatorClass op_class, LayoutPoint corner, std::vector<DrawingItem>& items);

enum class Badge { Warning, Lock, Edited, Unsupported };
/// A badge of kGlyphSize at @p corner.
void drawBadge(Badge badge, LayoutPoint corner, std::vector<DrawingItem>& items);

} // namespace bitwright
