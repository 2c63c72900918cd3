// SPDX-License-Identifier: GPL-3.0-or-later
/// The canvas: shows a GraphSummary, scrolls, zooms, hits and selects. It paints Drawings and computes nothing.
#pragma once

#include <memory>

#include <QAbstractScrollArea>
#include <QStringList>

#include "layout/graph_drawing.h"

namespace bitwright {

class SelectionHub;
class Theme;
class GraphScene;
class GraphViewPrivate;

class GraphView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// @p hub and @p theme outlive the view.
    GraphView(SelectionHub* hub, const Theme* theme, QWidget* parent = nullptr);
    ~GraphView() override;

    /// Shows @p summary (null: the empty state). Large graphs are laid out in the background: the old picture stays
    /// until the new one is ready. A new network (other ids) is fitted into view; an edited one keeps the position.
    void setSummary(std::shared_ptr<const GraphSummary> summary);
    std::shared_ptr<const GraphSummary> summary() const;
    std::shared_ptr<const GraphScene> scene() const; ///< what is painted; null for none
    SelectionHub* selection() const;
    /// Whether the picture shown is that of the last summary.
    bool isUpToDate() const;

    /// Which kinds of content are being recomputed and therefore look stale.
    void setStale(bool costs, bool statistics);
    /// Ids drawn with the ring of a search hit.
    void setSearchHits(const QStringList& ids);
    void setDirection(LayoutDirection direction);
    LayoutDirection direction() const;
    void setMinimapVisible(bool is_visible);
    bool isMinimapVisible() const;

    double zoom() const; ///< device-independent pixels per drawing unit
    void setZoom(double zoom);
    void zoomIn();
    void zoomOut();
    void fit();
    void fitSelection();
    void resetZoom(); ///< 100 %
    /// Whether the wheel scrolls, and zooms with Ctrl alone. Off: it zooms at the cursor.
    void setWheelScrolls(bool scrolls);
    /// Scrolls so that @p id is in view; does nothing where it is.
    void reveal(const QString& id);

    /// Id at a viewport position, empty for none.
    QString idAt(const QPoint& position) const;
    /// Box of @p id in viewport coordinates; null where there is none.
    QRectF viewportRect(const QString& id) const;
    QPointF mapToDrawing(const QPointF& position) const;
    QPointF mapFromDrawing(const QPointF& point) const;

Q_SIGNALS:
    void zoomChanged(double zoom);
    void minimapToggled(bool is_visible); ///< wanted, whether or not there is room for it
    void pictureChanged(); ///< a newly laid out picture is shown
    void activated(const QString& id); ///< Enter or double click
    void contextMenuAsked(const QString& id, const QPoint& globalPosition); ///< empty id: over the background
    void hoverChanged(const QString& id);
    void filesDropped(const QStringList& paths);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend class GraphViewPrivate;
    std::unique_ptr<GraphViewPrivate> d;
};

} // namespace bitwright
