// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "exporters/svg.h"
#include "layout/graph_drawing.h"
#include "widgets/action_registry.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/graph_view.h"
#include "widgets/layer_table.h"
#include "widgets/settings_dialog.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/window_settings.h"

#include <QAction>
#include <QApplication>
#include <QFileInfo>
#include <QMessageBox>

namespace bitwright {

void MainWindow::exportTable()
{
    FileDialogs::Question question;
    question.title = tr("Export layers table");
    question.filter = tr("Tab-separated text (*.tsv)");
    question.suffix = QStringLiteral("tsv");
    question.suggestion = QFileInfo(toQString(m_document->request().model)).completeBaseName() + QStringLiteral("_layers.tsv");
    m_files->saveText(question, QStringLiteral("table"), m_table->asTsv(false).toUtf8());
}

void MainWindow::exportImage()
{
    const auto summary = m_canvas->summary();
    if (!summary)
        return;
    GraphDrawingOptions options;
    options.direction = m_canvas->direction();
    FileDialogs::Question question;
    question.title = tr("Export graph image");
    question.filter = tr("SVG image (*.svg)");
    question.suffix = QStringLiteral("svg");
    question.suggestion = QFileInfo(toQString(m_document->request().model)).completeBaseName() + QStringLiteral(".svg");
    m_files->saveLater(question, QStringLiteral("image"), [summary, options, scheme = m_theme->scheme()] {
        return writeSvg(drawGraph(*summary, options), scheme);
    });
}

void MainWindow::showSettings(bool isAtShortcuts)
{
    const auto askFolder = [this](const std::function<void(const QString&)>& take) {
        FileDialogs::Question question;
        question.title = tr("Data folder");
        question.folder = m_settings->lastFolder(QStringLiteral("data"));
        m_files->dialogs().ask_existing_folder(this, question, [take](const QStringList& paths) { take(paths.front()); });
    };
    auto* dialog = new SettingsDialog({m_actions, m_settings, askFolder}, this);
    connect(dialog, &SettingsDialog::themeChosen, this, &MainWindow::applyTheme);
    connect(dialog, &SettingsDialog::preferencesChanged, this, &MainWindow::applyPreferences);
    if (isAtShortcuts)
        dialog->showShortcuts();
    dialog->open();
}

void MainWindow::showAbout()
{
    const QString text = tr("<h3>Bitwright %1</h3>"
                            "<p>Workbench for neural networks on FPGAs: exact emulation, estimates, HLS export.</p>"
                            "<p>Free software under the GNU General Public License, version 3 or later. "
                            "It never uses the network.</p><p>Qt %2</p>")
                             .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion()));
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Bitwright"), text, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace bitwright
