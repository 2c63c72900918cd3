// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/effective.h"

namespace bitwright::hls4ml {

namespace {

/// A value that differs from what was wanted was made legal on the way.
SettingSource sourceOf(const TypeChooser& types, const LayerNode& node, const std::string& name,
                       const TunableChoice& effective)
{
    const auto wanted = types.tunable(node, name);
    if (!wanted)
        return SettingSource::BuiltIn;
    if (*wanted != effective)
        return SettingSource::Inferred;
    return types.attribute(node, name) ? SettingSource::Layer : SettingSource::Model;
}

void describe(const LayerNode& node, const TypeChooser& types, EffectiveLayer& layer)
{
    for (const auto& [slot, type] : node.types) {
        const Resolved<NumberFormat> resolved{*type.format, type.source};
        // Of the layers that one quantiser becomes, the one that quantises says what its result is.
        if (node.fixed_result)
            layer.formats[slot] = resolved;
        else
            layer.formats.emplace(slot, resolved);
    }
    for (const auto& [name, number] : node.numbers)
        layer.tunables.emplace(name, Resolved<TunableChoice>{number, sourceOf(types, node, name, number)});
    if (node.as<DensePayload>())
        layer.tunables[tunables::kStrategy] = {node.variant, sourceOf(types, node, tunables::kStrategy, node.variant)};
    if (node.as<SoftmaxPayload>())
        layer.tunables[tunables::kImplementation] = {
            node.variant, sourceOf(types, node, tunables::kImplementation, node.variant)};
}

void describeAbsorbed(const LayerNode& host, EffectiveLayer& layer)
{
    for (const char* slot : {slots::kResult, slots::kBias}) {
        if (const auto found = host.types.find(slot); found != host.types.end())
            layer.formats.emplace(slot, Resolved<NumberFormat>{*found->second.format, SettingSource::Inferred});
    }
}

} // namespace

std::map<std::string, EffectiveLayer> effectiveLayers(const LayerGraph& graph, const TypeChooser& types)
{
    std::map<std::string, EffectiveLayer> layers;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        if (!graph.node(i).is_inserted)
            describe(graph.node(i), types, layers[graph.node(i).origin.layer]);
    }
    for (std::size_t i = 0; i < graph.size(); ++i) {
        for (const std::string& id : graph.node(i).absorbed)
            describeAbsorbed(graph.node(i), layers[id]);
    }
    return layers;
}

} // namespace bitwright::hls4ml
