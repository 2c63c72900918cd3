// SPDX-License-Identifier: GPL-3.0-or-later
#include "configuration/configuration.h"

namespace bitwright {

namespace {

struct TunableHash {
    ContentHasher& hasher;
    void operator()(const Auto&) const {}
    void operator()(bool value) const { hasher.add(static_cast<int>(value)); }
    void operator()(std::int64_t value) const { hasher.add(value); }
    void operator()(double value) const { hasher.add(value); }
    void operator()(const std::string& value) const { hasher.text(value); }
};

void hashText(ContentHasher& hasher, const std::map<std::string, std::string>& entries)
{
    hasher.add(entries.size());
    for (const auto& [key, value] : entries)
        hasher.text(key).text(value);
}

} // namespace

ContentHash contentHash(const LayerSettings& settings)
{
    ContentHasher hasher;
    hasher.add(settings.formats.size());
    for (const auto& [slot, choice] : settings.formats) {
        hasher.text(slot).add(choice.index());
        if (const auto* format = std::get_if<NumberFormat>(&choice))
            hashInto(hasher, *format);
    }
    hasher.add(settings.tunables.size());
    for (const auto& [name, choice] : settings.tunables) {
        hasher.text(name).add(choice.index());
        std::visit(TunableHash{hasher}, choice);
    }
    hasher.add(static_cast<int>(settings.is_locked)).text(settings.note);
    hashText(hasher, settings.unknown);
    return hasher.value();
}

ContentHash contentHash(const Configuration& configuration)
{
    ContentHasher hasher;
    const DesignSettings& design = configuration.design;
    hasher.text(configuration.flow).add(design.io_type).text(design.backend).text(design.part);
    hasher.add(design.clock_ns).add(design.clock_uncertainty_percent).text(design.project_name);
    hashText(hasher, design.unknown);
    hasher.add(contentHash(configuration.model)).add(configuration.layer_types.size());
    for (const auto& [type, settings] : configuration.layer_types)
        hasher.text(type).add(contentHash(settings));
    hasher.add(configuration.symbol_extents.size());
    for (const auto& [symbol, extent] : configuration.symbol_extents)
        hasher.text(symbol).add(extent);
    for (const std::string& id : configuration.layerIds())
        hasher.text(id).add(contentHash(configuration.layer(id)));
    return hasher.value();
}

} // namespace bitwright
