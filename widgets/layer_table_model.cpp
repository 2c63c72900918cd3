// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_table_model.h"

#include "widgets/text.h"
#include "widgets/tunable_input.h"

#include <QCoreApplication>

#include <algorithm>

namespace bitwright {

namespace {

constexpr QChar kNotKnown(0x2013);

const LayerColumn& columnAt(int index)
{
    return layerColumns()[static_cast<std::size_t>(index)];
}

const SlotInfo* findSlot(const Layer& layer, const std::string& name)
{
    const auto found = std::find_if(layer.slots.begin(), layer.slots.end(),
                                    [&name](const SlotInfo& slot) { return slot.name == name; });
    return found == layer.slots.end() ? nullptr : &*found;
}

const TunableInfo* findTunable(const Layer& layer, const std::string& name)
{
    const auto found = std::find_if(layer.tunables.begin(), layer.tunables.end(),
                                    [&name](const TunableInfo& info) { return info.name == name; });
    return found == layer.tunables.end() ? nullptr : &*found;
}

std::optional<TunableChoice> shownTunable(const LayerRow& row, const TunableInfo& info)
{
    const LayerSettings& settings = row.view.configuration->layer(row.layer.id);
    if (const auto decided = settings.tunables.find(info.name); decided != settings.tunables.end())
        return decided->second;
    const auto effective = row.view.effectiveTunable(row.layer.id, info.name);
    return effective ? effective->value : info.fallback;
}

bool sameLayers(const DesignView& a, const DesignView& b)
{
    if (a.layers == b.layers)
        return true;
    return a.layerCount() == b.layerCount() && a.model == b.model
           && std::equal(a.layers->begin(), a.layers->end(), b.layers->begin(),
                         [](const Layer& x, const Layer& y) { return x.id == y.id; });
}

} // namespace

LayerTableModel::LayerTableModel(QObject* parent) : QAbstractTableModel(parent)
{
}

void LayerTableModel::reset(const DesignView& view)
{
    beginResetModel();
    m_view = view;
    m_facts = layerFacts(view);
    m_totals.clear();
    m_rows.clear();
    for (std::size_t i = 0; i < view.layerCount(); ++i)
        m_rows.insert(toQString((*view.layers)[i].id), static_cast<int>(i));
    endResetModel();
}

void LayerTableModel::refresh(const DesignView& view, const ChangeSet& changes)
{
    if (!view || !sameLayers(m_view, view))
        return reset(view);
    const bool isNewCircuit = m_view.lowering != view.lowering;
    m_view = view;
    if (isNewCircuit)
        m_facts = layerFacts(view);
    m_totals.clear();
    if (m_facts.empty())
        return;
    int first = 0;
    int last = rowCount() - 1;
    if (!changes.is_everything && changes.layers.size() == 1) {
        first = last = rowOf(toQString(*changes.layers.begin()));
        if (first < 0)
            return;
    }
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

int LayerTableModel::rowOf(const QString& layer) const
{
    return m_rows.value(layer, -1);
}

LayerRow LayerTableModel::row(int at) const
{
    const auto i = static_cast<std::size_t>(at);
    return {m_view, (*m_view.layers)[i], m_facts[i]};
}

std::optional<double> LayerTableModel::total(int column) const
{
    if (!columnAt(column).has_total || m_facts.empty())
        return std::nullopt;
    if (m_totals.empty())
        m_totals.resize(layerColumns().size());
    std::optional<double>& sum = m_totals[static_cast<std::size_t>(column)];
    if (sum)
        return sum;
    for (int i = 0; i < rowCount(); ++i)
        if (const auto value = columnAt(column).number(row(i)))
            sum = sum.value_or(0) + *value;
    return sum;
}

int LayerTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_facts.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(layerColumns().size());
}

bool LayerTableModel::isStale(const LayerColumn& column) const
{
    switch (column.source) {
    case ColumnSource::Cost: return m_view.is_cost_stale;
    case ColumnSource::Statistics: return m_view.is_statistics_stale;
    case ColumnSource::Always: return false;
    }
    return false;
}

bool LayerTableModel::isEditable(const LayerColumn& column, const Layer& layer) const
{
    if (column.kind == ColumnKind::Note)
        return true;
    if (m_view.configuration->layer(layer.id).is_locked)
        return false;
    return (column.kind == ColumnKind::Format && findSlot(layer, column.key))
           || (column.kind == ColumnKind::Tunable && findTunable(layer, column.key));
}

bool LayerTableModel::isDecided(const LayerColumn& column, const Layer& layer) const
{
    return (column.kind == ColumnKind::Format && m_view.isFormatEdited(layer.id, column.key))
           || (column.kind == ColumnKind::Tunable && m_view.isTunableEdited(layer.id, column.key));
}

QStringList LayerTableModel::choices(const LayerColumn& column, const Layer& layer) const
{
    QStringList texts;
    if (const TunableInfo* info = findTunable(layer, column.key))
        for (const TunableChoice& choice : info->legal)
            texts.append(tunableText(choice));
    return texts;
}

QVariant LayerTableModel::display(const LayerColumn& column, const LayerRow& row) const
{
    switch (column.kind) {
    case ColumnKind::Text: return column.text(row);
    case ColumnKind::Number: {
        const auto value = column.number(row);
        return value ? column.format(*value) : QString(kNotKnown);
    }
    case ColumnKind::Format: {
        if (!findSlot(row.layer, column.key))
            return QString();
        const auto decided = row.view.decidedFormat(row.layer.id, column.key);
        if (decided && std::holds_alternative<NumberFormat>(*decided))
            return toQString(describe(*decided));
        const auto effective = row.view.effectiveFormat(row.layer.id, column.key);
        return effective ? toQString(shortName(effective->value)) : QString(kNotKnown);
    }
    case ColumnKind::Tunable: {
        const TunableInfo* info = findTunable(row.layer, column.key);
        return info ? tunableText(*shownTunable(row, *info)) : QString();
    }
    case ColumnKind::Lock: return {};
    case ColumnKind::Note: return toQString(row.view.configuration->layer(row.layer.id).note);
    }
    return {};
}

QVariant LayerTableModel::editText(const LayerColumn& column, const LayerRow& row) const
{
    if (column.kind != ColumnKind::Format)
        return display(column, row);
    const auto decided = row.view.decidedFormat(row.layer.id, column.key);
    return decided ? toQString(describe(*decided)) : display(column, row);
}

QVariant LayerTableModel::sortValue(const LayerColumn& column, const LayerRow& row) const
{
    if (column.kind == ColumnKind::Number)
        return column.number(row).value_or(-1e300);
    if (column.kind == ColumnKind::Format) {
        const auto format = row.view.effectiveFormat(row.layer.id, column.key);
        return format ? widthBits(format->value) : -1;
    }
    if (column.kind == ColumnKind::Tunable) {
        const TunableInfo* info = findTunable(row.layer, column.key);
        const auto value = info ? shownTunable(row, *info) : std::nullopt;
        if (const auto* number = value ? std::get_if<std::int64_t>(&*value) : nullptr)
            return static_cast<qlonglong>(*number);
    }
    if (column.kind == ColumnKind::Lock)
        return row.view.configuration->layer(row.layer.id).is_locked;
    return display(column, row);
}

QString LayerTableModel::toolTip(const LayerColumn& column, const LayerRow& row) const
{
    QString text = display(column, row).toString();
    if (!row.layer.unsupported.empty())
        text += QLatin1Char('\n') + toQString(row.layer.unsupported);
    if (column.kind == ColumnKind::Format) {
        if (const auto effective = row.view.effectiveFormat(row.layer.id, column.key))
            text += QLatin1Char('\n')
                    + tr("In effect: %1, from %2").arg(toQString(longName(effective->value)), toQString(settingSourceName(effective->source)));
    } else if (column.kind == ColumnKind::Tunable) {
        if (const auto effective = row.view.effectiveTunable(row.layer.id, column.key))
            text += QLatin1Char('\n')
                    + tr("In effect: %1, from %2").arg(tunableText(effective->value), toQString(settingSourceName(effective->source)));
    }
    if (isStale(column))
        text += QLatin1Char('\n') + tr("From before the last edit; it is being computed anew.");
    return text;
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LayerColumn& column = columnAt(index.column());
    const LayerRow at = row(index.row());
    switch (role) {
    case Qt::DisplayRole: return display(column, at);
    case Qt::EditRole: return editText(column, at);
    case Qt::ToolTipRole: return toolTip(column, at);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(column.kind == ColumnKind::Number ? Qt::AlignRight | Qt::AlignVCenter
                                                                     : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::CheckStateRole:
        if (column.kind != ColumnKind::Lock)
            return {};
        return m_view.configuration->layer(at.layer.id).is_locked ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole:
        return toQString(at.layer.id) + QStringLiteral(", ")
               + QCoreApplication::translate("LayerColumn", column.title) + QStringLiteral(": ")
               + display(column, at).toString();
    case LayerRole: return toQString(at.layer.id);
    case SortRole: return sortValue(column, at);
    case StaleRole: return isStale(column);
    case KindRole: return static_cast<int>(column.kind);
    case ChoicesRole: return choices(column, at.layer);
    case DecidedRole: return isDecided(column, at.layer);
    case ShareRole: {
        const auto sum = total(index.column());
        const auto value = column.has_total ? column.number(at) : std::nullopt;
        return sum && value && *sum > 0 ? QVariant(*value / *sum) : QVariant();
    }
    default: return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const LayerColumn& column = columnAt(section);
    if (role == Qt::DisplayRole)
        return QCoreApplication::translate("LayerColumn", column.title);
    if (role == Qt::ToolTipRole)
        return QCoreApplication::translate("LayerColumn", column.help);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(column.kind == ColumnKind::Number ? Qt::AlignRight | Qt::AlignVCenter
                                                                     : Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags LayerTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    const LayerColumn& column = columnAt(index.column());
    if (isEditable(column, row(index.row()).layer))
        flags |= Qt::ItemIsEditable;
    if (column.kind == ColumnKind::Lock)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool LayerTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.row() >= rowCount())
        return false;
    const LayerColumn& column = columnAt(index.column());
    const LayerRow at = row(index.row());
    const QString layer = toQString(at.layer.id);
    if (role == Qt::CheckStateRole && column.kind == ColumnKind::Lock) {
        Q_EMIT lockToggled(layer, value.toInt() == Qt::Checked);
        return true;
    }
    if (role != Qt::EditRole || !isEditable(column, at.layer) || value.toString() == editText(column, at).toString())
        return false;
    const QString key = QString::fromLatin1(column.key);
    if (column.kind == ColumnKind::Format)
        Q_EMIT formatTyped(layer, key, value.toString());
    else if (column.kind == ColumnKind::Tunable)
        Q_EMIT tunableTyped(layer, key, value.toString());
    else
        Q_EMIT noteTyped(layer, value.toString());
    return true;
}

} // namespace bitwright
