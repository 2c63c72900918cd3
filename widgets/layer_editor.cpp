// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_editor.h"

#include "widgets/text.h"
#include "widgets/tunable_input.h"

#include <algorithm>
#include <cmath>

namespace bitwright {

namespace {

bool hasSlot(const DesignView& view, const QString& id, const std::string& slot)
{
    if (id.isEmpty())
        return true;
    const Layer* layer = view.findLayer(toUtf8(id));
    return layer && std::any_of(layer->slots.begin(), layer->slots.end(),
                                [&slot](const SlotInfo& info) { return info.name == slot; });
}

const TunableInfo* findTunable(const DesignView& view, const QString& id, const std::string& name)
{
    const Layer* layer = view.findLayer(toUtf8(id));
    if (!layer)
        return nullptr;
    const auto found = std::find_if(layer->tunables.begin(), layer->tunables.end(),
                                    [&name](const TunableInfo& info) { return info.name == name; });
    return found == layer->tunables.end() ? nullptr : &*found;
}

std::optional<NumberFormat> currentFormat(const DesignView& view, const std::string& id, const std::string& slot)
{
    if (const auto decided = view.decidedFormat(id, slot))
        if (const auto* format = std::get_if<NumberFormat>(&*decided))
            return *format;
    const auto effective = view.effectiveFormat(id, slot);
    return effective ? std::optional(effective->value) : std::nullopt;
}

/// What the flow starts the layer with.
const LayerSettings& initialSettings(const DesignView& view, const std::string& id)
{
    static const LayerSettings kNothing;
    if (!view.initial)
        return kNothing;
    return id.empty() ? view.initial->model : view.initial->layer(id);
}

} // namespace

LayerEditor::LayerEditor(Document* document, QObject* parent) : QObject(parent), m_document(document)
{
}

QStringList LayerEditor::editable(const QStringList& ids)
{
    if (ids.size() < 2)
        return ids;
    QStringList open;
    for (const QString& id : ids)
        if (!m_document->view().configuration->layer(toUtf8(id)).is_locked)
            open.append(id);
    const int left = static_cast<int>(ids.size() - open.size());
    if (left > 0)
        Q_EMIT noticed(countedText(left, tr("%1 locked layer stayed as it is."), tr("%1 locked layers stayed as they are.")));
    return open;
}

void LayerEditor::run(EditBatch batch, const QString& what, const QStringList& layers, const QString& mergeKey)
{
    if (batch.edits.empty())
        return;
    QString where;
    if (layers.size() == 1 && !layers.front().isEmpty())
        where = tr("%1 of %2").arg(what, layers.front());
    else if (layers.size() > 1)
        where = tr("%1 of %2 layers").arg(what).arg(layers.size());
    else
        where = what;
    (void)m_document->edit(std::move(batch), where, mergeKey);
}

void LayerEditor::setFormat(const QStringList& layers, const std::string& slot, const FormatInput& input,
                            const QString& mergeKey)
{
    const DesignView& view = m_document->view();
    EditBatch batch;
    QStringList edited;
    for (const QString& id : editable(layers)) {
        if (!hasSlot(view, id, slot))
            continue;
        const std::string layer = toUtf8(id);
        const auto choice = resolveInput(input, currentFormat(view, layer, slot));
        if (!choice) {
            Q_EMIT noticed(toQString(choice.error().message()));
            return;
        }
        batch.edits.emplace_back(SetFormat{layer, slot, *choice});
        edited.append(id);
    }
    const QString key = mergeKey.isEmpty() ? QString() : mergeKey + QLatin1Char(' ') + toQString(slot);
    run(std::move(batch), tr("%1 format").arg(toQString(slot)), edited, key);
}

void LayerEditor::setTunable(const QStringList& layers, const std::string& tunable,
                             const std::optional<TunableChoice>& choice, const QString& mergeKey)
{
    EditBatch batch;
    QStringList edited;
    for (const QString& id : editable(layers)) {
        if (!id.isEmpty() && !findTunable(m_document->view(), id, tunable))
            continue;
        batch.edits.emplace_back(SetTunable{toUtf8(id), tunable, choice});
        edited.append(id);
    }
    run(std::move(batch), tunableTitle(tunable), edited, mergeKey);
}

void LayerEditor::setTunableText(const QStringList& layers, const std::string& tunable, const QString& text)
{
    const DesignView& view = m_document->view();
    EditBatch batch;
    QStringList edited;
    for (const QString& id : editable(layers)) {
        const TunableInfo* info = findTunable(view, id, tunable);
        if (!info)
            continue;
        const auto effective = view.effectiveTunable(toUtf8(id), tunable);
        const TunableInput input = parseTunableInput(*info, text, effective ? effective->value : info->fallback);
        if (!input.problem.isEmpty()) {
            Q_EMIT noticed(input.problem);
            return;
        }
        batch.edits.emplace_back(SetTunable{toUtf8(id), tunable, input.choice});
        edited.append(id);
    }
    run(std::move(batch), tunableTitle(tunable), edited, {});
}

void LayerEditor::stepReuse(const QStringList& layers, int direction)
{
    const DesignView& view = m_document->view();
    EditBatch batch;
    QStringList edited;
    for (const QString& id : editable(layers)) {
        const TunableInfo* info = findTunable(view, id, tunables::kReuseFactor);
        if (!info)
            continue;
        const auto effective = view.effectiveTunable(toUtf8(id), tunables::kReuseFactor);
        const auto next = neighbour(*info, effective ? effective->value : info->fallback, direction);
        if (!next)
            continue;
        batch.edits.emplace_back(SetTunable{toUtf8(id), tunables::kReuseFactor, *next});
        edited.append(id);
    }
    if (batch.edits.empty())
        Q_EMIT noticed(direction > 0 ? tr("There is no larger legal reuse factor here.")
                                     : tr("There is no smaller legal reuse factor here."));
    run(std::move(batch), tunableTitle(tunables::kReuseFactor), edited, {});
}

void LayerEditor::setLocked(const QStringList& layers, bool isLocked)
{
    EditBatch batch;
    for (const QString& id : layers)
        batch.edits.emplace_back(SetLayerLock{toUtf8(id), isLocked});
    run(std::move(batch), isLocked ? tr("Lock") : tr("Unlock"), layers, {});
}

void LayerEditor::setNote(const QString& layer, const QString& note)
{
    run({{SetLayerNote{toUtf8(layer), toUtf8(note)}}}, tr("Note"), {layer}, {});
}

void LayerEditor::reset(const QStringList& layers)
{
    const DesignView& view = m_document->view();
    EditBatch batch;
    const QStringList open = editable(layers);
    for (const QString& id : open) {
        const std::string layer = toUtf8(id);
        batch.edits.emplace_back(ResetLayer{layer});
        const LayerSettings& start = initialSettings(view, layer);
        for (const auto& [slot, choice] : start.formats)
            batch.edits.emplace_back(SetFormat{layer, slot, choice});
        for (const auto& [name, choice] : start.tunables)
            batch.edits.emplace_back(SetTunable{layer, name, choice});
    }
    run(std::move(batch), tr("Reset"), open, {});
}

void LayerEditor::resetFormat(const QStringList& layers, const std::string& slot)
{
    EditBatch batch;
    const QStringList open = editable(layers);
    for (const QString& id : open) {
        const LayerSettings& start = initialSettings(m_document->view(), toUtf8(id));
        const auto choice = start.formats.find(slot);
        batch.edits.emplace_back(SetFormat{toUtf8(id), slot, choice == start.formats.end() ? std::nullopt : std::optional(choice->second)});
    }
    run(std::move(batch), tr("Reset"), open, {});
}

void LayerEditor::resetTunable(const QStringList& layers, const std::string& tunable)
{
    EditBatch batch;
    const QStringList open = editable(layers);
    for (const QString& id : open) {
        const LayerSettings& start = initialSettings(m_document->view(), toUtf8(id));
        const auto choice = start.tunables.find(tunable);
        batch.edits.emplace_back(SetTunable{toUtf8(id), tunable, choice == start.tunables.end() ? std::nullopt : std::optional(choice->second)});
    }
    run(std::move(batch), tr("Reset"), open, {});
}

void LayerEditor::setDesign(const DesignSettings& design, const QString& text, const QString& mergeKey)
{
    (void)m_document->edit(SetDesign{design}, text, mergeKey);
}

void LayerEditor::replaceConfiguration(const Configuration& configuration, const QString& text)
{
    (void)m_document->edit(ReplaceConfiguration{configuration}, text);
}

void LayerEditor::fitToData(const QStringList& layers)
{
    const DesignView& view = m_document->view();
    EditBatch batch;
    QStringList edited;
    for (const QString& id : editable(layers)) {
        const Layer* layer = view.findLayer(toUtf8(id));
        const ValueReport* report = view.report(toUtf8(id));
        if (!layer || !report || !report->reference_minimum || !report->reference_maximum)
            continue;
        const std::string slot = mainSlot(*layer);
        const auto current = currentFormat(view, layer->id, slot);
        const auto* fixed = current ? std::get_if<FixedFormat>(&*current) : nullptr;
        if (!fixed || fixed->family == FixedFamily::Integer)
            continue;
        FixedFormat fitted = *fixed;
        const double largest = std::max(std::abs(*report->reference_minimum), std::abs(*report->reference_maximum));
        const int magnitudeBits = largest > 0 ? static_cast<int>(std::floor(std::log2(largest))) + 1 : 0;
        fitted.integer_bits = magnitudeBits + (fitted.is_signed ? 1 : 0);
        batch.edits.emplace_back(SetFormat{layer->id, slot, FormatChoice(NumberFormat(fitted))});
        edited.append(id);
    }
    if (batch.edits.empty())
        Q_EMIT noticed(tr("No selected layer has a known range and a fixed-point result."));
    run(std::move(batch), tr("Fit to data"), edited, {});
}

void LayerEditor::copySettings(const QString& layer)
{
    m_copied = m_document->view().configuration->layer(toUtf8(layer));
    Q_EMIT noticed(tr("Copied the settings of %1.").arg(layer));
}

void LayerEditor::pasteSettings(const QStringList& layers)
{
    if (!m_copied)
        return;
    const DesignView& view = m_document->view();
    EditBatch batch;
    const QStringList open = editable(layers);
    for (const QString& id : open) {
        for (const auto& [slot, choice] : m_copied->formats)
            if (hasSlot(view, id, slot))
                batch.edits.emplace_back(SetFormat{toUtf8(id), slot, choice});
        for (const auto& [name, choice] : m_copied->tunables)
            if (findTunable(view, id, name))
                batch.edits.emplace_back(SetTunable{toUtf8(id), name, choice});
    }
    run(std::move(batch), tr("Paste settings"), open, {});
}

} // namespace bitwright
