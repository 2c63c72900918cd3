// SPDX-License-Identifier: GPL-3.0-or-later
// Resources and timing per layer and in total.
#include "model_work.h"
#include "result_text.h"
#include "verbs.h"

namespace bitwright::cli {

int runEstimate(const Arguments& arguments, Session& session)
{
    Result<Work> work = openWork(arguments, session, DataNeed::None);
    if (!work) return session.fail(work.error());
    const Result<std::shared_ptr<const Lowering>> lowering = lowerWork(*work, session);
    if (!lowering) return session.fail(lowering.error());
    const Result<std::shared_ptr<const Estimate>> cost = work->evaluator->estimate(work->configuration);
    if (!cost) return session.fail(cost.error());
    session.report((*cost)->findings);
    session.json().update(toJson(**cost));
    printEstimate(session, **cost);
    return kOk;
}

} // namespace bitwright::cli
