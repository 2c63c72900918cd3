// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs_panel.h"

#include "widgets/job_list.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitwright {

JobsPanel::JobsPanel(JobList* jobs, QWidget* parent) : QWidget(parent), m_jobs(jobs), m_view(new QTreeView)
{
    m_view->setModel(jobs);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAccessibleName(tr("Jobs"));
    m_view->setFrameShape(QFrame::NoFrame);
    const int character = fontMetrics().averageCharWidth();
    m_view->setColumnWidth(JobList::TitleColumn, character * 40);
    m_view->setColumnWidth(JobList::PhaseColumn, character * 50);
    auto* stop = new QPushButton(tr("Stop"));
    auto* stopAll = new QPushButton(tr("Stop all"));
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(6, 4, 6, 4);
    buttons->addWidget(stop);
    buttons->addWidget(stopAll);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addLayout(buttons);
    const auto refresh = [this, stop, stopAll] {
        const QModelIndex row = m_view->currentIndex();
        stop->setEnabled(row.isValid() && row.data(JobList::StateRole).toInt() == static_cast<int>(JobState::Running));
        stopAll->setEnabled(m_jobs->runningCount() > 0);
    };
    connect(jobs, &JobList::activityChanged, this, refresh);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, refresh);
    connect(stop, &QPushButton::clicked, this, [this] {
        if (m_view->currentIndex().isValid())
            m_jobs->cancel(m_jobs->jobAt(m_view->currentIndex().row()));
    });
    connect(stopAll, &QPushButton::clicked, jobs, &JobList::cancelAll);
    refresh();
}

} // namespace bitwright
