// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints the items of a Drawing with QPainter, with a cache of laid-out text.
#pragma once

#include <array>

#include <QBrush>
#include <QColor>
#include <QFont>
#include <QHash>
#include <QStaticText>

#include "layout/drawing.h"

class QPainter;

namespace bitwright {

class Theme;

class GraphItemPainter {
public:
    /// Takes colours and fonts; to be called again when either changes.
    void setLook(const Theme& theme, const QFont& base);
    const QColor& colour(ColourRole role) const { return m_colours[static_cast<std::size_t>(role)]; }
    /// Corners are rounded only where one can see it.
    void setRounded(bool is_rounded) { m_isRounded = is_rounded; }

    /// @p painter is in the drawing's coordinates.
    void paint(QPainter& painter, const DrawingItem& item, bool is_stale);
    /// One line at @p position (its left end on the baseline), elided to @p width, @p size pixels per em.
    void paintText(QPainter& painter, const DrawnText& text);

private:
    struct CachedText {
        QStaticText text;
        double width = 0;
        double ascent = 0;
    };

    void paintBox(QPainter& painter, const DrawnBox& box, bool is_stale) const;
    void paintPath(QPainter& painter, const DrawnPath& path) const;
    const CachedText& layOutText(const DrawnText& text);
    QFont font(double size, bool is_bold) const;
    QBrush stripes(ColourRole role) const;

    std::array<QColor, static_cast<std::size_t>(ColourRole::Count)> m_colours;
    QFont m_base;
    double m_pointsPerPixel = 0.75;
    bool m_isRounded = true;
    QHash<QString, CachedText> m_texts;
    QBrush m_unsupportedStripes;
};

} // namespace bitwright
