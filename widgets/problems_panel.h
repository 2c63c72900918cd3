// SPDX-License-Identifier: GPL-3.0-or-later
/// The panel of findings: a double click goes to the layer, the context menu copies and resets.
#pragma once

#include <QWidget>

class QLabel;
class QTreeView;

namespace bitwright {

class Document;
class LayerEditor;
class ProblemsModel;
class SelectionHub;

class ProblemsPanel final : public QWidget {
    Q_OBJECT
public:
    ProblemsPanel(Document* document, LayerEditor* editor, SelectionHub* selection, QWidget* parent = nullptr);

    ProblemsModel* model() const { return m_model; }
    QTreeView* view() const { return m_view; }
    /// Selects the layer of the next (+1) or previous (-1) finding that has one.
    void step(int direction);

Q_SIGNALS:
    void countChanged(int errors, int warnings);

private:
    void refresh();
    void goTo(const QModelIndex& index);
    void openMenu(const QPoint& position);
    QString layerAt(int row) const;

    Document* m_document;
    LayerEditor* m_editor;
    SelectionHub* m_selection;
    ProblemsModel* m_model;
    QTreeView* m_view;
    QLabel* m_empty;
};

} // namespace bitwright
