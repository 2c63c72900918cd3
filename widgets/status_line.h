// SPDX-License-Identifier: GPL-3.0-or-later
/// The status bar: what is selected, whether all is current, zoom, and the work in the background.
#pragma once

#include <QStatusBar>

class QLabel;
class QProgressBar;
class QToolButton;

namespace bitwright {

class Document;
class JobList;
class SelectionHub;

class StatusLine final : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(Document* document, SelectionHub* selection, JobList* jobs, QWidget* parent = nullptr);

    void setZoom(double zoom);
    void setZoomVisible(bool isVisible);
    void setProblemCount(int errors, int warnings);
    QString stateText() const;

Q_SIGNALS:
    void problemsAsked();

private:
    void refreshSelection();
    void refreshState();
    void refreshActivity();

    Document* m_document;
    SelectionHub* m_selection;
    JobList* m_jobs;
    QLabel* m_selectionText;
    QLabel* m_state;
    QToolButton* m_problems;
    QLabel* m_zoom;
    QLabel* m_activity;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
};

} // namespace bitwright
