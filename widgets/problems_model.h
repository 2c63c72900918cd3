// SPDX-License-Identifier: GPL-3.0-or-later
/// The list of findings, worst first (gui.md 3.3).
#pragma once

#include <QAbstractTableModel>

#include "support/diagnostic.h"

namespace bitwright {

class ProblemsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { SeverityColumn, WhereColumn, TextColumn, RemedyColumn, ColumnCount };
    enum Role {
        LayerRole = Qt::UserRole, ///< layer id; empty where the finding is about no layer
        NodeRole,                 ///< node name of the file
        SeverityRole,
    };

    explicit ProblemsModel(QObject* parent = nullptr);

    void setFindings(const Diagnostics& findings);
    const Diagnostics& findings() const { return m_findings; }
    int count(Severity severity) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    Diagnostics m_findings;
};

} // namespace bitwright
