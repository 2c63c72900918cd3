// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, keys, gestures and drops of GraphView.
#include <cmath>

#include <QApplication>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFocusEvent>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QScrollBar>
#include <QToolTip>
#include <QUrl>
#include <QWheelEvent>

#include "widgets/graph_accessible.h"
#include "widgets/graph_navigation.h"
#include "widgets/graph_view.h"
#include "widgets/graph_view_private.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

namespace bitwright {
namespace {

constexpr double kWheelZoom = 1.2; ///< per notch
constexpr double kNotch = 120;

LayoutPoint layoutPoint(QPointF p)
{
    return {p.x(), p.y()};
}

QStringList localFiles(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) paths.append(url.toLocalFile());
    return paths;
}

} // namespace

QString GraphViewPrivate::idAt(QPointF pixel) const
{
    return scene ? toQString(scene->index.idAt(layoutPoint(camera.toDrawing(pixel)))) : QString();
}

std::int32_t GraphViewPrivate::elementAt(QPointF pixel) const
{
    return scene ? scene->index.elementAt(layoutPoint(camera.toDrawing(pixel))) : -1;
}

void GraphViewPrivate::setHovered(std::int32_t element)
{
    if (element == overlay.hovered) return;
    overlay.hovered = element;
    view->viewport()->update();
    Q_EMIT view->hoverChanged(element < 0 ? QString() : toQString(scene->element(element).id));
}

QString GraphViewPrivate::toolTipAt(QPointF pixel) const
{
    if (!scene) return {};
    const LayoutPoint point = layoutPoint(camera.toDrawing(pixel));
    const std::int32_t element = scene->index.elementAt(point);
    if (element < 0) return {};
    const DrawingTarget* target = scene->index.targetAt(point);
    QString text = toQString(target != nullptr && !target->tooltip.empty() ? target->tooltip : scene->element(element).tooltip);
    if (stale.costs) text += QLatin1Char('\n') + GraphView::tr("Costs are being recomputed.");
    if (stale.statistics) text += QLatin1Char('\n') + GraphView::tr("Statistics are being recomputed.");
    // Formats hold angle brackets, which a tool tip would take for markup.
    return QStringLiteral("<p style='white-space:pre'>%1</p>").arg(text.toHtmlEscaped());
}

void GraphViewPrivate::moveCurrent(int key, bool extend)
{
    if (!scene) return;
    const std::string from = toUtf8(hub->current());
    std::string next;
    switch (key) {
    case Qt::Key_Up: next = neighbourOf(*scene, from, ArrowKey::Up); break;
    case Qt::Key_Down: next = neighbourOf(*scene, from, ArrowKey::Down); break;
    case Qt::Key_Left: next = neighbourOf(*scene, from, ArrowKey::Left); break;
    case Qt::Key_Right: next = neighbourOf(*scene, from, ArrowKey::Right); break;
    case Qt::Key_Home: next = firstId(*scene); break;
    default: next = lastId(*scene);
    }
    if (next.empty()) return;
    const QString id = toQString(next);
    if (extend)
        hub->setCurrent(id);
    else
        hub->selectOnly(id);
    view->reveal(id);
}

void GraphViewPrivate::selectIn(const QRectF& band, Qt::KeyboardModifiers modifiers)
{
    QStringList ids;
    if (scene) {
        std::vector<std::int32_t> found;
        scene->index.query({band.x(), band.y(), band.width(), band.height()}, found);
        for (const std::int32_t e : found)
            if (e >= scene->index.firstNonEdge() && !scene->element(e).id.empty())
                ids.append(toQString(scene->element(e).id));
    }
    if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
        hub->add(ids);
    else
        hub->select(ids);
}

void GraphViewPrivate::finishPress(const QMouseEvent& event)
{
    const QString id = idAt(pressed);
    if (id.isEmpty()) {
        if (!(event.modifiers() & (Qt::ControlModifier | Qt::ShiftModifier))) hub->clear();
    } else if (event.modifiers() & Qt::ControlModifier) {
        hub->toggle(id);
    } else if (event.modifiers() & Qt::ShiftModifier) {
        hub->add({id});
    } else {
        hub->selectOnly(id);
    }
}

void GraphViewPrivate::cancelGesture()
{
    gesture = Gesture::None;
    overlay.rubber_band = QRectF();
    view->viewport()->unsetCursor();
    view->viewport()->update();
}

void GraphView::mousePressEvent(QMouseEvent* event)
{
    d->pressed = d->last = event->position();
    const bool is_pan = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && d->isSpaceDown);
    if (is_pan) {
        d->gesture = Gesture::Pan;
        d->hasSpacePanned = true;
        viewport()->setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton) {
        d->gesture = Gesture::Press;
        d->bandStart = d->camera.toDrawing(event->position());
    }
    event->accept();
}

void GraphView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF position = event->position();
    const bool is_far = (position - d->pressed).manhattanLength() >= QApplication::startDragDistance();
    if (d->gesture == Gesture::Press && is_far && d->elementAt(d->pressed) < 0) d->gesture = Gesture::RubberBand;
    if (d->gesture == Gesture::Pan) {
        d->camera.pan(position - d->last);
        d->cameraMoved(true);
    } else if (d->gesture == Gesture::RubberBand) {
        d->overlay.rubber_band = QRectF(d->camera.toPixels(d->bandStart), position).normalized();
        viewport()->update();
    } else if (d->gesture == Gesture::None) {
        d->setHovered(d->elementAt(position));
    }
    d->last = position;
    event->accept();
}

void GraphView::mouseReleaseEvent(QMouseEvent* event)
{
    const Gesture finished = d->gesture;
    d->cancelGesture();
    if (d->isSpaceDown) viewport()->setCursor(Qt::OpenHandCursor);
    if (finished == Gesture::RubberBand)
        d->selectIn(QRectF(d->bandStart, d->camera.toDrawing(event->position())).normalized(), event->modifiers());
    if (finished == Gesture::Press && event->button() == Qt::LeftButton) d->finishPress(*event);
    event->accept();
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QString id = d->idAt(event->position());
    if (event->button() == Qt::LeftButton && !id.isEmpty()) Q_EMIT activated(id);
    event->accept();
}

void GraphView::wheelEvent(QWheelEvent* event)
{
    // A touchpad sends pixels: it scrolls, and zooms with Ctrl.
    const bool is_touchpad = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    const bool has_control = event->modifiers() & Qt::ControlModifier;
    if ((is_touchpad || d->wheelScrolls) && !has_control) {
        const QPoint delta = event->pixelDelta().isNull() ? event->angleDelta() : event->pixelDelta();
        d->camera.pan(event->modifiers() & Qt::ShiftModifier ? QPointF(delta.y(), delta.x()) : QPointF(delta));
        d->cameraMoved(true);
    } else {
        const double notches = event->angleDelta().y() / kNotch;
        if (notches != 0) d->zoomTo(event->position(), d->camera.zoom() * std::pow(kWheelZoom, notches));
    }
    event->accept();
}

void GraphView::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End: d->moveCurrent(event->key(), modifiers & Qt::ShiftModifier); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!d->hub->current().isEmpty()) Q_EMIT activated(d->hub->current());
        return;
    case Qt::Key_Escape: d->gesture == Gesture::None ? d->hub->clear() : d->cancelGesture(); return;
    case Qt::Key_Space:
        if (event->isAutoRepeat()) return;
        d->isSpaceDown = true;
        d->hasSpacePanned = false;
        viewport()->setCursor(Qt::OpenHandCursor);
        return;
    case Qt::Key_Plus: zoomIn(); return;
    case Qt::Key_Minus: zoomOut(); return;
    case Qt::Key_M:
        if (modifiers != Qt::NoModifier) break;
        setMinimapVisible(!isMinimapVisible());
        return;
    case Qt::Key_A:
        if (modifiers != Qt::ControlModifier) break;
        d->selectIn(d->bounds(), Qt::NoModifier);
        return;
    default: break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void GraphView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) {
        QAbstractScrollArea::keyReleaseEvent(event);
        return;
    }
    const bool was_tapped = d->isSpaceDown && !d->hasSpacePanned;
    d->isSpaceDown = false;
    viewport()->unsetCursor();
    if (was_tapped) event->modifiers() & Qt::ShiftModifier ? fitSelection() : fit();
}

void GraphView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool is_key = event->reason() == QContextMenuEvent::Keyboard;
    const QString id = is_key ? d->hub->current() : d->idAt(event->pos());
    if (!id.isEmpty() && !d->hub->contains(id)) d->hub->selectOnly(id);
    const QPoint at = is_key && !id.isEmpty() ? viewport()->mapToGlobal(viewportRect(id).center().toPoint()) : event->globalPos();
    Q_EMIT contextMenuAsked(id, at);
    event->accept();
}

bool GraphView::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = d->toolTipAt(help->pos());
        const QString id = d->idAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, viewport(), viewportRect(id).toRect());
        return true;
    }
    case QEvent::Leave: d->setHovered(-1); break;
    case QEvent::Gesture: {
        const auto* pinch = static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture));
        if (pinch == nullptr) break;
        d->zoomTo(viewport()->mapFromGlobal(pinch->centerPoint()), d->camera.zoom() * pinch->scaleFactor());
        return true;
    }
    case QEvent::NativeGesture: {
        const auto* native = static_cast<QNativeGestureEvent*>(event);
        if (native->gestureType() != Qt::ZoomNativeGesture) break;
        d->zoomTo(native->position(), d->camera.zoom() * (1 + native->value()));
        return true;
    }
    default: break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void GraphView::dragEnterEvent(QDragEnterEvent* event)
{
    if (localFiles(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    d->overlay.is_drop_target = true;
    viewport()->update();
}

void GraphView::dragMoveEvent(QDragMoveEvent* event)
{
    if (d->overlay.is_drop_target) event->acceptProposedAction();
}

void GraphView::dragLeaveEvent(QDragLeaveEvent*)
{
    d->overlay.is_drop_target = false;
    viewport()->update();
}

void GraphView::dropEvent(QDropEvent* event)
{
    d->overlay.is_drop_target = false;
    viewport()->update();
    const QStringList paths = localFiles(event->mimeData());
    if (paths.isEmpty()) return;
    event->acceptProposedAction();
    Q_EMIT filesDropped(paths);
}

void GraphView::focusInEvent(QFocusEvent* event)
{
    // A click shows where the focus is by itself.
    d->overlay.has_focus = event->reason() != Qt::MouseFocusReason;
    viewport()->update();
    announceCurrentNode(*this);
}

void GraphView::focusOutEvent(QFocusEvent*)
{
    d->overlay.has_focus = false;
    d->isSpaceDown = false;
    viewport()->update();
}

} // namespace bitwright
