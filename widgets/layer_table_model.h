// SPDX-License-Identifier: GPL-3.0-or-later
/// One row per layer; values come from the document's shared snapshots, no objects per cell (gui.md 4.4).
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "widgets/change_set.h"
#include "widgets/layer_columns.h"

namespace bitwright {

class LayerTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        LayerRole = Qt::UserRole, ///< layer id
        SortRole,                 ///< number or text to sort by
        StaleRole,                ///< bool
        KindRole,                 ///< ColumnKind
        ChoicesRole,              ///< legal texts of a tunable
        ShareRole,                ///< share of the column's total, for the bar in cost cells
        DecidedRole,              ///< bool: the user chose something else than the flow starts with
    };

    explicit LayerTableModel(QObject* parent = nullptr);

    /// Another design, or other layers.
    void reset(const DesignView& view);
    /// Newer values of the same layers.
    void refresh(const DesignView& view, const ChangeSet& changes);
    const DesignView& view() const { return m_view; }
    const std::vector<LayerFacts>& facts() const { return m_facts; }
    int rowOf(const QString& layer) const;
    /// Sum of a column over all layers; nothing where it has none.
    std::optional<double> total(int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Emits what was asked for; the value changes when the document has made the edit.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

Q_SIGNALS:
    void formatTyped(const QString& layer, const QString& slot, const QString& text);
    void tunableTyped(const QString& layer, const QString& tunable, const QString& text);
    void lockToggled(const QString& layer, bool isLocked);
    void noteTyped(const QString& layer, const QString& note);

private:
    LayerRow row(int index) const;
    QVariant display(const LayerColumn& column, const LayerRow& row) const;
    QVariant editText(const LayerColumn& column, const LayerRow& row) const;
    QVariant sortValue(const LayerColumn& column, const LayerRow& row) const;
    QString toolTip(const LayerColumn& column, const LayerRow& row) const;
    bool isStale(const LayerColumn& column) const;
    bool isEditable(const LayerColumn& column, const Layer& layer) const;
    bool isDecided(const LayerColumn& column, const Layer& layer) const;
    QStringList choices(const LayerColumn& column, const Layer& layer) const;

    DesignView m_view;
    std::vector<LayerFacts> m_facts;
    QHash<QString, int> m_rows;
    mutable std::vector<std::optional<double>> m_totals; ///< by column; computed on demand, dropped by refresh
};

} // namespace bitwright
