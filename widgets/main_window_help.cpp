// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "exporters/svg.h"
#include "layout/graph_drawing.h"
#include "widgets/action_registry.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/graph_view.h"
#include "widgets/layer_table.h"
#include "widgets/text.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QMessageBox>
#include <QTreeWidget>
#include <QVBoxLayout>

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

void MainWindow::showShortcuts()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard shortcuts"));
    auto* tree = new QTreeWidget;
    tree->setHeaderLabels({tr("Command"), tr("Keys"), tr("What it does")});
    tree->setRootIsDecorated(false);
    for (const QAction* action : m_actions->actions()) {
        QStringList keys;
        for (const QKeySequence& sequence : action->shortcuts())
            keys.append(sequence.toString(QKeySequence::NativeText));
        tree->addTopLevelItem(new QTreeWidgetItem({action->iconText(), keys.join(QStringLiteral(", ")), action->statusTip()}));
    }
    tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(tree);
    column->addWidget(buttons);
    dialog->resize(860, 620);
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
