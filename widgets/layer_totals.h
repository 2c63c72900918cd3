// SPDX-License-Identifier: GPL-3.0-or-later
/// The one-row model under the layers table: sums, and the design's own latency and interval.
#pragma once

#include <QAbstractTableModel>

namespace bitwright {

class LayerTableModel;

class LayerTotals final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit LayerTotals(const LayerTableModel* layers, QObject* parent = nullptr);

    /// How many layers a search leaves in the table; the totals stay those of the design.
    void setShown(int layers);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int column) const;

    const LayerTableModel* m_layers;
    int m_shown = -1;
};

} // namespace bitwright
