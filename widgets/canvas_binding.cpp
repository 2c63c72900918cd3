// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas_binding.h"

#include "evaluation/graph_summary.h"
#include "widgets/document.h"
#include "widgets/graph_view.h"

namespace bitwright {

namespace {

std::shared_ptr<const GraphSummary> summarise(const DesignView& view)
{
    GraphSummarySources sources;
    sources.model = view.normal_form.get();
    sources.layers = view.layers.get();
    sources.configuration = view.configuration.get();
    sources.initial = view.initial.get();
    sources.lowering = view.lowering.get();
    sources.estimate = view.estimate.get();
    if (view.statistics)
        for (const Layer& layer : *view.layers)
            if (const ValueReport* report = view.statistics->ofLayer(layer.id); report && report->sqnr_db)
                sources.sqnr_db[layer.id] = *report->sqnr_db;
    return std::make_shared<const GraphSummary>(summariseGraph(sources));
}

} // namespace

CanvasBinding::CanvasBinding(Document* document, GraphView* view, QObject* parent)
    : QObject(parent), m_document(document), m_view(view),
      m_job(&m_pool, [this](const Summary& summary) { m_view->setSummary(summary); })
{
    m_pool.setMaxThreadCount(1);
    const auto changed = [this] { request(); };
    connect(document, &Document::designChanged, this, changed);
    connect(document, &Document::configurationChanged, this, changed);
    connect(document, &Document::costChanged, this, changed);
    connect(document, &Document::statisticsChanged, this, changed);
    connect(document, &Document::staleChanged, this, [this] {
        const DesignView& shown = m_document->view();
        m_view->setStale(shown.is_cost_stale, shown.is_statistics_stale);
    });
}

CanvasBinding::~CanvasBinding()
{
    m_job.cancel();
}

bool CanvasBinding::isUpToDate() const
{
    return !m_job.isRunning() && m_view->isUpToDate();
}

void CanvasBinding::request()
{
    if (!m_document->view().layers) {
        m_job.cancel();
        m_view->setSummary(nullptr);
        return;
    }
    m_job.start([view = m_document->view()](std::stop_token, const LatestJob<Summary>::Emit& emit) { emit(summarise(view)); });
}

} // namespace bitwright
