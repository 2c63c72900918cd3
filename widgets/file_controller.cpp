// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/file_controller.h"

#include "support/atomic_file.h"
#include "widgets/document.h"
#include "widgets/job_list.h"
#include "widgets/layer_editor.h"
#include "widgets/project_keeper.h"
#include "widgets/text.h"
#include "widgets/window_settings.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QWidget>

namespace bitwright {

namespace {

QString fileName(const std::string& path)
{
    return QFileInfo(toQString(path)).fileName();
}

} // namespace

FileController::FileController(const Parts& parts, QWidget* window)
    : QObject(window), m_document(parts.document), m_editor(parts.editor), m_keeper(parts.keeper), m_jobs(parts.jobs),
      m_settings(parts.settings), m_window(window), m_dialogs(nativeFileDialogs()),
      m_openJob(&m_pool, [this](const OpenEvent& event) { takeOpen(event); }),
      m_dataJob(&m_pool, [this](const DataOutcome& outcome) { takeData(outcome); }),
      m_textJob(&m_pool, [this](const TextOutcome& outcome) { takeText(outcome); })
{
    m_pool.setMaxThreadCount(2);
    connect(m_keeper, &ProjectKeeper::saved, this, [this](const QString& path) {
        m_settings->addRecentFile(path);
        Q_EMIT noticed(tr("Saved '%1'.").arg(QFileInfo(path).fileName()));
        if (const auto then = std::exchange(m_afterSave, {}))
            then();
    });
    connect(m_keeper, &ProjectKeeper::saveFailed, this, [this](const QString& path, const Diagnostic& problem) {
        m_afterSave = {};
        Q_EMIT failed(tr("'%1' was not saved").arg(QFileInfo(path).fileName()), problem);
    });
}

FileController::~FileController()
{
    m_openJob.cancel();
    m_dataJob.cancel();
}

void FileController::openFiles(const QStringList& paths)
{
    const FileSelection selection = FileSelection::sorted(paths);
    const bool isNewDesign = !selection.model.isEmpty() || !selection.project.isEmpty();
    if (!isNewDesign && !m_document->hasDesign()) {
        Q_EMIT noticed(tr("Open a model first; data and configurations belong to one."));
        return;
    }
    if (isNewDesign)
        whenSafe([this, selection] { openSelection(selection); });
    else
        openSelection(selection);
}

void FileController::openSelection(const FileSelection& selection)
{
    if (!selection.project.isEmpty() || !selection.model.isEmpty()) {
        OpenRequest request;
        request.project = toUtf8(selection.project);
        request.model = toUtf8(selection.model);
        request.configuration = toUtf8(selection.configuration);
        if (!selection.inputs.isEmpty())
            request.data = datasetPaths(selection.inputs, selection.labels, nullptr);
        open(request);
        return;
    }
    if (!selection.configuration.isEmpty())
        loadConfiguration(selection.configuration);
    if (!selection.hasData())
        return;
    DatasetPaths paths = datasetPaths(selection.inputs, selection.labels, m_document->view().model.get());
    if (paths.inputs.empty())
        paths.inputs = m_document->request().data.inputs; // labels for the inputs that are loaded
    if (paths.labels.empty() && selection.inputs.isEmpty())
        paths.labels = m_document->request().data.labels;
    loadData(paths);
}

void FileController::open(const OpenRequest& request)
{
    cancelOpening();
    const std::string& path = !request.project.empty() ? request.project
                              : request.recovered      ? request.recovered->model.path
                                                       : request.model;
    m_openTitle = tr("Opening '%1'").arg(fileName(path));
    m_openJobNumber = m_jobs->begin(m_openTitle, [this] { cancelOpening(); });
    Q_EMIT openProgress(m_openTitle, QString(), -1);
    m_openJob.start([request, random = m_settings->preferences().random_samples](std::stop_token stop, const LatestJob<OpenEvent>::Emit& emit) {
        const auto report = [&emit](const char* phase, double share) { emit({phase, share, {}}); };
        OpenRequest complete = request;
        complete.random_samples = random;
        emit({nullptr, 1, openDesign(std::move(complete), stop, report)});
    });
}

void FileController::cancelOpening()
{
    if (!m_openJob.isRunning())
        return;
    m_openJob.cancel();
    m_jobs->end(std::exchange(m_openJobNumber, 0), JobState::Cancelled);
    Q_EMIT openEnded();
}

void FileController::takeOpen(const OpenEvent& event)
{
    if (!event.outcome) {
        const QString phase = QCoreApplication::translate("phase", event.phase);
        m_jobs->report(m_openJobNumber, phase, event.share);
        Q_EMIT openProgress(m_openTitle, phase, event.share);
        return;
    }
    const Result<OpenedDesign>& outcome = *event.outcome;
    const int job = std::exchange(m_openJobNumber, 0);
    if (!outcome) {
        m_jobs->end(job, JobState::Failed, toQString(outcome.error().message()));
        Q_EMIT openEnded();
        Q_EMIT failed(tr("%1 failed").arg(m_openTitle), outcome.error());
        return;
    }
    m_jobs->end(job, JobState::Done);
    const OpenRequest& request = outcome->request;
    m_document->adopt(*outcome);
    m_keeper->adopt(*outcome);
    if (!request.recovered || request.is_reload)
        m_settings->addRecentFile(toQString(request.project.empty() ? request.model : request.project));
    Q_EMIT openEnded();
}

void FileController::loadData(const DatasetPaths& paths)
{
    m_dataJob.start([paths, evaluator = m_document->evaluator()](std::stop_token, const LatestJob<DataOutcome>::Emit& emit) {
        DataOutcome outcome;
        outcome.paths = paths;
        if (auto data = loadDataset(*evaluator->model(), paths))
            outcome.evaluator = std::make_shared<Evaluator>(evaluator->model(), evaluator->flow(), *std::move(data));
        else
            outcome.problem = data.error();
        emit(std::move(outcome));
    });
}

void FileController::takeData(const DataOutcome& outcome)
{
    if (outcome.problem) {
        Q_EMIT failed(tr("The data were not loaded"), *outcome.problem);
        return;
    }
    if (!m_document->hasDesign() || outcome.evaluator->model() != m_document->view().model)
        return; // another model was opened meanwhile
    m_document->adoptData(outcome.evaluator, outcome.paths);
    Q_EMIT noticed(tr("Loaded %1.").arg(toQString(m_document->view().data->description)));
}

void FileController::loadConfiguration(const QString& path)
{
    m_textJob.start([path, evaluator = m_document->evaluator()](std::stop_token, const LatestJob<TextOutcome>::Emit& emit) {
        TextOutcome outcome{path, {}, {}};
        if (auto file = readConfigurationFile(*evaluator, toUtf8(path)))
            outcome.configuration = *std::move(file);
        else
            outcome.problem = file.error();
        emit(std::move(outcome));
    });
}

void FileController::takeText(const TextOutcome& outcome)
{
    const QString name = QFileInfo(outcome.path).fileName();
    if (outcome.problem) {
        Q_EMIT failed(tr("'%1' was not used").arg(name), *outcome.problem);
        return;
    }
    if (!outcome.configuration) {
        Q_EMIT noticed(tr("Wrote '%1'.").arg(name));
        return;
    }
    m_editor->replaceConfiguration(outcome.configuration->configuration, tr("Load '%1'").arg(name));
    for (const Diagnostic& finding : outcome.configuration->findings)
        Q_EMIT noticed(toQString(finding.rendered()));
}

FileDialogs::Question FileController::question(const QString& kind, const QString& title, const QString& filter) const
{
    FileDialogs::Question question;
    question.title = title;
    question.filter = filter;
    question.folder = m_settings->lastFolder(kind);
    return question;
}

void FileController::askAndOpen()
{
    const QString kind = QStringLiteral("open");
    const auto asked = question(kind, tr("Open"), tr("All that can be opened (*.onnx *.qonnx *.bitwright *.yml *.yaml *.npy *.json);;All files (*)"));
    m_dialogs.ask_open(m_window, asked, [this, kind](const QStringList& paths) {
        m_settings->setLastFolder(kind, paths.front());
        openFiles(paths);
    });
}

void FileController::askForData()
{
    const QString kind = QStringLiteral("data");
    m_dialogs.ask_open(m_window, question(kind, tr("Load samples and labels"), tr("Arrays (*.npy);;All files (*)")),
                       [this, kind](const QStringList& paths) {
                           m_settings->setLastFolder(kind, paths.front());
                           openFiles(paths);
                       });
}

void FileController::askForConfiguration()
{
    const QString kind = QStringLiteral("configuration");
    m_dialogs.ask_open(m_window, question(kind, tr("Load configuration"), tr("hls4ml configurations (*.yml *.yaml);;All files (*)")),
                       [this, kind](const QStringList& paths) {
                           m_settings->setLastFolder(kind, paths.front());
                           loadConfiguration(paths.front());
                       });
}

void FileController::reload()
{
    if (!m_document->hasDesign())
        return;
    OpenRequest request = m_document->request();
    request.is_reload = true;
    request.recovered = m_keeper->present();
    request.recovered->model.path = request.model;
    open(request);
}

void FileController::save(const std::function<void()>& then)
{
    if (!m_document->hasDesign())
        return;
    if (m_keeper->path().isEmpty() || m_keeper->isReadOnly())
        return saveAs(then);
    m_afterSave = then;
    m_keeper->save(m_keeper->path());
}

void FileController::saveAs(const std::function<void()>& then)
{
    if (!m_document->hasDesign())
        return;
    const QString kind = QStringLiteral("project");
    FileDialogs::Question asked = question(kind, tr("Save project"), tr("Bitwright projects (*.bitwright)"));
    asked.suggestion = QFileInfo(toQString(m_document->request().model)).completeBaseName() + QStringLiteral(".bitwright");
    asked.suffix = QStringLiteral("bitwright");
    m_dialogs.ask_save(m_window, asked, [this, kind, then](const QStringList& paths) {
        m_settings->setLastFolder(kind, paths.front());
        m_afterSave = then;
        m_keeper->save(paths.front());
    });
}

void FileController::saveConfiguration()
{
    const QString kind = QStringLiteral("configuration");
    FileDialogs::Question asked = question(kind, tr("Save configuration"), tr("hls4ml configurations (*.yml)"));
    asked.suggestion = QStringLiteral("hls4ml_config.yml");
    asked.suffix = QStringLiteral("yml");
    m_dialogs.ask_save(m_window, asked, [this, kind](const QStringList& paths) {
        m_settings->setLastFolder(kind, paths.front());
        const DesignView& view = m_document->view();
        writeText(paths.front(), [evaluator = m_document->evaluator(), configuration = view.configuration] {
            return evaluator->flow().writeConfiguration(*evaluator->normalModel(), *configuration);
        });
    });
}

void FileController::saveText(const FileDialogs::Question& asked, const QString& kind, const QByteArray& text)
{
    saveLater(asked, kind, [text] { return text.toStdString(); });
}

void FileController::saveLater(const FileDialogs::Question& asked, const QString& kind, const std::function<std::string()>& text)
{
    FileDialogs::Question full = asked;
    full.folder = m_settings->lastFolder(kind);
    m_dialogs.ask_save(m_window, full, [this, kind, text](const QStringList& paths) {
        m_settings->setLastFolder(kind, paths.front());
        writeText(paths.front(), text);
    });
}

void FileController::writeText(const QString& path, std::function<std::string()> text)
{
    m_textJob.start([path, text = std::move(text)](std::stop_token, const LatestJob<TextOutcome>::Emit& emit) {
        TextOutcome outcome{path, {}, {}};
        if (const Result<void> written = writeFileAtomically(toUtf8(path), text()); !written)
            outcome.problem = written.error();
        emit(std::move(outcome));
    });
}

void FileController::whenSafe(const std::function<void()>& then)
{
    if (!m_keeper->isModified()) {
        then();
        return;
    }
    const QString name = m_keeper->path().isEmpty() ? fileName(m_document->request().model) : QFileInfo(m_keeper->path()).fileName();
    m_dialogs.ask_to_save(m_window, name, [this, then](int answer) {
        if (answer == 1)
            save(then);
        else
            then();
    });
}

void FileController::closeDesign()
{
    whenSafe([this] {
        cancelOpening();
        m_dataJob.cancel();
        m_document->close();
        m_keeper->forget();
    });
}

QString FileController::dropText(const QStringList& paths) const
{
    const FileSelection selection = FileSelection::sorted(paths);
    if (!selection.project.isEmpty())
        return tr("Open the project '%1'").arg(QFileInfo(selection.project).fileName());
    if (!selection.model.isEmpty())
        return tr("Open '%1'").arg(QFileInfo(selection.model).fileName());
    if (!m_document->hasDesign())
        return tr("Open a model first");
    if (!selection.configuration.isEmpty())
        return tr("Take over the configuration '%1'").arg(QFileInfo(selection.configuration).fileName());
    return selection.hasData() ? tr("Use as samples and labels") : QString();
}

} // namespace bitwright
