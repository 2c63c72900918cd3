// SPDX-License-Identifier: GPL-3.0-or-later
/// How values look that belong to an earlier state: dimmed text under a hatch, never like current ones (gui.md 3.7).
#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace bitwright {

class Theme;

/// Hatches @p area over what is painted there.
void paintStaleHatch(QPainter& painter, const QRect& area, const Theme& theme);
/// Text colour of a value that is stale or not.
QColor valueColour(const Theme& theme, bool isStale);

} // namespace bitwright
