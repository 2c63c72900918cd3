// SPDX-License-Identifier: GPL-3.0-or-later
/// Keeps the canvas showing the document: summaries are made on a worker, the newest wins.
#pragma once

#include <memory>

#include <QObject>
#include <QThreadPool>

#include "layout/graph_drawing.h"
#include "widgets/latest_job.h"

namespace bitwright {

class Document;
class GraphView;

class CanvasBinding final : public QObject {
    Q_OBJECT
public:
    CanvasBinding(Document* document, GraphView* view, QObject* parent = nullptr);
    ~CanvasBinding() override;

    /// Whether the canvas shows the newest state of the document.
    bool isUpToDate() const;

private:
    using Summary = std::shared_ptr<const GraphSummary>;

    void request();

    Document* m_document;
    GraphView* m_view;
    QThreadPool m_pool;
    LatestJob<Summary> m_job;
};

} // namespace bitwright
