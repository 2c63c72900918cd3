// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_view.h"

#include <algorithm>
#include <utility>

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>

#include "widgets/graph_accessible.h"
#include "widgets/graph_minimap.h"
#include "widgets/graph_view_private.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"
#include "widgets/theme.h"

namespace bitwright {
namespace {

constexpr double kZoomStep = 1.25;
constexpr double kLargestFit = 1.0;
constexpr double kLargestSelectionFit = 1.5;
constexpr int kSettleMilliseconds = 60;
constexpr int kMinimapMargin = 12;
constexpr double kSceneMarginPixels = 80;

bool haveEqualIds(const GraphSummary& a, const GraphSummary& b)
{
    return std::ranges::equal(a.nodes, b.nodes, {}, &GraphNode::id, &GraphNode::id);
}

} // namespace

GraphViewPrivate::GraphViewPrivate(GraphView* shown_in, SelectionHub* selection, const Theme* theme)
    : view(shown_in), hub(selection), look(theme)
{
    settle.setSingleShot(true);
    settle.setInterval(kSettleMilliseconds);
}

QRectF GraphViewPrivate::bounds() const
{
    return scene ? QRectF(0, 0, scene->drawing.width, scene->drawing.height) : QRectF();
}

void GraphViewPrivate::takeLook()
{
    picture.setLook(*look, view->font());
    minimap->forgetPicture();
    view->viewport()->update();
}

bool GraphViewPrivate::isSameNetwork(const GraphScene& next) const
{
    return scene && scene->direction == next.direction && haveEqualIds(*scene->summary, *next.summary);
}

/// A network that is too tall or wide to be read as a whole is shown from its start.
void GraphViewPrivate::showWhole()
{
    if (camera.fittingZoom(bounds(), kLargestFit) >= kReadableZoom || bounds().isEmpty()) {
        camera.fit(bounds(), kLargestFit);
    } else {
        const bool is_tall = bounds().height() * camera.viewport().width() > bounds().width() * camera.viewport().height();
        QRectF start = bounds();
        if (is_tall)
            start.setHeight(std::min(start.height(), camera.viewport().height() / kReadableZoom));
        else
            start.setWidth(std::min(start.width(), camera.viewport().width() / kReadableZoom));
        camera.fit(start, kLargestFit);
    }
    cameraMoved(false);
    isFitted = true;
}

void GraphViewPrivate::adopt(std::shared_ptr<const GraphScene> next)
{
    const bool is_same = isSameNetwork(*next);
    // What is current stays where it is on the screen, however much the picture around it changed.
    const std::string anchor = toUtf8(hub->current());
    const GraphPlace* before = is_same ? scene->index.find(anchor) : nullptr;
    const QPointF old_corner = before ? QPointF(before->bounds.x, before->bounds.y) : QPointF();
    scene = std::move(next);
    overlay.hovered = -1;
    picture.setScene(scene);
    minimap->setScene(scene);
    if (!is_same) {
        showWhole();
    } else {
        const GraphPlace* after = scene->index.find(anchor);
        if (before && after)
            camera.setOrigin(camera.origin() + QPointF(after->bounds.x, after->bounds.y) - old_corner);
        cameraMoved(false);
    }
    view->viewport()->update();
    Q_EMIT view->pictureChanged();
}

void GraphViewPrivate::cameraMoved(bool by_user)
{
    if (by_user) isFitted = false;
    syncScrollBars();
    minimap->setView(camera.visible());
    placeMinimap();
    view->viewport()->update();
    Q_EMIT view->zoomChanged(camera.zoom());
}

void GraphViewPrivate::zoomTo(QPointF pixel, double zoom)
{
    camera.zoomAt(pixel, zoom);
    isRough = !picture.isQuick(camera);
    if (isRough) settle.start();
    cameraMoved(true);
}

/// The bars span the network, with some room around it, and what is in view.
void GraphViewPrivate::syncScrollBars()
{
    QScrollBar* const bars[] = {view->horizontalScrollBar(), view->verticalScrollBar()};
    if (bars[0]->isSliderDown() || bars[1]->isSliderDown()) return;
    isSyncing = true;
    QRectF network = camera.toPixels(bounds());
    const QRectF seen(QPointF(0, 0), camera.viewport());
    const auto span = [](QScrollBar* bar, double low, double high, double from, double to) {
        const bool is_inside = low >= from && high <= to;
        const int lowest = is_inside ? 0 : static_cast<int>(std::min(low - kSceneMarginPixels, from));
        const int highest = is_inside ? 0 : static_cast<int>(std::max(high + kSceneMarginPixels, to) - (to - from));
        bar->setPageStep(static_cast<int>(to - from));
        bar->setSingleStep(40);
        bar->setRange(lowest, std::max(lowest, highest));
        bar->setValue(0);
    };
    span(bars[0], network.left(), network.right(), seen.left(), seen.right());
    span(bars[1], network.top(), network.bottom(), seen.top(), seen.bottom());
    isSyncing = false;
}

void GraphViewPrivate::placeMinimap()
{
    const QSize room = view->viewport()->size();
    const bool is_useful = hasNodes() && !camera.visible().contains(bounds()) && room.width() > 2 * minimap->width() &&
                           room.height() > 2 * minimap->height();
    minimap->setVisible(isMinimapWanted && is_useful);
    minimap->move(room.width() - minimap->width() - kMinimapMargin, room.height() - minimap->height() - kMinimapMargin);
}

GraphView::GraphView(SelectionHub* hub, const Theme* theme, QWidget* parent)
    : QAbstractScrollArea(parent), d(std::make_unique<GraphViewPrivate>(this, hub, theme))
{
    installGraphAccessibility();
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Network graph"));
    setAccessibleDescription(tr("Arrow keys walk along the network, Enter edits, Tab leaves."));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->grabGesture(Qt::PinchGesture);
    setMinimumSize(160, 120);
    d->minimap = new GraphMinimap(&d->picture.painter(), viewport());
    d->takeLook();
    d->placeMinimap();

    connect(&d->settle, &QTimer::timeout, this, [this] {
        d->isRough = false;
        viewport()->update();
    });
    for (const QScrollBar* bar : {horizontalScrollBar(), verticalScrollBar()})
        connect(bar, &QScrollBar::sliderReleased, this, [this] { d->syncScrollBars(); });
    connect(&d->builder, &GraphSceneBuilder::ready, this,
            [this](const std::shared_ptr<const GraphScene>& scene) { d->adopt(scene); });
    connect(theme, &Theme::changed, this, [this] { d->takeLook(); });
    connect(hub, &SelectionHub::selectionChanged, viewport(), qOverload<>(&QWidget::update));
    connect(hub, &SelectionHub::currentChanged, this, [this] {
        viewport()->update();
        announceCurrentNode(*this);
    });
    connect(d->minimap, &GraphMinimap::centreAsked, this, [this](const QPointF& point) {
        d->camera.centreOn(point);
        d->cameraMoved(true);
    });
    connect(d->minimap, &GraphMinimap::zoomAsked, this, [this](int steps) { steps > 0 ? zoomIn() : zoomOut(); });
}

GraphView::~GraphView() = default;

void GraphView::setSummary(std::shared_ptr<const GraphSummary> summary)
{
    d->requested = std::move(summary);
    if (d->requested) {
        d->builder.request(d->requested, d->direction);
        return;
    }
    d->builder.cancel();
    d->scene.reset();
    d->overlay.hovered = -1;
    d->picture.setScene(nullptr);
    d->minimap->setScene(nullptr);
    d->cameraMoved(false);
    Q_EMIT pictureChanged();
}

std::shared_ptr<const GraphSummary> GraphView::summary() const
{
    return d->requested;
}

std::shared_ptr<const GraphScene> GraphView::scene() const
{
    return d->scene;
}

SelectionHub* GraphView::selection() const
{
    return d->hub;
}

bool GraphView::isUpToDate() const
{
    return (d->scene ? d->scene->summary : nullptr) == d->requested;
}

void GraphView::setStale(bool costs, bool statistics)
{
    d->stale = {costs, statistics};
    d->picture.setStale(d->stale);
    viewport()->update();
}

void GraphView::setSearchHits(const QStringList& ids)
{
    d->overlay.hits = ids;
    viewport()->update();
}

void GraphView::setDirection(LayoutDirection direction)
{
    if (direction == d->direction) return;
    d->direction = direction;
    if (d->requested) d->builder.request(d->requested, direction);
}

LayoutDirection GraphView::direction() const
{
    return d->direction;
}

void GraphView::setMinimapVisible(bool is_visible)
{
    if (is_visible == d->isMinimapWanted) return;
    d->isMinimapWanted = is_visible;
    d->placeMinimap();
    Q_EMIT minimapToggled(is_visible);
}

bool GraphView::isMinimapVisible() const
{
    return d->isMinimapWanted;
}

void GraphView::setWheelScrolls(bool scrolls)
{
    d->wheelScrolls = scrolls;
}

double GraphView::zoom() const
{
    return d->camera.zoom();
}

void GraphView::setZoom(double zoom)
{
    d->zoomTo(QRectF(viewport()->rect()).center(), zoom);
}

void GraphView::zoomIn()
{
    setZoom(zoom() * kZoomStep);
}

void GraphView::zoomOut()
{
    setZoom(zoom() / kZoomStep);
}

void GraphView::resetZoom()
{
    setZoom(1);
}

void GraphView::fit()
{
    d->camera.fit(d->bounds(), kLargestFit);
    d->cameraMoved(false);
    d->isFitted = true;
}

void GraphView::fitSelection()
{
    if (!d->scene) return;
    QRectF box;
    for (const QString& id : d->hub->selected())
        if (const GraphPlace* place = d->scene->index.find(toUtf8(id)))
            box |= qtRectangle(place->bounds);
    if (box.isNull()) return;
    d->camera.fit(box, kLargestSelectionFit);
    d->cameraMoved(true);
}

void GraphView::reveal(const QString& id)
{
    const GraphPlace* place = d->scene ? d->scene->index.find(toUtf8(id)) : nullptr;
    if (place == nullptr) return;
    const QPointF before = d->camera.origin();
    d->camera.reveal(qtRectangle(place->bounds));
    if (d->camera.origin() != before) d->cameraMoved(true);
}

QString GraphView::idAt(const QPoint& position) const
{
    return d->idAt(position);
}

QRectF GraphView::viewportRect(const QString& id) const
{
    const GraphPlace* place = d->scene ? d->scene->index.find(toUtf8(id)) : nullptr;
    if (place == nullptr) return {};
    return d->camera.toPixels(qtRectangle(place->bounds));
}

QPointF GraphView::mapToDrawing(const QPointF& position) const
{
    return d->camera.toDrawing(position);
}

QPointF GraphView::mapFromDrawing(const QPointF& point) const
{
    return d->camera.toPixels(point);
}

void GraphView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setFont(font());
    const QRectF area = viewport()->rect();
    const GraphPainter& painted = d->picture.painter();
    if (!d->hasNodes()) {
        paintEmptyState(painter, area, d->overlay.is_drop_target, painted);
    } else {
        if (!d->picture.draw(painter, d->camera, devicePixelRatioF(), d->isRough) && !d->settle.isActive())
            d->settle.start();
        d->overlay.selected = d->hub->selected();
        d->overlay.current = d->hub->current();
        paintOverlay(painter, d->overlay, *d->scene, d->camera, painted);
    }
    paintFrame(painter, area, d->overlay, painted);
}

void GraphView::resizeEvent(QResizeEvent*)
{
    d->camera.setViewport(viewport()->size());
    if (d->isFitted && d->hasNodes())
        d->showWhole();
    else
        d->cameraMoved(false);
}

void GraphView::scrollContentsBy(int dx, int dy)
{
    if (d->isSyncing) return;
    d->camera.pan({static_cast<double>(dx), static_cast<double>(dy)});
    d->cameraMoved(true);
}

void GraphView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) d->takeLook();
}

} // namespace bitwright
