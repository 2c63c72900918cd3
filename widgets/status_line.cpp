// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/status_line.h"

#include "widgets/document.h"
#include "widgets/icons.h"
#include "widgets/job_list.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

namespace bitwright {

StatusLine::StatusLine(Document* document, SelectionHub* selection, JobList* jobs, QWidget* parent)
    : QStatusBar(parent), m_document(document), m_selection(selection), m_jobs(jobs), m_selectionText(new QLabel),
      m_state(new QLabel), m_problems(new QToolButton), m_zoom(new QLabel), m_activity(new QLabel), m_bar(new QProgressBar),
      m_cancel(new QToolButton)
{
    m_bar->setFixedWidth(110);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(12);
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(themedIcon(QStringLiteral("cancel")));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop the work that runs in the background."));
    m_problems->setAutoRaise(true);
    m_problems->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_problems->hide();
    m_state->setObjectName(QStringLiteral("stateLabel"));
    addWidget(m_selectionText, 1);
    for (QWidget* part : {static_cast<QWidget*>(m_activity), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel),
                          static_cast<QWidget*>(m_problems), static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_zoom)})
        addPermanentWidget(part);
    connect(m_cancel, &QToolButton::clicked, jobs, &JobList::cancelAll);
    connect(m_problems, &QToolButton::clicked, this, &StatusLine::problemsAsked);
    connect(jobs, &JobList::activityChanged, this, &StatusLine::refreshActivity);
    connect(selection, &SelectionHub::selectionChanged, this, &StatusLine::refreshSelection);
    for (const auto signal : {&Document::designChanged, &Document::staleChanged, &Document::qualityChanged, &Document::settled})
        connect(document, signal, this, &StatusLine::refreshState);
    connect(document, &Document::costChanged, this, &StatusLine::refreshSelection);
    connect(document, &Document::designChanged, this, &StatusLine::refreshSelection);
    refreshActivity();
    refreshState();
}

void StatusLine::setZoom(double zoom)
{
    m_zoom->setText(QLocale().toString(zoom * 100, 'f', 0) + QStringLiteral(" %"));
}

void StatusLine::setZoomVisible(bool isVisible)
{
    m_zoom->setVisible(isVisible);
}

void StatusLine::setProblemCount(int errors, int warnings)
{
    m_problems->setVisible(errors + warnings > 0);
    m_problems->setIcon(themedIcon(errors > 0 ? QStringLiteral("error") : QStringLiteral("warning")));
    m_problems->setText(QString::number(errors > 0 ? errors : warnings));
    m_problems->setToolTip(tr("%1 errors, %2 warnings").arg(errors).arg(warnings));
}

QString StatusLine::stateText() const
{
    return m_state->text();
}

void StatusLine::refreshSelection()
{
    const DesignView& view = m_document->view();
    const QStringList& ids = m_selection->selected();
    if (!view) {
        m_selectionText->clear();
        return;
    }
    if (ids.isEmpty()) {
        m_selectionText->setText(countedText(static_cast<qsizetype>(view.layerCount()), tr("%1 layer"), tr("%1 layers")));
        return;
    }
    QString text = ids.size() == 1 ? ids.front() : tr("%1 layers selected").arg(ids.size());
    double lut = 0;
    double dsp = 0;
    bool isKnown = false;
    for (const QString& id : ids) {
        if (const Cost* cost = view.cost(toUtf8(id))) {
            lut += cost->lut.value;
            dsp += cost->dsp.value;
            isKnown = true;
        }
    }
    if (isKnown)
        text += tr("   %1 LUT   %2 DSP").arg(countText(lut), countText(dsp));
    m_selectionText->setText(text);
}

void StatusLine::refreshState()
{
    const DesignView& view = m_document->view();
    QString text;
    QString help;
    if (view && m_document->isSettled()) {
        text = tr("Current");
        help = tr("Every figure belongs to the configuration as it is.");
    } else if (view) {
        text = tr("Computing…");
        help = tr("Dimmed and hatched figures are from before the last edit.");
    }
    m_state->setText(text);
    m_state->setToolTip(help);
}

void StatusLine::refreshActivity()
{
    const QString activity = m_jobs->activity();
    const bool isBusy = !activity.isEmpty();
    m_activity->setText(activity);
    m_activity->setVisible(isBusy);
    m_bar->setVisible(isBusy);
    m_cancel->setVisible(isBusy);
    const double share = m_jobs->activityShare();
    m_bar->setRange(0, share < 0 ? 0 : 100);
    m_bar->setValue(static_cast<int>(share * 100));
}

} // namespace bitwright
