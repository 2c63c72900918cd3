// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector_state.h"

#include "widgets/layer_facts.h"
#include "widgets/text.h"
#include "widgets/tunable_input.h"

#include <QCoreApplication>
#include <QMap>
#include <QStringList>

#include <algorithm>

namespace bitwright {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}

template <class Infos>
auto* findByName(Infos& infos, const std::string& name)
{
    const auto found = std::find_if(infos.begin(), infos.end(), [&name](const auto& info) { return info.name == name; });
    return found == infos.end() ? nullptr : &*found;
}

/// "fixed<16,6> × 3, auto × 2", most frequent first.
QString distribution(const QStringList& texts)
{
    QMap<QString, int> counts;
    for (const QString& text : texts)
        ++counts[text];
    if (counts.size() < 2)
        return {};
    QList<std::pair<int, QString>> order;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        order.append({-it.value(), it.key()});
    std::sort(order.begin(), order.end());
    QStringList parts;
    for (const auto& [count, text] : order)
        parts.append(QStringLiteral("%1 × %2").arg(text).arg(-count));
    return parts.join(QStringLiteral(", "));
}

void keepShared(std::vector<TunableChoice>& legal, const std::vector<TunableChoice>& other)
{
    if (other.empty()) // anything goes there
        return;
    if (legal.empty()) {
        legal = other;
        return;
    }
    std::erase_if(legal, [&other](const TunableChoice& choice) {
        return std::find(other.begin(), other.end(), choice) == other.end();
    });
}

QString tableRow(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'>%2</td></tr>").arg(name, value);
}

QString shareRow(const QString& name, std::int64_t count, std::int64_t elements)
{
    const double share = elements > 0 ? static_cast<double>(count) / static_cast<double>(elements) : 0;
    return tableRow(name, count == 0 ? translated("none")
                                     : percentText(share) + QStringLiteral(" (")
                                           + countText(static_cast<double>(count)) + QLatin1Char(')'));
}

} // namespace

std::vector<SlotInfo> unionOfSlots(const std::vector<const Layer*>& layers)
{
    std::vector<SlotInfo> all;
    for (const Layer* layer : layers)
        for (const SlotInfo& slot : layer->slots)
            if (!findByName(all, slot.name))
                all.push_back(slot);
    return all;
}

std::vector<TunableInfo> unionOfTunables(const std::vector<const Layer*>& layers)
{
    std::vector<TunableInfo> all;
    for (const Layer* layer : layers) {
        for (const TunableInfo& tunable : layer->tunables) {
            if (TunableInfo* known = findByName(all, tunable.name))
                keepShared(known->legal, tunable.legal);
            else
                all.push_back(tunable);
        }
    }
    return all;
}

SlotState slotState(const DesignView& view, const std::vector<const Layer*>& layers, const std::string& slot)
{
    SlotState state;
    state.is_stale = view.is_cost_stale;
    QStringList texts;
    bool isFirst = true;
    for (const Layer* layer : layers) {
        const SlotInfo* info = findByName(layer->slots, slot);
        if (!info)
            continue;
        const auto decided = view.decidedFormat(layer->id, slot);
        const auto effective = view.effectiveFormat(layer->id, slot);
        const auto* chosen = decided ? std::get_if<NumberFormat>(&*decided) : nullptr;
        texts.append(chosen ? toQString(shortName(*chosen))
                            : effective ? toQString(shortName(effective->value)) : translated("not known"));
        if (!isFirst)
            continue;
        isFirst = false;
        state.title = toQString(info->title);
        state.decided = decided;
        if (effective) {
            state.effective = effective->value;
            state.source = toQString(settingSourceName(effective->source));
        }
        if (chosen)
            state.source = toQString(settingSourceName(SettingSource::Layer));
        else if (decided)
            state.source = toQString(settingSourceName(SettingSource::Inferred));
    }
    state.is_edited = std::any_of(layers.begin(), layers.end(),
                                  [&](const Layer* layer) { return view.isFormatEdited(layer->id, slot); });
    state.distribution = distribution(texts);
    return state;
}

TunableState tunableState(const DesignView& view, const std::vector<const Layer*>& layers, const std::string& tunable)
{
    TunableState state;
    QStringList texts;
    std::vector<TunableInfo> all = unionOfTunables(layers);
    if (const TunableInfo* info = findByName(all, tunable))
        state.info = *info;
    bool isFirst = true;
    for (const Layer* layer : layers) {
        const TunableInfo* info = findByName(layer->tunables, tunable);
        if (!info)
            continue;
        const auto& decisions = view.configuration->layer(layer->id).tunables;
        const auto decided = decisions.find(tunable);
        const auto effective = view.effectiveTunable(layer->id, tunable);
        const TunableChoice shown = decided != decisions.end() ? decided->second
                                    : effective                ? effective->value
                                                               : info->fallback;
        texts.append(tunableText(shown));
        if (!isFirst)
            continue;
        isFirst = false;
        if (decided != decisions.end())
            state.decided = decided->second;
        if (effective) {
            state.effective = effective->value;
            state.source = toQString(settingSourceName(effective->source));
        }
        if (state.decided)
            state.source = toQString(settingSourceName(SettingSource::Layer));
    }
    state.is_edited = std::any_of(layers.begin(), layers.end(),
                                  [&](const Layer* layer) { return view.isTunableEdited(layer->id, tunable); });
    state.distribution = distribution(texts);
    return state;
}

QString factsText(const DesignView& view, const std::vector<const Layer*>& layers)
{
    if (layers.size() > 1) {
        QStringList types;
        for (const Layer* layer : layers)
            types.append(toQString(layer->type));
        const QString mix = distribution(types);
        return mix.isEmpty() ? types.front() : mix;
    }
    const Layer& layer = *layers.front();
    QStringList lines{toQString(layer.type)};
    const std::vector<LayerFacts> facts = layerFacts(view);
    const auto row = static_cast<std::size_t>(&layer - view.layers->data());
    if (row < facts.size() && !facts[row].output_shape.isEmpty())
        lines.front() += QStringLiteral("   ") + facts[row].input_shape + QStringLiteral(" → ") + facts[row].output_shape;
    if (row < facts.size() && facts[row].constants > 0)
        lines.append(translated("%1 constants, %2 bits")
                         .arg(countText(static_cast<double>(facts[row].constants)),
                              countText(static_cast<double>(facts[row].constant_bits))));
    QStringList nodes;
    for (const std::string& node : layer.came_from)
        nodes.append(toQString(node));
    if (!nodes.isEmpty())
        lines.append(translated("From %1").arg(nodes.join(QStringLiteral(", "))));
    return lines.join(QLatin1Char('\n'));
}

QString statisticsText(const DesignView& view, const std::vector<const Layer*>& layers)
{
    if (layers.size() != 1)
        return translated("Select one layer to see its values.");
    const ValueReport* report = view.report(layers.front()->id);
    if (!report)
        return view.data ? translated("Not computed yet.") : translated("No samples are loaded.");
    const ValueStatistics& counts = report->statistics;
    QString rows = tableRow(translated("Range"), realText(counts.minimum, 5) + QStringLiteral(" … ") + realText(counts.maximum, 5));
    if (report->reference_minimum && report->reference_maximum)
        rows += tableRow(translated("Reference range"), realText(*report->reference_minimum, 5) + QStringLiteral(" … ")
                                                            + realText(*report->reference_maximum, 5));
    rows += shareRow(translated("Saturated"), counts.saturations, counts.elements);
    rows += shareRow(translated("Wrapped"), counts.wraps, counts.elements);
    rows += shareRow(translated("Underflow"), counts.underflows, counts.elements);
    if (report->sqnr_db)
        rows += tableRow(translated("SQNR up to here"), decibelText(*report->sqnr_db));
    return QStringLiteral("<table cellspacing='0'>") + rows + QStringLiteral("</table>");
}

} // namespace bitwright
