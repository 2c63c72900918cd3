// SPDX-License-Identifier: GPL-3.0-or-later
/// Everything between files and the document: opening as cancellable jobs, saving, configurations, data, dropped files.
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QPointer>

#include "widgets/file_dialogs.h"
#include "widgets/file_kind.h"
#include "widgets/latest_job.h"

namespace bitwright {

class Document;
class JobList;
class LayerEditor;
class ProjectKeeper;
class WindowSettings;

class FileController final : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Document* document;
        LayerEditor* editor;
        ProjectKeeper* keeper;
        JobList* jobs;
        WindowSettings* settings;
    };
    FileController(const Parts& parts, QWidget* window);
    ~FileController() override;

    void setDialogs(FileDialogs dialogs) { m_dialogs = std::move(dialogs); }
    const FileDialogs& dialogs() const { return m_dialogs; }

    /// Opens what belongs together: a model or a project with its configuration and data, or a configuration or data
    /// for the design that is open.
    void openFiles(const QStringList& paths);
    void open(const OpenRequest& request);
    void cancelOpening();
    bool isOpening() const { return m_openJob.isRunning(); }
    void askAndOpen();
    void askForData();
    void askForConfiguration();
    void reload();
    /// Saves under the known path, or asks. @p then runs after success.
    void save(const std::function<void()>& then = {});
    void saveAs(const std::function<void()>& then = {});
    void saveConfiguration();
    /// Writes @p text to a file that the user chooses.
    void saveText(const FileDialogs::Question& question, const QString& kind, const QByteArray& text);
    /// The same for text that takes time to make: @p text is called on a worker.
    void saveLater(const FileDialogs::Question& question, const QString& kind, const std::function<std::string()>& text);
    /// Asks about unsaved changes; @p then runs unless the user cancels.
    void whenSafe(const std::function<void()>& then);
    void closeDesign();
    /// What dropping these files would do, as a short sentence; empty: nothing.
    QString dropText(const QStringList& paths) const;

Q_SIGNALS:
    void openProgress(const QString& title, const QString& phase, double share);
    void openEnded(); ///< whatever came of it
    void failed(const QString& title, const Diagnostic& problem);
    void noticed(const QString& sentence);

private:
    struct OpenEvent {
        const char* phase = nullptr;
        double share = -1;
        std::optional<Result<OpenedDesign>> outcome;
    };
    struct DataOutcome {
        std::shared_ptr<Evaluator> evaluator;
        DatasetPaths paths;
        std::optional<Diagnostic> problem;
    };
    struct TextOutcome {
        QString path;
        std::optional<ConfigurationFile> configuration; ///< nothing: a file was written
        std::optional<Diagnostic> problem;
    };

    void takeOpen(const OpenEvent& event);
    void takeData(const DataOutcome& outcome);
    void takeText(const TextOutcome& outcome);
    void openSelection(const FileSelection& selection);
    void loadData(const DatasetPaths& paths);
    void loadConfiguration(const QString& path);
    void writeText(const QString& path, std::function<std::string()> text);
    FileDialogs::Question question(const QString& kind, const QString& title, const QString& filter) const;

    Document* m_document;
    LayerEditor* m_editor;
    ProjectKeeper* m_keeper;
    JobList* m_jobs;
    WindowSettings* m_settings;
    QWidget* m_window;
    FileDialogs m_dialogs;
    std::function<void()> m_afterSave;
    QString m_openTitle;
    int m_openJobNumber = 0;
    QThreadPool m_pool;
    LatestJob<OpenEvent> m_openJob;
    LatestJob<DataOutcome> m_dataJob;
    LatestJob<TextOutcome> m_textJob;
};

} // namespace bitwright
