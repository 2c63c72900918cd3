// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems_model.h"

#include "widgets/icons.h"
#include "widgets/text.h"

#include <QIcon>

#include <algorithm>

namespace bitwright {

namespace {

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Note: return ProblemsModel::tr("Note");
    case Severity::Warning: return ProblemsModel::tr("Warning");
    case Severity::Error: return ProblemsModel::tr("Error");
    }
    return {};
}

QIcon severityIcon(Severity severity)
{
    return themedIcon(severity == Severity::Error     ? QStringLiteral("error")
                      : severity == Severity::Warning ? QStringLiteral("warning")
                                                      : QStringLiteral("note"));
}

QString layerOf(const Diagnostic& finding)
{
    const auto* where = std::get_if<LayerLocation>(&finding.where);
    return where ? toQString(where->layer) : QString();
}

QString nodeOf(const Diagnostic& finding)
{
    const auto* where = std::get_if<NodeLocation>(&finding.where);
    return where ? toQString(where->node) : QString();
}

} // namespace

ProblemsModel::ProblemsModel(QObject* parent) : QAbstractTableModel(parent)
{
}

void ProblemsModel::setFindings(const Diagnostics& findings)
{
    if (findings == m_findings)
        return;
    beginResetModel();
    m_findings = findings;
    endResetModel();
}

int ProblemsModel::count(Severity severity) const
{
    return static_cast<int>(std::count_if(m_findings.begin(), m_findings.end(), [severity](const Diagnostic& finding) {
        return finding.severity() == severity;
    }));
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Diagnostic& finding = m_findings[static_cast<std::size_t>(index.row())];
    if (role == LayerRole)
        return layerOf(finding);
    if (role == NodeRole)
        return nodeOf(finding);
    if (role == SeverityRole)
        return static_cast<int>(finding.severity());
    if (role == Qt::DecorationRole && index.column() == SeverityColumn)
        return severityIcon(finding.severity());
    if (role == Qt::ToolTipRole)
        return toQString(finding.rendered());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case SeverityColumn: return severityText(finding.severity());
    case WhereColumn: {
        const QString layer = layerOf(finding);
        const QString node = nodeOf(finding);
        return !layer.isEmpty() ? layer : !node.isEmpty() ? node : toQString(describe(finding.where));
    }
    case TextColumn: return toQString(finding.message());
    case RemedyColumn: return toQString(finding.remedy);
    default: return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn: return tr("Kind");
    case WhereColumn: return tr("Where");
    case TextColumn: return tr("What");
    case RemedyColumn: return tr("What to do");
    default: return {};
    }
}

} // namespace bitwright
