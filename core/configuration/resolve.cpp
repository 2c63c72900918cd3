// SPDX-License-Identifier: GPL-3.0-or-later
#include "configuration/configuration.h"

#include <algorithm>

namespace bitwright {

namespace {

std::string lowerCase(std::string text)
{
    // The C locale's tolower would depend on the locale that the window sets.
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

const LayerSettings* typeSettings(const Configuration& configuration, const std::string& layer_type)
{
    const auto found = configuration.layer_types.find(lowerCase(layer_type));
    return found == configuration.layer_types.end() ? nullptr : &found->second;
}

/// The choice of one level for a slot, or its default.
std::optional<Resolved<FormatChoice>> ofLevel(const LayerSettings& settings, const std::string& slot,
                                              SettingSource own, SettingSource fallback)
{
    if (const auto found = settings.formats.find(slot); found != settings.formats.end())
        return Resolved<FormatChoice>{found->second, own};
    if (const auto found = settings.formats.find(slots::kDefault); found != settings.formats.end())
        return Resolved<FormatChoice>{found->second, fallback};
    return std::nullopt;
}

} // namespace

std::string_view settingSourceName(SettingSource source)
{
    constexpr std::string_view kNames[] = {"this layer",    "this layer's default", "layer type", "layer type's default",
                                           "model",         "model default",        "inferred",   "built in"};
    return kNames[static_cast<std::size_t>(source)];
}

std::optional<Resolved<FormatChoice>> resolveFormat(const Configuration& configuration,
                                                    const std::string& layer, const std::string& layer_type,
                                                    const std::string& slot)
{
    if (auto found = ofLevel(configuration.layer(layer), slot, SettingSource::Layer, SettingSource::LayerDefault))
        return found;
    if (const LayerSettings* type = typeSettings(configuration, layer_type)) {
        if (auto found = ofLevel(*type, slot, SettingSource::LayerType, SettingSource::LayerTypeDefault))
            return found;
    }
    return ofLevel(configuration.model, slot, SettingSource::Model, SettingSource::ModelDefault);
}

std::optional<Resolved<TunableChoice>> resolveTunable(const Configuration& configuration,
                                                      const std::string& layer, const std::string& layer_type,
                                                      const std::string& tunable)
{
    const LayerSettings* levels[] = {&configuration.layer(layer), typeSettings(configuration, layer_type),
                                     &configuration.model};
    constexpr SettingSource kSources[] = {SettingSource::Layer, SettingSource::LayerType, SettingSource::Model};
    for (std::size_t i = 0; i < std::size(levels); ++i) {
        if (!levels[i])
            continue;
        if (const auto found = levels[i]->tunables.find(tunable); found != levels[i]->tunables.end())
            return Resolved<TunableChoice>{found->second, kSources[i]};
    }
    return std::nullopt;
}

} // namespace bitwright
