// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/export_dialog.h"

#include "widgets/document.h"
#include "widgets/file_dialogs.h"
#include "widgets/job_list.h"
#include "widgets/text.h"
#include "widgets/window_settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>

#include <algorithm>

namespace bitwright {

namespace {

QString verdict(const VerificationReport& report)
{
    const QString samples = countText(static_cast<double>(report.samples));
    if (report.isEqual())
        return ExportDialog::tr("Verified: all %1 values of %2 samples are bit-identical to the emulator (compiled in %3 s, run in %4 s).")
            .arg(countText(static_cast<double>(report.values)), samples, realText(report.compile_seconds, 2), realText(report.run_seconds, 2));
    QString text = ExportDialog::tr("%1 of %2 values differ from the emulator.")
                       .arg(countText(static_cast<double>(report.mismatches)), countText(static_cast<double>(report.values)));
    if (report.first)
        text += QLatin1Char('\n')
                + ExportDialog::tr("First: sample %1, element %2: %3 instead of %4.")
                      .arg(report.first->sample).arg(report.first->element)
                      .arg(realText(report.first->simulated, 12), realText(report.first->expected, 12));
    return text;
}

} // namespace

ExportDialog::ExportDialog(const Parts& parts, QWidget* parent)
    : QDialog(parent), m(parts), m_jobs(parts.jobs), m_job(&m_pool, [this](const ExportEvent& event) { take(event); })
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export HLS project"));
    createWidgets();
    layOut();
    connectSignals();
    setRunning(false);
}

ExportDialog::~ExportDialog()
{
    m_job.cancel();
    if (m_jobs)
        m_jobs->end(m_jobNumber, JobState::Cancelled);
}

void ExportDialog::createWidgets()
{
    m_target = new QComboBox;
    for (const ExportTarget& target : exportTargets())
        if (target.write)
            m_target->addItem(toQString(target.title), toQString(target.name));
    m_folder = new QLineEdit;
    m_folder->setObjectName(QStringLiteral("exportFolder"));
    const QString name = toQString(m.document->view().configuration->design.project_name);
    m_folder->setText(QDir(m.settings->lastFolder(QStringLiteral("export"))).filePath(name));
    m_browse = new QPushButton(tr("Choose…"));
    m_verify = new QCheckBox(tr("Compile with g++ and compare every bit with the emulator"));
    m_verify->setChecked(true);
    m_samples = new QSpinBox;
    const auto available = m.document->view().data ? m.document->view().data->samples : 0;
    m_samples->setRange(1, static_cast<int>(std::max<std::int64_t>(1, std::min<std::int64_t>(available, 100'000))));
    m_samples->setValue(1000);
    m_bar = new QProgressBar;
    m_bar->setRange(0, 0);
    m_result = new QLabel;
    m_result->setObjectName(QStringLiteral("exportResult"));
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_start = new QPushButton(tr("Export"));
    m_start->setDefault(true);
    m_close = new QPushButton(tr("Close"));
}

void ExportDialog::layOut()
{
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(m_browse);
    auto* form = new QFormLayout;
    form->addRow(tr("&Target"), m_target);
    auto* folderLabel = new QLabel(tr("&Folder"));
    folderLabel->setBuddy(m_folder);
    form->addRow(folderLabel, folder);
    form->addRow(tr("Test &samples"), m_samples);
    form->addRow(QString(), m_verify);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_start);
    buttons->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_bar);
    column->addWidget(m_result);
    column->addStretch(1);
    column->addLayout(buttons);
    resize(620, 300);
}

void ExportDialog::connectSignals()
{
    connect(m_browse, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (!m_job.isRunning())
            return reject();
        m_job.cancel();
        m_jobs->end(m_jobNumber, JobState::Cancelled);
        setRunning(false);
        say(tr("The export was cancelled."), false);
    });
}

void ExportDialog::setFolder(const QString& folder)
{
    m_folder->setText(folder);
}

QString ExportDialog::resultText() const
{
    return m_result->text();
}

void ExportDialog::chooseFolder()
{
    FileDialogs::Question question;
    question.title = tr("Folder for the project");
    question.folder = m.settings->lastFolder(QStringLiteral("export"));
    m.dialogs->ask_folder(this, question, [this](const QStringList& paths) { m_folder->setText(paths.front()); });
}

void ExportDialog::start()
{
    const DesignView& view = m.document->view();
    if (!view.lowering || !view.lowering->circuit || view.is_cost_stale) {
        say(view.is_cost_stale ? tr("The design is still being computed.")
                                : tr("The design cannot be built yet; see Problems."), true);
        return;
    }
    ExportRequest request;
    request.target = toUtf8(m_target->currentData().toString());
    request.folder = toUtf8(QDir::cleanPath(m_folder->text().trimmed()));
    request.wants_verification = m_verify->isChecked();
    request.samples = m_samples->value();
    request.circuit = view.lowering->circuit;
    request.data = view.data;
    m.settings->setLastFolder(QStringLiteral("export"), m_folder->text());
    m_jobNumber = m_jobs->begin(tr("Export '%1'").arg(m_folder->text()), [this] { m_job.cancel(); setRunning(false); });
    setRunning(true);
    say({}, false);
    m_job.start([request, evaluator = m.document->evaluator(), configuration = view.configuration](
                    std::stop_token stop, const LatestJob<ExportEvent>::Emit& emit) mutable {
        request.configuration_text = evaluator->flow().writeConfiguration(*evaluator->normalModel(), *configuration);
        runExport(request, stop, emit);
    });
}

void ExportDialog::take(const ExportEvent& event)
{
    if (!event.is_last) {
        m_bar->setFormat(QCoreApplication::translate("phase", event.phase));
        m_jobs->report(m_jobNumber, m_bar->format());
        say(m_bar->format() + QStringLiteral("…"), false);
        return;
    }
    setRunning(false);
    const bool isGood = !event.problem && (!event.verified || event.verified->isEqual());
    QString text;
    if (event.written)
        text = tr("Wrote %1 to '%2'.").arg(countedText(static_cast<qsizetype>(event.written->files.size()), tr("%1 file"), tr("%1 files")),
                                          toQString(event.written->folder));
    if (event.verified)
        text += QLatin1Char('\n') + verdict(*event.verified);
    if (event.problem)
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + toQString(event.problem->message())
                + (event.problem->remedy.empty() ? QString() : QLatin1Char(' ') + toQString(event.problem->remedy));
    say(text, !isGood);
    m_jobs->end(m_jobNumber, isGood ? JobState::Done : JobState::Failed, text);
    Q_EMIT finishedExport(isGood, text);
}

void ExportDialog::say(const QString& text, bool isBad)
{
    m_result->setText(text);
    m_result->setProperty("role", isBad ? QStringLiteral("error") : QString());
    m_result->style()->unpolish(m_result);
    m_result->style()->polish(m_result);
}

void ExportDialog::setRunning(bool isRunning)
{
    m_bar->setVisible(isRunning);
    m_start->setEnabled(!isRunning);
    m_close->setText(isRunning ? tr("Cancel") : tr("Close"));
}

} // namespace bitwright
