// SPDX-License-Identifier: GPL-3.0-or-later
/// The whole network in a corner of the canvas, with a frame around what is in view.
#pragma once

#include <memory>

#include <QPixmap>
#include <QWidget>

#include "widgets/graph_painter.h"

namespace bitwright {

class GraphMinimap final : public QWidget {
    Q_OBJECT
public:
    GraphMinimap(const GraphPainter* look, QWidget* parent);

    void setScene(std::shared_ptr<const GraphScene> scene);
    void setView(const QRectF& visible); ///< in the drawing's coordinates
    void forgetPicture();                ///< after a change of colours
    QSize sizeHint() const override { return {200, 150}; }

Q_SIGNALS:
    void centreAsked(const QPointF& point); ///< in the drawing's coordinates
    void zoomAsked(int steps);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    GraphCamera camera() const;
    void paintPicture();

    const GraphPainter* m_look;
    std::shared_ptr<const GraphScene> m_scene;
    QRectF m_visible;
    QPixmap m_picture;
};

} // namespace bitwright
