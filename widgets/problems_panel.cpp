// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems_panel.h"

#include "widgets/document.h"
#include "widgets/layer_editor.h"
#include "widgets/problems_model.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace bitwright {

ProblemsPanel::ProblemsPanel(Document* document, LayerEditor* editor, SelectionHub* selection, QWidget* parent)
    : QWidget(parent), m_document(document), m_editor(editor), m_selection(selection),
      m_model(new ProblemsModel(this)), m_view(new QTreeView), m_empty(new QLabel(tr("There are no problems.")))
{
    m_view->setObjectName(QStringLiteral("problemsTable"));
    m_view->setAccessibleName(tr("Problems"));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_view->header()->setStretchLastSection(true);
    const int character = fontMetrics().averageCharWidth();
    m_view->setColumnWidth(ProblemsModel::SeverityColumn, character * 14);
    m_view->setColumnWidth(ProblemsModel::WhereColumn, character * 18);
    m_view->setColumnWidth(ProblemsModel::TextColumn, character * 90);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view, 1);
    column->addWidget(m_empty, 1);
    connect(document, &Document::problemsChanged, this, &ProblemsPanel::refresh);
    connect(m_view, &QTreeView::activated, this, &ProblemsPanel::goTo);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &ProblemsPanel::openMenu);
    refresh();
}

void ProblemsPanel::refresh()
{
    Diagnostics findings = m_document->openFindings();
    for (const Diagnostic& finding : m_document->view().findings())
        if (std::find(findings.begin(), findings.end(), finding) == findings.end())
            findings.push_back(finding);
    std::stable_sort(findings.begin(), findings.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return static_cast<int>(a.severity()) > static_cast<int>(b.severity());
    });
    m_model->setFindings(findings);
    m_view->setVisible(!findings.empty());
    m_empty->setVisible(findings.empty());
    Q_EMIT countChanged(m_model->count(Severity::Error), m_model->count(Severity::Warning));
}

QString ProblemsPanel::layerAt(int row) const
{
    const QModelIndex index = m_model->index(row, 0);
    const QString layer = index.data(ProblemsModel::LayerRole).toString();
    if (!layer.isEmpty())
        return layer;
    const QString node = index.data(ProblemsModel::NodeRole).toString();
    const DesignView& view = m_document->view();
    if (node.isEmpty() || !view.layers)
        return {};
    for (const Layer& candidate : *view.layers)
        if (std::find(candidate.came_from.begin(), candidate.came_from.end(), toUtf8(node)) != candidate.came_from.end())
            return toQString(candidate.id);
    return node; // drawn under its own name where no layer stands for it
}

void ProblemsPanel::goTo(const QModelIndex& index)
{
    const QString layer = layerAt(index.row());
    if (!layer.isEmpty())
        m_selection->selectOnly(layer);
}

void ProblemsPanel::step(int direction)
{
    const int rows = m_model->rowCount();
    int row = m_view->currentIndex().isValid() ? m_view->currentIndex().row() : direction > 0 ? -1 : rows;
    for (int tried = 0; tried < rows; ++tried) {
        row = (row + direction + rows) % rows;
        if (layerAt(row).isEmpty())
            continue;
        m_view->setCurrentIndex(m_model->index(row, 0));
        goTo(m_view->currentIndex());
        return;
    }
}

void ProblemsPanel::openMenu(const QPoint& position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString layer = layerAt(index.row());
    const QString text = index.data(Qt::ToolTipRole).toString();
    menu->addAction(tr("Go to layer"), this, [this, layer] { m_selection->selectOnly(layer); })->setEnabled(!layer.isEmpty());
    const bool isDecided = m_document->hasDesign() && m_document->view().configuration->hasLayer(toUtf8(layer));
    menu->addAction(tr("Reset layer to default"), this, [this, layer] { m_editor->reset({layer}); })->setEnabled(isDecided);
    menu->addAction(tr("Copy"), this, [text] { QApplication::clipboard()->setText(text); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace bitwright
