// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_table.h"

#include "widgets/document.h"
#include "widgets/format_input.h"
#include "widgets/layer_delegate.h"
#include "widgets/layer_editor.h"
#include "widgets/layer_filter.h"
#include "widgets/layer_table_model.h"
#include "widgets/layer_totals.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace bitwright {

LayerTable::LayerTable(Document* document, LayerEditor* editor, SelectionHub* selection, const Theme* theme,
                       QWidget* parent)
    : QWidget(parent), m_document(document), m_editor(editor), m_selection(selection), m_theme(theme)
{
    createWidgets();
    layOut();
    connectSignals();
    connectEdits();
}

void LayerTable::createWidgets()
{
    m_model = new LayerTableModel(this);
    m_filter = new LayerFilter(this);
    m_filter->setSourceModel(m_model);
    m_totals = new LayerTotals(m_model, this);
    m_view = new QTableView;
    m_view->setObjectName(QStringLiteral("layersTable"));
    m_view->setAccessibleName(tr("Layers"));
    m_view->setModel(m_filter);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                            | QAbstractItemView::AnyKeyPressed);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_view->horizontalHeader()->setSectionsMovable(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* copyAction = new QAction(tr("Copy"), m_view);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &LayerTable::copy);
    m_view->addAction(copyAction);
    m_totalsView = new QTableView;
    m_totalsView->setModel(m_totals);
    m_totalsView->setAccessibleName(tr("Totals"));
    m_totalsView->horizontalHeader()->hide();
    m_totalsView->setFocusPolicy(Qt::NoFocus);
    m_totalsView->setSelectionMode(QAbstractItemView::NoSelection);
    m_totalsView->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_totalsView->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_totalsView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setItemDelegate(new LayerDelegate(m_theme, m_view));
    m_totalsView->setItemDelegate(new LayerDelegate(m_theme, m_totalsView));
    m_empty = new QLabel;
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->hide();
    fitRows();
}

void LayerTable::fitRows()
{
    for (QTableView* view : {m_view, m_totalsView})
        view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_totalsView->setFixedHeight(fontMetrics().height() + 10);
}

void LayerTable::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_totalsView)
        fitRows();
}

void LayerTable::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_empty);
    column->addWidget(m_totalsView);
    setInitialColumns();
}

void LayerTable::setInitialColumns()
{
    const int character = fontMetrics().averageCharWidth();
    for (int i = 0; i < m_model->columnCount(); ++i) {
        const LayerColumn& column = layerColumns()[static_cast<std::size_t>(i)];
        const int width = character * column.width + 16;
        m_view->setColumnWidth(i, width);
        m_totalsView->setColumnWidth(i, width);
        m_view->setColumnHidden(i, !column.is_shown);
        m_totalsView->setColumnHidden(i, !column.is_shown);
    }
}

void LayerTable::connectSignals()
{
    QHeaderView* header = m_view->horizontalHeader();
    connect(header, &QHeaderView::sectionResized, this,
            [this](int section, int, int width) { m_totalsView->setColumnWidth(section, width); });
    connect(header, &QHeaderView::sectionMoved, this, [this](int, int from, int to) {
        m_totalsView->horizontalHeader()->moveSection(from, to);
    });
    connect(header, &QHeaderView::customContextMenuRequested, this, &LayerTable::chooseColumns);
    QHeaderView* rows = m_view->verticalHeader();
    connect(rows, &QHeaderView::geometriesChanged, this,
            [this, rows] { m_totalsView->verticalHeader()->setFixedWidth(rows->width()); });
    connect(m_view->horizontalScrollBar(), &QScrollBar::valueChanged, m_totalsView->horizontalScrollBar(),
            &QScrollBar::setValue);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LayerTable::takeSelection);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LayerTable::takeSelection);
    connect(m_selection, &SelectionHub::selectionChanged, this, &LayerTable::showSelection);
    connect(m_selection, &SelectionHub::currentChanged, this, &LayerTable::showSelection);
    connect(m_document, &Document::designChanged, this, [this] {
        m_filter->setAccepted({});
        m_model->reset(m_document->view());
    });
    const auto refresh = [this](const ChangeSet& changes) { m_model->refresh(m_document->view(), changes); };
    connect(m_document, &Document::configurationChanged, this, refresh);
    connect(m_document, &Document::costChanged, this, refresh);
    const auto refreshAll = [this] { m_model->refresh(m_document->view(), ChangeSet::everything()); };
    connect(m_document, &Document::statisticsChanged, this, refreshAll);
    connect(m_document, &Document::staleChanged, this, refreshAll);
}

void LayerTable::connectEdits()
{
    connect(m_model, &LayerTableModel::formatTyped, this,
            [this](const QString& layer, const QString& slot, const QString& text) {
                const Result<FormatInput> input = parseFormatInput(text);
                if (input)
                    m_editor->setFormat(scope(layer), toUtf8(slot), *input);
                else
                    Q_EMIT m_editor->noticed(toQString(input.error().message()));
            });
    connect(m_model, &LayerTableModel::tunableTyped, this,
            [this](const QString& layer, const QString& tunable, const QString& text) {
                m_editor->setTunableText(scope(layer), toUtf8(tunable), text);
            });
    connect(m_model, &LayerTableModel::lockToggled, this, [this](const QString& layer, bool isLocked) {
        m_editor->setLocked(scope(layer), isLocked);
    });
    connect(m_model, &LayerTableModel::noteTyped, m_editor, &LayerEditor::setNote);
}

QStringList LayerTable::scope(const QString& layer) const
{
    return m_selection->contains(layer) ? m_selection->selected() : QStringList{layer};
}

void LayerTable::setHits(const std::vector<bool>& hits)
{
    m_isEchoing = true;
    m_filter->setAccepted(hits);
    m_isEchoing = false;
    m_totals->setShown(hits.empty() ? -1 : m_filter->rowCount());
    const bool isEmpty = m_model->rowCount() > 0 && m_filter->rowCount() == 0;
    m_empty->setText(tr("None of the %1 layers matches the search.").arg(m_model->rowCount()));
    m_empty->setVisible(isEmpty);
    showSelection();
}

void LayerTable::takeSelection()
{
    if (m_isEchoing)
        return;
    m_isEchoing = true;
    QStringList ids;
    for (const QModelIndex& row : m_view->selectionModel()->selectedRows())
        ids.append(row.data(LayerTableModel::LayerRole).toString());
    const QModelIndex current = m_view->selectionModel()->currentIndex();
    m_selection->select(ids, current.data(LayerTableModel::LayerRole).toString());
    m_isEchoing = false;
}

void LayerTable::showSelection()
{
    if (m_isEchoing)
        return;
    m_isEchoing = true;
    QItemSelection rows;
    QModelIndex current;
    for (const QString& id : m_selection->selected()) {
        const QModelIndex index = m_filter->mapFromSource(m_model->index(m_model->rowOf(id), 0));
        if (!index.isValid())
            continue;
        rows.select(index, index.siblingAtColumn(m_filter->columnCount() - 1));
        if (id == m_selection->current())
            current = index;
    }
    QItemSelectionModel* selection = m_view->selectionModel();
    selection->select(rows, QItemSelectionModel::ClearAndSelect);
    if (current.isValid()) {
        const int column = std::max(selection->currentIndex().column(), 0);
        selection->setCurrentIndex(current.siblingAtColumn(column), QItemSelectionModel::NoUpdate);
        m_view->scrollTo(current.siblingAtColumn(column));
    }
    m_isEchoing = false;
}

QString LayerTable::asTsv(bool selectionOnly) const
{
    QList<int> columns;
    for (int visual = 0; visual < m_filter->columnCount(); ++visual) {
        const int column = m_view->horizontalHeader()->logicalIndex(visual);
        if (!m_view->isColumnHidden(column))
            columns.append(column);
    }
    QStringList lines;
    QStringList cells;
    for (const int column : columns)
        cells.append(m_filter->headerData(column, Qt::Horizontal).toString());
    lines.append(cells.join(QLatin1Char('\t')));
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (selectionOnly && !m_view->selectionModel()->isRowSelected(row))
            continue;
        cells.clear();
        for (const int column : columns) {
            const QModelIndex index = m_filter->index(row, column);
            const bool isNumber = index.data(LayerTableModel::KindRole).toInt() == static_cast<int>(ColumnKind::Number);
            const QVariant raw = index.data(LayerTableModel::SortRole);
            const bool isKnown = raw.toDouble() > -1e300;
            // Raw numbers in the C locale: what is pasted is to be computed with.
            cells.append(!isNumber ? index.data().toString() : isKnown ? QString::number(raw.toDouble(), 'g', 15) : QString());
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void LayerTable::copy() const
{
    QApplication::clipboard()->setText(asTsv(m_view->selectionModel()->hasSelection()));
}

void LayerTable::chooseColumns(const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 1; i < m_model->columnCount(); ++i) {
        QAction* action = menu->addAction(m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(i));
        connect(action, &QAction::toggled, this, [this, i](bool isShown) {
            m_view->setColumnHidden(i, !isShown);
            m_totalsView->setColumnHidden(i, !isShown);
        });
    }
    menu->popup(m_view->horizontalHeader()->mapToGlobal(position));
}

QByteArray LayerTable::saveColumns() const
{
    return m_view->horizontalHeader()->saveState();
}

bool LayerTable::restoreColumns(const QByteArray& state)
{
    if (!m_view->horizontalHeader()->restoreState(state))
        return false;
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    return m_totalsView->horizontalHeader()->restoreState(state);
}

} // namespace bitwright
