// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stale_look.h"

#include "widgets/theme.h"

#include <QPainter>

namespace bitwright {

void paintStaleHatch(QPainter& painter, const QRect& area, const Theme& theme)
{
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(theme.colour(ColourRole::StaleHatch), Qt::BDiagPattern));
    painter.drawRect(area);
    painter.restore();
}

QColor valueColour(const Theme& theme, bool isStale)
{
    return theme.colour(isStale ? ColourRole::TextMuted : ColourRole::Text);
}

} // namespace bitwright
