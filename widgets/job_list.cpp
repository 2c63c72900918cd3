// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job_list.h"

#include <QLocale>

#include <algorithm>

namespace bitwright {

namespace {

constexpr std::size_t kKept = 100;

QString stateText(JobState state)
{
    switch (state) {
    case JobState::Running: return JobList::tr("running");
    case JobState::Done: return JobList::tr("done");
    case JobState::Failed: return JobList::tr("failed");
    case JobState::Cancelled: return JobList::tr("cancelled");
    }
    return {};
}

} // namespace

JobList::JobList(QObject* parent) : QAbstractTableModel(parent)
{
}

int JobList::begin(const QString& title, std::function<void()> cancel)
{
    if (m_jobs.size() >= kKept && m_jobs.back().state != JobState::Running) {
        const int last = static_cast<int>(m_jobs.size()) - 1;
        beginRemoveRows({}, last, last);
        m_jobs.pop_back();
        endRemoveRows();
    }
    Job job;
    job.number = ++m_lastNumber;
    job.title = title;
    job.cancel = std::move(cancel);
    job.clock.start();
    beginInsertRows({}, 0, 0);
    m_jobs.insert(m_jobs.begin(), std::move(job));
    endInsertRows();
    Q_EMIT activityChanged();
    return m_lastNumber;
}

int JobList::rowOf(int job) const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [job](const Job& entry) { return entry.number == job; });
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

void JobList::changed(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT activityChanged();
}

void JobList::report(int job, const QString& phase, double share)
{
    const int row = rowOf(job);
    if (row < 0)
        return;
    Job& entry = m_jobs[static_cast<std::size_t>(row)];
    entry.phase = phase;
    entry.share = share;
    entry.milliseconds = entry.clock.elapsed();
    changed(row);
}

void JobList::end(int job, JobState state, const QString& outcome)
{
    const int row = rowOf(job);
    if (row < 0 || m_jobs[static_cast<std::size_t>(row)].state != JobState::Running)
        return;
    Job& entry = m_jobs[static_cast<std::size_t>(row)];
    entry.state = state;
    entry.phase = outcome;
    entry.milliseconds = entry.clock.elapsed();
    entry.cancel = {};
    changed(row);
}

void JobList::cancel(int job)
{
    const int row = rowOf(job);
    if (row < 0)
        return;
    if (const auto stop = m_jobs[static_cast<std::size_t>(row)].cancel) {
        stop();
        end(job, JobState::Cancelled);
    }
}

void JobList::cancelAll()
{
    std::vector<int> running;
    for (const Job& job : m_jobs)
        if (job.state == JobState::Running)
            running.push_back(job.number);
    for (const int job : running)
        cancel(job);
}

int JobList::runningCount() const
{
    return static_cast<int>(std::count_if(m_jobs.begin(), m_jobs.end(), [](const Job& job) {
        return job.state == JobState::Running;
    }));
}

const JobList::Job* JobList::newestRunning() const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [](const Job& job) { return job.state == JobState::Running; });
    return found == m_jobs.end() ? nullptr : &*found;
}

QString JobList::activity() const
{
    const Job* job = newestRunning();
    if (!job)
        return {};
    return job->phase.isEmpty() ? job->title : job->title + QStringLiteral(": ") + job->phase;
}

double JobList::activityShare() const
{
    const Job* job = newestRunning();
    return job ? job->share : -1;
}

int JobList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int JobList::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Job& job = m_jobs[static_cast<std::size_t>(index.row())];
    if (role == StateRole)
        return static_cast<int>(job.state);
    if (role == ShareRole)
        return job.share;
    if (role == Qt::ToolTipRole && index.column() == PhaseColumn)
        return job.phase;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TitleColumn: return job.title;
    case PhaseColumn: return job.phase.isEmpty() ? stateText(job.state) : job.phase;
    case ProgressColumn:
        return job.state == JobState::Running && job.share >= 0
                   ? QLocale().toString(job.share * 100, 'f', 0) + QStringLiteral(" %")
                   : stateText(job.state);
    case TimeColumn: return QLocale().toString(static_cast<double>(job.milliseconds) / 1000, 'f', 2);
    default: return {};
    }
}

QVariant JobList::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case TitleColumn: return tr("Job");
    case PhaseColumn: return tr("What happens");
    case ProgressColumn: return tr("State");
    case TimeColumn: return tr("Seconds");
    default: return {};
    }
}

} // namespace bitwright
