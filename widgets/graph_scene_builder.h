// SPDX-License-Identifier: GPL-3.0-or-later
/// Lays out and draws networks away from the GUI thread; the newest request wins.
#pragma once

#include <memory>

#include <QObject>
#include <QThreadPool>

#include "layout/graph_drawing.h"
#include "widgets/graph_scene.h"
#include "widgets/latest_job.h"

namespace bitwright {

class GraphSceneBuilder final : public QObject {
    Q_OBJECT
public:
    explicit GraphSceneBuilder(QObject* parent = nullptr);

    /// Small networks are ready before this returns, large ones later; either way by `ready`.
    void request(std::shared_ptr<const GraphSummary> summary, LayoutDirection direction);
    /// Whether a request is still being worked on.
    bool isBusy() const { return m_job.isRunning(); }
    void cancel() { m_job.cancel(); }

Q_SIGNALS:
    void ready(std::shared_ptr<const bitwright::GraphScene> scene);

private:
    QThreadPool m_pool; ///< its own, so that no other work delays the picture
    LatestJob<std::shared_ptr<const GraphScene>> m_job;
};

} // namespace bitwright
