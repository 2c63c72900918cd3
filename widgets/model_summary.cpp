// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model_summary.h"

#include "widgets/document.h"
#include "widgets/layer_facts.h"
#include "widgets/text.h"

#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace bitwright {

namespace {

QString portsText(const Graph& graph, const std::vector<ValueIndex>& ports)
{
    QStringList lines;
    for (const ValueIndex port : ports) {
        const Value& value = graph.value(port);
        QString shape = value.shape ? toQString(shapeText(*value.shape)) : QStringLiteral("?");
        lines.append(toQString(value.name).toHtmlEscaped() + QStringLiteral(" ") + toQString(elementTypeName(value.type))
                     + QLatin1Char(' ') + shape);
    }
    return lines.join(QStringLiteral("<br>"));
}

QString row(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td style='padding-right:12px'>%1</td><td>%2</td></tr>").arg(name, value);
}

QString tableText(const DesignView& view)
{
    const Model& model = *view.model;
    QString rows;
    if (!model.producer.empty())
        rows += row(ModelSummary::tr("Producer"), toQString(model.producer).toHtmlEscaped());
    rows += row(ModelSummary::tr("Nodes"), countText(static_cast<double>(model.graph.nodes.size())));
    rows += row(ModelSummary::tr("Layers"), countText(static_cast<double>(view.layerCount())));
    std::int64_t constants = 0;
    std::int64_t bits = 0;
    for (const LayerFacts& facts : layerFacts(view)) {
        constants += facts.constants;
        bits += facts.constant_bits;
    }
    if (constants > 0)
        rows += row(ModelSummary::tr("Constants"), ModelSummary::tr("%1 in %2 bits")
                                                       .arg(countText(static_cast<double>(constants)), countText(static_cast<double>(bits))));
    rows += row(ModelSummary::tr("Inputs"), portsText(model.graph, model.graph.inputs));
    rows += row(ModelSummary::tr("Outputs"), portsText(model.graph, model.graph.outputs));
    rows += row(ModelSummary::tr("Data"), view.data ? toQString(view.data->description).toHtmlEscaped()
                                                    : ModelSummary::tr("none"));
    const auto unsupported = !view.layers ? 0
        : std::count_if(view.layers->begin(), view.layers->end(), [](const Layer& layer) { return !layer.unsupported.empty(); });
    if (unsupported > 0)
        rows += row(ModelSummary::tr("Not supported"), countedText(unsupported, ModelSummary::tr("%1 layer"), ModelSummary::tr("%1 layers")));
    return QStringLiteral("<table cellspacing='2'>") + rows + QStringLiteral("</table>");
}

} // namespace

ModelSummary::ModelSummary(Document* document, QWidget* parent) : QWidget(parent), m_document(document)
{
    m_title = new QLabel;
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_title->setFont(large);
    m_table = new QLabel;
    m_table->setWordWrap(true);
    m_table->setTextFormat(Qt::RichText);
    m_table->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hint = new QLabel(tr("Select a layer in the graph or in the table to edit it."));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_title);
    column->addWidget(m_table);
    column->addWidget(m_hint);
    connect(document, &Document::designChanged, this, &ModelSummary::refresh);
    connect(document, &Document::costChanged, this, &ModelSummary::refresh);
    connect(document, &Document::qualityChanged, this, &ModelSummary::refresh);
    refresh();
}

void ModelSummary::refresh()
{
    const DesignView& view = m_document->view();
    m_table->setVisible(static_cast<bool>(view));
    m_hint->setVisible(static_cast<bool>(view));
    m_title->setText(view ? QFileInfo(toQString(view.model->path)).fileName() : tr("No model is open"));
    if (view)
        m_table->setText(tableText(view));
}

} // namespace bitwright
