// SPDX-License-Identifier: GPL-3.0-or-later
// Accuracy, agreement with the reference, and the estimate.
#include "model_work.h"
#include "result_text.h"
#include "verbs.h"

namespace bitwright::cli {

int runEvaluate(const Arguments& arguments, Session& session)
{
    Result<Work> work = openWork(arguments, session, DataNeed::OrSynthetic);
    if (!work) return session.fail(work.error());
    EvaluationOptions options;
    options.wants_statistics = arguments.wants_statistics;
    options.preview_samples = 0;
    options.threads = arguments.threads;
    const Result<std::shared_ptr<const Lowering>> lowering = lowerWork(*work, session);
    if (!lowering) return session.fail(lowering.error());
    const Result<Evaluation> evaluation = work->evaluator->evaluate(work->configuration, options, session.stop());
    if (!evaluation) return session.fail(evaluation.error());

    session.json()["data"] = work->data->description;
    session.json()["is_synthetic"] = evaluation->is_synthetic;
    session.json()["seconds"] = evaluation->seconds;
    session.line("data                {}", work->data->description);
    reportQuality(session, evaluation->quality);
    if (options.wants_statistics) reportValues(session, evaluation->values);

    const Result<std::shared_ptr<const Estimate>> cost = work->evaluator->estimate(work->configuration);
    if (!cost) {
        session.report(cost.error());
        session.json()["estimate"] = nullptr;
        return kOk;
    }
    session.report((*cost)->findings);
    session.json()["estimate"] = toJson(**cost);
    session.line("");
    printEstimate(session, **cost);
    return kOk;
}

} // namespace bitwright::cli
