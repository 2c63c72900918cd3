// SPDX-License-Identifier: GPL-3.0-or-later
/// Sorts the layers table and shows only what a query found.
#pragma once

#include <vector>

#include <QSortFilterProxyModel>

namespace bitwright {

class LayerFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit LayerFilter(QObject* parent = nullptr);

    /// One entry per row of the source; an empty list lets everything pass.
    void setAccepted(std::vector<bool> accepted);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    std::vector<bool> m_accepted;
};

} // namespace bitwright
