// SPDX-License-Identifier: GPL-3.0-or-later
/// What runs in the background and what ran before: the Jobs panel and the status bar read it (gui.md 3.3).
#pragma once

#include <functional>
#include <vector>

#include <QAbstractTableModel>
#include <QElapsedTimer>

namespace bitwright {

enum class JobState { Running, Done, Failed, Cancelled };

class JobList final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TitleColumn, PhaseColumn, ProgressColumn, TimeColumn, ColumnCount };
    enum Role { StateRole = Qt::UserRole, ShareRole };

    explicit JobList(QObject* parent = nullptr);

    /// @p cancel may be empty for work that cannot be stopped. @return the job's number
    int begin(const QString& title, std::function<void()> cancel = {});
    /// @p share between 0 and 1; negative: unknown.
    void report(int job, const QString& phase, double share = -1);
    void end(int job, JobState state, const QString& outcome = {});
    void cancel(int job);
    void cancelAll();

    int runningCount() const;
    /// Title and phase of the newest running job; empty when idle.
    QString activity() const;
    /// Share of the newest running job, negative when unknown.
    double activityShare() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    int jobAt(int row) const { return m_jobs[static_cast<std::size_t>(row)].number; }

Q_SIGNALS:
    void activityChanged();

private:
    struct Job {
        int number = 0;
        QString title;
        QString phase;
        double share = -1;
        JobState state = JobState::Running;
        qint64 milliseconds = 0;
        QElapsedTimer clock;
        std::function<void()> cancel;
    };
    int rowOf(int job) const;
    void changed(int row);
    const Job* newestRunning() const;

    std::vector<Job> m_jobs; ///< newest first, at most kKept finished ones
    int m_lastNumber = 0;
};

} // namespace bitwright
