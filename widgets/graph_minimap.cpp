// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_minimap.h"

#include <utility>

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace bitwright {

GraphMinimap::GraphMinimap(const GraphPainter* look, QWidget* parent) : QWidget(parent), m_look(look)
{
    setObjectName(QStringLiteral("graphMinimap"));
    setAccessibleName(tr("Overview of the network"));
    setToolTip(tr("Overview: drag to move, wheel to zoom, M to hide"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::NoFocus);
    resize(sizeHint());
}

void GraphMinimap::setScene(std::shared_ptr<const GraphScene> scene)
{
    m_scene = std::move(scene);
    forgetPicture();
}

void GraphMinimap::setView(const QRectF& visible)
{
    if (visible == m_visible) return;
    m_visible = visible;
    update();
}

void GraphMinimap::forgetPicture()
{
    m_picture = QPixmap();
    update();
}

GraphCamera GraphMinimap::camera() const
{
    GraphCamera whole;
    whole.setViewport(size());
    if (m_scene) whole.fit(QRectF(0, 0, m_scene->drawing.width, m_scene->drawing.height), 1);
    return whole;
}

void GraphMinimap::paintPicture()
{
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap((QSizeF(size()) * ratio).toSize());
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(m_look->colour(ColourRole::Panel));
    if (!m_scene) return;
    GraphPainter painter = *m_look;
    QPainter target(&m_picture);
    painter.paint(target, *m_scene, camera(), rect(), GraphDetail::Dots, {});
}

void GraphMinimap::paintEvent(QPaintEvent*)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF()) paintPicture();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    QColor fill = m_look->colour(ColourRole::Selection);
    painter.setPen(QPen(fill, 1.5));
    fill.setAlphaF(0.15F);
    painter.setBrush(fill);
    painter.drawRect(camera().toPixels(m_visible).intersected(QRectF(rect()).adjusted(1, 1, -2, -2)));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_look->colour(ColourRole::NodeBorder));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void GraphMinimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) Q_EMIT centreAsked(camera().toDrawing(event->position()));
    event->accept();
}

void GraphMinimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) Q_EMIT centreAsked(camera().toDrawing(event->position()));
    event->accept();
}

void GraphMinimap::wheelEvent(QWheelEvent* event)
{
    const int steps = event->angleDelta().y() / 120;
    if (steps != 0) Q_EMIT zoomAsked(steps);
    event->accept();
}

} // namespace bitwright
