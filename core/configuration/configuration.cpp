// SPDX-License-Identifier: GPL-3.0-or-later
#include "configuration/configuration.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace bitwright {

const LayerSettings& Configuration::layer(const std::string& id) const
{
    static const LayerSettings kNothing;
    const auto found = m_layers.find(id);
    return found == m_layers.end() ? kNothing : *found->second;
}

void Configuration::setLayer(const std::string& id, LayerSettings settings)
{
    auto& slot = m_layers[id];
    if (slot && *slot == settings)
        return; // keeps the pointer, so that copies go on sharing it
    slot = std::make_shared<const LayerSettings>(std::move(settings));
}

std::vector<std::string> Configuration::layerIds() const
{
    std::vector<std::string> ids;
    ids.reserve(m_layers.size());
    for (const auto& [id, settings] : m_layers)
        ids.push_back(id);
    return ids;
}

std::set<std::string> Configuration::changedLayers(const Configuration& other) const
{
    std::set<std::string> changed;
    auto mine = m_layers.begin();
    auto theirs = other.m_layers.begin();
    while (mine != m_layers.end() || theirs != other.m_layers.end()) {
        if (theirs == other.m_layers.end() || (mine != m_layers.end() && mine->first < theirs->first)) {
            changed.insert((mine++)->first);
        } else if (mine == m_layers.end() || theirs->first < mine->first) {
            changed.insert((theirs++)->first);
        } else {
            if (mine->second != theirs->second && *mine->second != *theirs->second)
                changed.insert(mine->first);
            ++mine;
            ++theirs;
        }
    }
    return changed;
}

bool Configuration::differsModelWide(const Configuration& other) const
{
    return flow != other.flow || design != other.design || model != other.model
        || layer_types != other.layer_types || symbol_extents != other.symbol_extents;
}

bool Configuration::operator==(const Configuration& other) const
{
    return !differsModelWide(other) && changedLayers(other).empty();
}

std::string describe(const FormatChoice& choice)
{
    const auto* format = std::get_if<NumberFormat>(&choice);
    return format ? shortName(*format) : std::string("auto");
}

namespace {

struct TunableText {
    std::string operator()(const Auto&) const { return "auto"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(double value) const
    {
        char text[32];
        const auto end = std::to_chars(text, text + sizeof text, value);
        return {text, end.ptr};
    }
};

} // namespace

std::string describe(const TunableChoice& choice)
{
    return std::visit(TunableText{}, choice);
}

} // namespace bitwright
