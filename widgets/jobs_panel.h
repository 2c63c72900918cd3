// SPDX-License-Identifier: GPL-3.0-or-later
/// The panel of background work, with a way to stop each piece.
#pragma once

#include <QWidget>

class QTreeView;

namespace bitwright {

class JobList;

class JobsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit JobsPanel(JobList* jobs, QWidget* parent = nullptr);

private:
    JobList* m_jobs;
    QTreeView* m_view;
};

} // namespace bitwright
