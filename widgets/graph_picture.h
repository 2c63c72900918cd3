// SPDX-License-Identifier: GPL-3.0-or-later
/// The painted network as pixels of the viewport: moved when the view moves, stretched while it zooms, painted where
/// it is not known.
#pragma once

#include <memory>

#include <QPixmap>
#include <QRegion>

#include "widgets/graph_painter.h"

namespace bitwright {

class GraphPicture {
public:
    void setLook(const Theme& theme, const QFont& base);
    void setScene(std::shared_ptr<const GraphScene> scene);
    void setStale(GraphStaleness stale);
    const GraphPainter& painter() const { return m_painter; }

    /// Whether painting at @p zoom is quick enough for every step of a gesture.
    bool isQuick(const GraphCamera& camera) const;
    /// Draws what @p camera sees. With @p is_rough a picture of another zoom is stretched instead of painted anew.
    /// @return whether the picture is exact
    bool draw(QPainter& target, const GraphCamera& camera, double device_ratio, bool is_rough);

private:
    void repaint(const GraphCamera& camera, const QRect& pixels);
    void renew(const GraphCamera& camera, double device_ratio);
    bool follow(const GraphCamera& camera);

    GraphPainter m_painter;
    std::shared_ptr<const GraphScene> m_scene;
    GraphStaleness m_stale;
    QPixmap m_pixels;
    GraphCamera m_shown; ///< where m_pixels were painted
    GraphDetail m_detail = GraphDetail::Items;
    bool m_isValid = false;
};

} // namespace bitwright
