// SPDX-License-Identifier: GPL-3.0-or-later
/// The open design: model, configuration with its undo history, and the newest results (aesthetics.md 5.6, architecture 4).
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QUndoStack>

#include "project/edit.h"
#include "widgets/change_set.h"
#include "widgets/design_loader.h"
#include "widgets/latest_job.h"

namespace bitwright {

class JobList;

/// All edits go through `edit`; every result arrives by signal, on the GUI thread, which never waits.
/// Selection is no document state.
class Document final : public QObject {
    Q_OBJECT
public:
    explicit Document(JobList* jobs, QObject* parent = nullptr);
    ~Document() override;

    const DesignView& view() const { return m_view; }
    bool hasDesign() const { return m_view.model != nullptr; }
    QUndoStack* undoStack() { return &m_undo; }
    std::shared_ptr<Evaluator> evaluator() const { return m_evaluator; }
    /// What was opened; with the paths of the data in use.
    const OpenRequest& request() const { return m_request; }
    /// Of reading the configuration and the data when the design was opened.
    const Diagnostics& openFindings() const { return m_openFindings; }
    std::uint64_t revision() const { return m_revision; }

    /// Shows @p opened and starts evaluating it; the undo history starts anew, except for a reloaded model.
    void adopt(OpenedDesign opened);
    /// Goes on with other samples; configuration and history stay.
    void adoptData(std::shared_ptr<Evaluator> evaluator, const DatasetPaths& paths);
    void close();
    /// How the emulator runs from the next evaluation on: threads (0: all cores), samples of the first answer.
    void setEvaluation(int threads, std::int64_t firstSamples);

    /// One undo step; edits with the same @p mergeKey that follow each other are one. Without effect when the
    /// configuration stays as it is. Refusals are returned and also signalled.
    Result<void> edit(const Edit& edit, const QString& text, const QString& mergeKey = {});
    /// Drops the results in the making; what is shown stays, marked as stale.
    void stop();
    /// Evaluates the present configuration again.
    void rerun();
    /// Shows changes against the results of this moment from now on.
    void setBaseline();
    /// Exchanges the configuration with the baseline's, as one undo step.
    void swapBaseline();
    /// Whether every result belongs to the present configuration.
    bool isSettled() const;

Q_SIGNALS:
    void designChanged(); ///< another model, or none
    void dataChanged();   ///< other samples or labels for the same model
    void configurationChanged(const ChangeSet& changes);
    void costChanged(const ChangeSet& changes);
    void qualityChanged();
    void statisticsChanged();
    void staleChanged();
    void problemsChanged();
    void editRefused(const QString& sentence, const QString& layer);
    void settled();

private:
    struct CostOutcome {
        std::uint64_t revision = 0;
        DesignView view; ///< layers, lowering, estimate, cost_problem
    };
    struct QualityOutcome {
        std::uint64_t revision = 0;
        std::shared_ptr<const Evaluation> evaluation;
        std::optional<Diagnostic> problem;
    };

    void show(const std::shared_ptr<const Configuration>& configuration);
    void startCost(const ChangeSet& changes);
    void startQuality();
    void takeCost(const CostOutcome& outcome);
    void takeQuality(const QualityOutcome& outcome);
    void qualityFinished();
    void endQualityJob(bool isDone);
    void captureBaseline();
    void markStale();
    void settleIfDone();

    JobList* m_jobs;
    QUndoStack m_undo;
    DesignView m_view;
    OpenRequest m_request;
    Diagnostics m_openFindings;
    std::shared_ptr<Evaluator> m_evaluator;
    std::shared_ptr<const Configuration> m_baselineConfiguration;
    EvaluationOptions m_options;
    std::uint64_t m_revision = 0;
    ChangeSet m_pendingCost; ///< what moved since the last delivered cost
    int m_qualityJobNumber = 0;
    std::uint64_t m_baselineRevision = 0; ///< whose complete evaluation the baseline still waits for; 0: none

    QThreadPool m_costPool;
    QThreadPool m_emulatorPool; ///< one thread that stays: OpenMP keeps a team per calling thread
    LatestJob<CostOutcome> m_costJob;
    LatestJob<QualityOutcome> m_qualityJob;
};

} // namespace bitwright
