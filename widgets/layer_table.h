// SPDX-License-Identifier: GPL-3.0-or-later
/// The layers table with its row of totals (gui.md 3.3).
#pragma once

#include <QWidget>

#include "widgets/change_set.h"
#include "widgets/layer_query.h"

class QLabel;
class QTableView;

namespace bitwright {

class Document;
class LayerEditor;
class LayerFilter;
class LayerTableModel;
class LayerTotals;
class SelectionHub;
class Theme;

class LayerTable final : public QWidget {
    Q_OBJECT
public:
    LayerTable(Document* document, LayerEditor* editor, SelectionHub* selection, const Theme* theme,
               QWidget* parent = nullptr);

    /// Which layers to show.
    void setHits(const std::vector<bool>& hits);
    LayerTableModel* model() const { return m_model; }
    QTableView* view() const { return m_view; }
    /// The selected cells, or the whole table where nothing is selected, with titles, tab-separated.
    QString asTsv(bool selectionOnly) const;
    void copy() const;
    /// Widths, order and visibility of the columns, for the settings.
    QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray& state);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitRows();
    void createWidgets();
    void layOut();
    void connectSignals();
    void connectEdits();
    void setInitialColumns();
    void takeSelection();
    void showSelection();
    void chooseColumns(const QPoint& position);
    /// The layers that an edit of @p layer reaches: the selection, when it is part of it.
    QStringList scope(const QString& layer) const;

    Document* m_document;
    LayerEditor* m_editor;
    SelectionHub* m_selection;
    const Theme* m_theme;
    LayerTableModel* m_model = nullptr;
    LayerFilter* m_filter = nullptr;
    LayerTotals* m_totals = nullptr;
    QTableView* m_view = nullptr;
    QTableView* m_totalsView = nullptr;
    QLabel* m_empty = nullptr;
    bool m_isEchoing = false;
};

} // namespace bitwright
