// SPDX-License-Identifier: GPL-3.0-or-later
/// Writes the design as a project for another tool, and proves that it computes the same bits.
#pragma once

#include <QDialog>
#include <QPointer>

#include "widgets/export_job.h"
#include "widgets/latest_job.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace bitwright {

class Document;
class JobList;
class WindowSettings;
struct FileDialogs;

class ExportDialog final : public QDialog {
    Q_OBJECT
public:
    struct Parts {
        Document* document;
        JobList* jobs;
        WindowSettings* settings;
        const FileDialogs* dialogs;
    };
    ExportDialog(const Parts& parts, QWidget* parent = nullptr);
    ~ExportDialog() override;

    void setFolder(const QString& folder);
    void start();
    QString resultText() const;
    bool isRunning() const { return m_job.isRunning(); }

Q_SIGNALS:
    void finishedExport(bool isGood, const QString& sentence);

private:
    void createWidgets();
    void layOut();
    void connectSignals();
    void chooseFolder();
    void take(const ExportEvent& event);
    void say(const QString& text, bool isBad);
    void setRunning(bool isRunning);

    Parts m;
    QComboBox* m_target = nullptr;
    QLineEdit* m_folder = nullptr;
    QPushButton* m_browse = nullptr;
    QCheckBox* m_verify = nullptr;
    QSpinBox* m_samples = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_result = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_close = nullptr;
    QPointer<JobList> m_jobs; ///< may be gone before the dialog when the window closes
    int m_jobNumber = 0;
    QThreadPool m_pool;
    LatestJob<ExportEvent> m_job;
};

} // namespace bitwright
