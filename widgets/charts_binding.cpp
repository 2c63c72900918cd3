// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts_binding.h"

#include "widgets/document.h"
#include "widgets/histogram_chart.h"
#include "widgets/layer_editor.h"
#include "widgets/range_chart.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

namespace bitwright {

ChartsBinding::ChartsBinding(const Parts& parts, QObject* parent) : QObject(parent), m(parts)
{
    const auto changed = [this] { refresh(); };
    connect(m.document, &Document::designChanged, this, changed);
    connect(m.document, &Document::configurationChanged, this, changed);
    connect(m.document, &Document::costChanged, this, changed);
    connect(m.document, &Document::statisticsChanged, this, changed);
    connect(m.document, &Document::staleChanged, this, changed);
    connect(m.selection, &SelectionHub::selectionChanged, this, &ChartsBinding::refreshHistogram);
    connect(m.selection, &SelectionHub::currentChanged, this, &ChartsBinding::refreshHistogram);
    connect(m.ranges, &RangeChart::formatDragged, this,
            [this](const QString& layer, const FixedFormat& format, int number, bool isForAll) {
                commit(QStringLiteral("ranges"), layer, format, number, isForAll);
            });
    connect(m.histogram, &HistogramChart::formatDragged, this,
            [this](const QString& layer, const FixedFormat& format, int number, bool isForAll) {
                commit(QStringLiteral("histogram"), layer, format, number, isForAll);
            });
    refresh();
}

QString ChartsBinding::reason() const
{
    const DesignView& view = m.document->view();
    if (!view)
        return tr("No model is open.");
    if (view.quality_problem)
        return toQString(view.quality_problem->message());
    if (!view.lowering || !view.lowering->circuit)
        return tr("The design cannot be built yet, so there are no values; see Problems.");
    return view.data ? tr("The values are being computed.") : tr("No samples are loaded.");
}

void ChartsBinding::refresh()
{
    const DesignView& view = m.document->view();
    m.ranges->setRows(rangeRows(view), reason(), view.is_statistics_stale);
    refreshHistogram();
}

void ChartsBinding::refreshHistogram()
{
    const DesignView& view = m.document->view();
    const Layer* layer = view.findLayer(toUtf8(m.selection->current()));
    if (!layer) {
        m.histogram->setRow({}, view ? tr("Select a layer to see its values.") : reason(), false);
        return;
    }
    m.histogram->setRow(rangeRow(view, *layer), reason(), view.is_statistics_stale);
}

void ChartsBinding::commit(const QString& source, const QString& layer, const FixedFormat& format, int number, bool isForAll)
{
    const Layer* found = m.document->view().findLayer(toUtf8(layer));
    if (!found)
        return;
    const QStringList layers = isForAll && m.selection->contains(layer) ? m.selection->selected() : QStringList{layer};
    m.editor->setFormat(layers, mainSlot(*found), FormatInput(FormatChoice(NumberFormat(format))),
                        QStringLiteral("%1 %2 %3").arg(source, layer).arg(number));
}

} // namespace bitwright
