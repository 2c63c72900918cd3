// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/design_view.h"

#include <algorithm>

namespace bitwright {

const Layer* DesignView::findLayer(const std::string& id) const
{
    if (!layers)
        return nullptr;
    const auto found = std::find_if(layers->begin(), layers->end(),
                                    [&id](const Layer& layer) { return layer.id == id; });
    return found == layers->end() ? nullptr : &*found;
}

const EffectiveLayer* DesignView::effective(const std::string& id) const
{
    if (!lowering)
        return nullptr;
    const auto found = lowering->layers.find(id);
    return found == lowering->layers.end() ? nullptr : &found->second;
}

std::optional<Resolved<NumberFormat>> DesignView::effectiveFormat(const std::string& id,
                                                                  const std::string& slot) const
{
    const EffectiveLayer* layer = effective(id);
    if (!layer)
        return std::nullopt;
    const auto found = layer->formats.find(slot);
    return found == layer->formats.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Resolved<TunableChoice>> DesignView::effectiveTunable(const std::string& id,
                                                                    const std::string& name) const
{
    const EffectiveLayer* layer = effective(id);
    if (!layer)
        return std::nullopt;
    const auto found = layer->tunables.find(name);
    return found == layer->tunables.end() ? std::nullopt : std::optional(found->second);
}

std::optional<FormatChoice> DesignView::decidedFormat(const std::string& id, const std::string& slot) const
{
    if (!configuration)
        return std::nullopt;
    const LayerSettings& settings = id.empty() ? configuration->model : configuration->layer(id);
    const auto found = settings.formats.find(slot);
    return found == settings.formats.end() ? std::nullopt : std::optional(found->second);
}

namespace {

template <class Choices>
bool differsAt(const Choices& now, const Choices& before, const std::string& name)
{
    const auto a = now.find(name);
    const auto b = before.find(name);
    if (a == now.end() || b == before.end())
        return (a == now.end()) != (b == before.end());
    return a->second != b->second;
}

const LayerSettings& settingsOf(const std::shared_ptr<const Configuration>& configuration, const std::string& id)
{
    static const LayerSettings kNothing;
    if (!configuration)
        return kNothing;
    return id.empty() ? configuration->model : configuration->layer(id);
}

const Cost* costOf(const Estimate* estimate, const std::string& id)
{
    if (!estimate)
        return nullptr;
    const auto found = estimate->layers.find(id);
    return found == estimate->layers.end() ? nullptr : &found->second;
}

} // namespace

bool DesignView::isFormatEdited(const std::string& id, const std::string& slot) const
{
    return differsAt(settingsOf(configuration, id).formats, settingsOf(initial, id).formats, slot);
}

bool DesignView::isTunableEdited(const std::string& id, const std::string& name) const
{
    return differsAt(settingsOf(configuration, id).tunables, settingsOf(initial, id).tunables, name);
}

bool DesignView::isLayerEdited(const std::string& id) const
{
    const LayerSettings& now = settingsOf(configuration, id);
    const LayerSettings& before = settingsOf(initial, id);
    return now.formats != before.formats || now.tunables != before.tunables;
}

const Cost* DesignView::cost(const std::string& id) const
{
    return costOf(estimate.get(), id);
}

const Cost* DesignView::baselineCost(const std::string& id) const
{
    return costOf(baseline_estimate.get(), id);
}

const ValueReport* DesignView::report(const std::string& id) const
{
    return statistics ? statistics->ofLayer(id) : nullptr;
}

Diagnostics DesignView::findings() const
{
    Diagnostics all;
    const auto append = [&all](const Diagnostics& more) {
        for (const Diagnostic& finding : more)
            if (std::find(all.begin(), all.end(), finding) == all.end())
                all.push_back(finding);
    };
    if (cost_problem)
        append({*cost_problem});
    if (quality_problem)
        append({*quality_problem});
    if (lowering)
        append(lowering->findings);
    if (estimate)
        append(estimate->findings);
    if (evaluation)
        append(evaluation->findings);
    if (model)
        append(model->findings);
    std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return static_cast<int>(a.severity()) > static_cast<int>(b.severity());
    });
    return all;
}

std::string mainSlot(const Layer& layer)
{
    for (const SlotInfo& slot : layer.slots)
        if (slot.name == slots::kResult)
            return slot.name;
    return layer.slots.empty() ? std::string() : layer.slots.back().name;
}

} // namespace bitwright
