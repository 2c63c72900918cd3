// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_totals.h"

#include "widgets/layer_table_model.h"
#include "widgets/text.h"

#include <QFont>

namespace bitwright {

LayerTotals::LayerTotals(const LayerTableModel* layers, QObject* parent)
    : QAbstractTableModel(parent), m_layers(layers)
{
    const auto changed = [this] { Q_EMIT dataChanged(index(0, 0), index(0, columnCount() - 1)); };
    connect(layers, &QAbstractItemModel::dataChanged, this, changed);
    connect(layers, &QAbstractItemModel::modelReset, this, changed);
}

void LayerTotals::setShown(int layers)
{
    m_shown = layers;
    Q_EMIT dataChanged(index(0, 0), index(0, 0));
}

int LayerTotals::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1;
}

int LayerTotals::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(layerColumns().size());
}

QString LayerTotals::text(int column) const
{
    const LayerColumn& spec = layerColumns()[static_cast<std::size_t>(column)];
    const QString key = QString::fromLatin1(spec.key);
    const DesignView& view = m_layers->view();
    if (key == QLatin1String("name"))
        return m_shown >= 0 && m_shown < m_layers->rowCount()
                   ? tr("%1 of %2 layers").arg(m_shown).arg(m_layers->rowCount())
                   : countedText(m_layers->rowCount(), tr("%1 layer"), tr("%1 layers"));
    // Totals of the design are the estimator's: latencies do not add up, and glue belongs to no layer.
    if (view.estimate) {
        const Cost& total = view.estimate->total;
        for (const auto& [name, amount] :
             {std::pair{"lut", &Cost::lut}, {"ff", &Cost::ff}, {"dsp", &Cost::dsp}, {"bram", &Cost::bram},
              {"latency", &Cost::latency_cycles}, {"ii", &Cost::initiation_interval_cycles}})
            if (key == QLatin1String(name))
                return countText((total.*amount).value);
    }
    const auto sum = m_layers->total(column);
    return sum ? spec.format(*sum) : QString();
}

QVariant LayerTotals::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LayerColumn& spec = layerColumns()[static_cast<std::size_t>(index.column())];
    if (role == Qt::DisplayRole)
        return text(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(spec.kind == ColumnKind::Number ? Qt::AlignRight | Qt::AlignVCenter
                                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == LayerTableModel::KindRole)
        return static_cast<int>(ColumnKind::Text);
    if (role == LayerTableModel::StaleRole)
        return spec.source == ColumnSource::Cost && m_layers->view().is_cost_stale;
    if (role == Qt::FontRole) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    return {};
}

QVariant LayerTotals::headerData(int, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Vertical && role == Qt::DisplayRole ? QVariant(QStringLiteral("Σ")) : QVariant();
}

} // namespace bitwright
