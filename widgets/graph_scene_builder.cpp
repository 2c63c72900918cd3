// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_scene_builder.h"

#include <utility>

namespace bitwright {
namespace {

/// Networks up to here are laid out and drawn in about a millisecond.
constexpr std::size_t kSmallNetwork = 150;

std::shared_ptr<const GraphScene> buildScene(std::shared_ptr<const GraphSummary> summary, LayoutDirection direction,
                                             const std::stop_token& stop)
{
    GraphDrawingOptions options;
    options.direction = direction;
    options.stop = stop;
    Drawing drawing = drawGraph(*summary, options);
    if (!drawing.is_complete) return nullptr;
    return std::make_shared<const GraphScene>(std::move(summary), std::move(drawing), direction);
}

} // namespace

GraphSceneBuilder::GraphSceneBuilder(QObject* parent)
    : QObject(parent), m_job(&m_pool, [this](std::shared_ptr<const GraphScene> scene) { Q_EMIT ready(std::move(scene)); })
{
    m_pool.setMaxThreadCount(1);
}

void GraphSceneBuilder::request(std::shared_ptr<const GraphSummary> summary, LayoutDirection direction)
{
    m_job.cancel();
    if (summary->nodes.size() <= kSmallNetwork) {
        Q_EMIT ready(buildScene(std::move(summary), direction, {}));
        return;
    }
    m_job.start([summary = std::move(summary), direction](const std::stop_token& stop, const auto& emitScene) {
        if (auto scene = buildScene(summary, direction, stop)) emitScene(std::move(scene));
    });
}

} // namespace bitwright
