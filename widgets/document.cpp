// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document.h"

#include "widgets/configuration_step.h"
#include "widgets/job_list.h"
#include "widgets/text.h"

namespace bitwright {

namespace {

ChangeSet differences(const Configuration& before, const Configuration& after)
{
    if (before.differsModelWide(after))
        return ChangeSet::everything();
    return {after.changedLayers(before), false};
}

void configurePool(QThreadPool& pool)
{
    pool.setMaxThreadCount(1);
    pool.setExpiryTimeout(-1);
}

} // namespace

Document::Document(JobList* jobs, QObject* parent)
    : QObject(parent), m_jobs(jobs),
      m_costJob(&m_costPool, [this](const CostOutcome& outcome) { takeCost(outcome); }),
      m_qualityJob(&m_emulatorPool, [this](const QualityOutcome& outcome) { takeQuality(outcome); },
                   [this] { qualityFinished(); })
{
    configurePool(m_costPool);
    configurePool(m_emulatorPool);
}

Document::~Document()
{
    m_undo.disconnect(); // it reports its own clearing when it goes
    m_costJob.cancel();
    m_qualityJob.cancel();
}

void Document::adopt(OpenedDesign opened)
{
    stop();
    const bool isReload = opened.request.is_reload && hasDesign();
    const auto present = m_view.configuration;
    if (!isReload)
        m_undo.clear();
    m_evaluator = std::move(opened.evaluator);
    m_request = std::move(opened.request);
    m_request.recovered.reset();
    m_openFindings = std::move(opened.findings);
    m_view = std::move(opened.view);
    ++m_revision;
    captureBaseline();
    Q_EMIT designChanged();
    Q_EMIT problemsChanged();
    if (isReload && *present != *m_view.configuration)
        show(present); // edited while the file was read
    else
        startQuality();
}

void Document::adoptData(std::shared_ptr<Evaluator> evaluator, const DatasetPaths& paths)
{
    m_evaluator = std::move(evaluator);
    m_request.data = paths;
    m_view.data = m_evaluator->data();
    m_view.statistics = nullptr;
    m_view.evaluation = nullptr;
    ++m_revision;
    captureBaseline();
    Q_EMIT dataChanged();
    Q_EMIT qualityChanged();
    Q_EMIT statisticsChanged();
    startCost(ChangeSet::everything());
}

void Document::close()
{
    stop();
    m_undo.clear();
    m_evaluator = nullptr;
    m_baselineConfiguration = nullptr;
    m_view = {};
    m_request = {};
    m_openFindings.clear();
    ++m_revision;
    Q_EMIT designChanged();
    Q_EMIT problemsChanged();
}

Result<void> Document::edit(const Edit& edit, const QString& text, const QString& mergeKey)
{
    if (!hasDesign())
        return {};
    Result<Configuration> after = applyEdit(*m_view.configuration, edit);
    if (!after) {
        const auto* where = std::get_if<LayerLocation>(&after.error().where);
        Q_EMIT editRefused(toQString(after.error().message()), where ? toQString(where->layer) : QString());
        return after.error();
    }
    if (*after == *m_view.configuration)
        return {};
    m_undo.push(new ConfigurationStep(text, m_view.configuration,
                                      std::make_shared<const Configuration>(*std::move(after)), mergeKey,
                                      [this](const auto& configuration) { show(configuration); }));
    return {};
}

void Document::show(const std::shared_ptr<const Configuration>& configuration)
{
    const ChangeSet changes = differences(*m_view.configuration, *configuration);
    m_view.configuration = configuration;
    ++m_revision;
    Q_EMIT configurationChanged(changes);
    startCost(changes);
}

void Document::startCost(const ChangeSet& changes)
{
    m_pendingCost.is_everything |= changes.is_everything;
    m_pendingCost.layers.insert(changes.layers.begin(), changes.layers.end());
    m_qualityJob.cancel();
    endQualityJob(false);
    m_view.is_cost_stale = true;
    markStale();
    m_costJob.start([evaluator = m_evaluator, configuration = m_view.configuration,
                     revision = m_revision](std::stop_token, const LatestJob<CostOutcome>::Emit& emit) {
        CostOutcome outcome;
        outcome.revision = revision;
        outcome.view.configuration = configuration;
        refreshCost(*evaluator, outcome.view);
        emit(std::move(outcome));
    });
}

void Document::takeCost(const CostOutcome& outcome)
{
    if (outcome.view.layers)
        m_view.layers = outcome.view.layers;
    m_view.lowering = outcome.view.lowering;
    m_view.estimate = outcome.view.estimate;
    m_view.cost_problem = outcome.view.cost_problem;
    m_view.is_cost_stale = false;
    const ChangeSet changes = std::exchange(m_pendingCost, {});
    Q_EMIT costChanged(changes);
    Q_EMIT staleChanged();
    Q_EMIT problemsChanged();
    startQuality();
}

void Document::startQuality()
{
    m_qualityJob.cancel();
    endQualityJob(false);
    if (!m_view.lowering || !m_view.lowering->circuit || !m_view.data) {
        m_view.evaluation = nullptr;
        m_view.statistics = nullptr;
        m_view.is_quality_stale = m_view.is_statistics_stale = false;
        Q_EMIT qualityChanged();
        Q_EMIT statisticsChanged();
        settleIfDone();
        return;
    }
    markStale();
    m_qualityJobNumber = m_jobs->begin(tr("Emulate"), [this] { stop(); });
    m_jobs->report(m_qualityJobNumber, toQString(m_view.data->description));
    EvaluationOptions options = m_options;
    options.revision = m_revision;
    m_qualityJob.start([evaluator = m_evaluator, configuration = m_view.configuration,
                        options](std::stop_token stop, const LatestJob<QualityOutcome>::Emit& emit) {
        const auto hand = [&](const Evaluation& evaluation) {
            emit({options.revision, std::make_shared<const Evaluation>(evaluation), {}});
        };
        const Result<Evaluation> last = evaluator->evaluate(*configuration, options, stop, hand);
        if (last)
            hand(*last);
        else
            emit({options.revision, nullptr, last.error()});
    });
}

void Document::takeQuality(const QualityOutcome& outcome)
{
    m_view.quality_problem = outcome.problem;
    if (outcome.problem) {
        m_view.evaluation = nullptr;
        m_view.statistics = nullptr;
    } else {
        m_view.evaluation = outcome.evaluation;
    }
    m_view.is_quality_stale = false;
    if (outcome.problem || outcome.evaluation->hasStatistics()) {
        m_view.statistics = outcome.evaluation;
        m_view.is_statistics_stale = false;
        if (outcome.revision == m_baselineRevision && outcome.evaluation) {
            m_baselineRevision = 0;
            m_view.baseline_evaluation = outcome.evaluation;
        }
        Q_EMIT statisticsChanged();
    }
    Q_EMIT qualityChanged();
    Q_EMIT staleChanged();
    Q_EMIT problemsChanged();
}

void Document::qualityFinished()
{
    endQualityJob(true);
    settleIfDone();
}

void Document::endQualityJob(bool isDone)
{
    const int job = std::exchange(m_qualityJobNumber, 0);
    if (job == 0)
        return;
    const bool hasFailed = m_view.quality_problem.has_value();
    const JobState state = !isDone ? JobState::Cancelled : hasFailed ? JobState::Failed : JobState::Done;
    QString outcome;
    if (!isDone)
        outcome = tr("superseded by a newer edit");
    else if (hasFailed)
        outcome = toQString(m_view.quality_problem->message());
    else if (m_view.evaluation)
        outcome = tr("%1 samples").arg(countText(static_cast<double>(m_view.evaluation->samples)));
    m_jobs->end(job, state, outcome);
}

void Document::stop()
{
    m_costJob.cancel();
    m_qualityJob.cancel();
    endQualityJob(false);
    if (hasDesign())
        Q_EMIT staleChanged();
}

void Document::setEvaluation(int threads, std::int64_t firstSamples)
{
    m_options.threads = threads;
    m_options.preview_samples = firstSamples;
}

void Document::rerun()
{
    if (hasDesign())
        startCost({});
}

void Document::markStale()
{
    m_view.is_quality_stale = m_view.evaluation != nullptr;
    m_view.is_statistics_stale = m_view.statistics != nullptr;
    Q_EMIT staleChanged();
}

void Document::setBaseline()
{
    if (!hasDesign())
        return;
    captureBaseline();
    Q_EMIT costChanged(ChangeSet::everything());
    Q_EMIT qualityChanged();
}

void Document::captureBaseline()
{
    m_baselineConfiguration = m_view.configuration;
    m_view.baseline_estimate = m_view.estimate;
    const bool isCurrent = m_view.statistics && !m_view.is_statistics_stale;
    m_view.baseline_evaluation = isCurrent ? m_view.statistics : nullptr;
    m_baselineRevision = isCurrent ? 0 : m_revision;
}

void Document::swapBaseline()
{
    if (!hasDesign() || !m_baselineConfiguration)
        return;
    const auto present = m_view.configuration;
    const auto estimate = m_view.estimate;
    const auto evaluation = m_view.is_statistics_stale ? nullptr : m_view.statistics;
    const auto target = std::exchange(m_baselineConfiguration, present);
    m_view.baseline_estimate = estimate;
    m_view.baseline_evaluation = evaluation;
    m_baselineRevision = 0;
    (void)edit(ReplaceConfiguration{*target}, tr("Swap with the compared state"));
}

bool Document::isSettled() const
{
    return !m_view.is_cost_stale && !m_costJob.isRunning() && !m_qualityJob.isRunning();
}

void Document::settleIfDone()
{
    if (isSettled())
        Q_EMIT settled();
}

} // namespace bitwright
