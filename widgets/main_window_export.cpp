// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "widgets/document.h"
#include "widgets/export_dialog.h"
#include "widgets/file_controller.h"

#include <QTemporaryDir>

namespace bitwright {

void MainWindow::exportDesign(bool isVerifyOnly)
{
    auto* dialog = new ExportDialog({m_document, m_jobs, m_settings, &m_files->dialogs()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::finishedExport, this, [this](bool, const QString& sentence) { notice(sentence); });
    if (isVerifyOnly) {
        // Verification alone leaves nothing behind: the folder goes with the dialog.
        auto folder = std::make_shared<QTemporaryDir>();
        dialog->setFolder(folder->filePath(QStringLiteral("project")));
        connect(dialog, &QObject::destroyed, this, [folder] {});
        dialog->open();
        dialog->start();
        return;
    }
    dialog->open();
}

} // namespace bitwright
