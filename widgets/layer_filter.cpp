// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_filter.h"

#include "widgets/layer_table_model.h"

namespace bitwright {

LayerFilter::LayerFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(LayerTableModel::SortRole);
    setDynamicSortFilter(true);
}

void LayerFilter::setAccepted(std::vector<bool> accepted)
{
    if (m_accepted == accepted)
        return;
    m_accepted = std::move(accepted);
    invalidateRowsFilter();
}

bool LayerFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const auto at = static_cast<std::size_t>(row);
    return at >= m_accepted.size() || m_accepted[at];
}

bool LayerFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    const bool areNumbers = a.typeId() != QMetaType::QString && b.typeId() != QMetaType::QString;
    if (areNumbers)
        return a.toDouble() < b.toDouble();
    return a.toString().localeAwareCompare(b.toString()) < 0;
}

} // namespace bitwright
