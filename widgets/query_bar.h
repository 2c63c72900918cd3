// SPDX-License-Identifier: GPL-3.0-or-later
/// The search line: filters the table, rings the hits in the graph, walks through them (gui.md 3.5).
#pragma once

#include <vector>

#include <QWidget>

#include "widgets/layer_query.h"

class QLabel;
class QLineEdit;

namespace bitwright {

class Document;
class SelectionHub;

class QueryBar final : public QWidget {
    Q_OBJECT
public:
    QueryBar(Document* document, SelectionHub* selection, QWidget* parent = nullptr);

    QLineEdit* field() const { return m_field; }
    QString statusText() const;
    void open();
    void clear();
    /// Selects the next (+1) or previous (-1) hit, round and round.
    void step(int direction);

Q_SIGNALS:
    /// @p hits has one entry per layer; empty when nothing is searched for.
    void hitsChanged(const std::vector<bool>& hits, const QStringList& ids);
    void left(); ///< by Escape

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void run();

    Document* m_document;
    SelectionHub* m_selection;
    QLineEdit* m_field;
    QLabel* m_status;
    LayerQuery m_query;
    QStringList m_hits;
    std::vector<LayerFacts> m_facts;
    bool m_areFactsOld = true;
};

} // namespace bitwright
