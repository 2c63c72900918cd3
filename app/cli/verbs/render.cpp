// SPDX-License-Identifier: GPL-3.0-or-later
// The graph drawing as SVG, without a display.
#include "evaluation/graph_summary.h"
#include "exporters/svg.h"
#include "layout/graph_drawing.h"
#include "layout/grouping.h"
#include "model_work.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "verbs.h"

namespace bitwright::cli {

int runRender(const Arguments& arguments, Session& session)
{
    const Result<Work> work = openWork(arguments, session, DataNeed::None);
    if (!work) return session.fail(work.error());
    Evaluator& evaluator = *work->evaluator;
    const Result<std::vector<Layer>> layers = evaluator.layers(work->configuration);
    if (!layers) return session.fail(layers.error());
    GraphSummarySources sources;
    sources.model = evaluator.normalModel().get();
    sources.layers = &*layers;
    sources.configuration = &work->configuration;
    const Result<std::shared_ptr<const Lowering>> lowering = evaluator.lower(work->configuration);
    if (lowering) sources.lowering = lowering->get();
    const Result<std::shared_ptr<const Estimate>> cost = evaluator.estimate(work->configuration);
    if (cost) sources.estimate = cost->get(); // a model that cannot be built is drawn without costs
    GraphDrawingOptions options;
    options.stop = session.stop();
    const std::string svg = writeSvg(drawGraph(overviewOf(summariseGraph(sources)), options));
    if (session.stop().stop_requested()) return session.fail({DiagnosticCode::Cancelled, {"Drawing"}});
    if (const Result<void> written = writeFileAtomically(arguments.out, svg); !written) return session.fail(written.error());
    session.json()["path"] = arguments.out;
    session.json()["bytes"] = svg.size();
    session.line("{}", arguments.out);
    return kOk;
}

} // namespace bitwright::cli
