// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/yaml_write.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "flows/hls4ml/layer_reader.h"
#include "flows/hls4ml/names.h"
#include "flows/hls4ml/words.h"
#include "flows/hls4ml/yaml_value.h"

namespace bitwright {

namespace {

using nlohmann::json;
using namespace hls4ml;

std::string formatText(const FormatChoice& choice)
{
    const auto* format = std::get_if<NumberFormat>(&choice);
    return format ? longName(*format) : std::string("auto");
}

json tunableValue(const std::string& name, const TunableChoice& choice)
{
    if (const auto* text = std::get_if<std::string>(&choice)) {
        const auto key = name == tunables::kStrategy ? strategyKey(*text) : std::string_view{};
        return key.empty() ? *text : std::string(key);
    }
    if (const auto* number = std::get_if<std::int64_t>(&choice))
        return *number;
    if (const auto* number = std::get_if<double>(&choice))
        return *number;
    if (const auto* flag = std::get_if<bool>(&choice))
        return *flag;
    return "auto";
}

/// Puts kept entries back where they were: "Precision/table" below Precision.
void restoreUnknown(const std::map<std::string, std::string>& unknown, const std::string& nested_prefix,
                    json& nested, json& entry)
{
    for (const auto& [key, text] : unknown) {
        json value = json::parse(text, nullptr, false);
        if (value.is_discarded())
            continue;
        if (key.rfind(nested_prefix, 0) == 0)
            nested[key.substr(nested_prefix.size())] = std::move(value);
        else
            entry[key] = std::move(value);
    }
}

/// @p table_slots are the tables of the layer, which hls4ml's generator also lists below `Precision`.
json settingsEntry(const LayerSettings& settings, std::span<const std::string> table_slots)
{
    json entry = json::object();
    json precision = json::object();
    for (const auto& [slot, choice] : settings.formats) {
        if (slot == slots::kMaximum)
            precision["maximum"] = formatText(choice);
        else if (const auto variable = keyOf(precisionVariables(), slot); !variable.empty())
            precision[std::string(variable)] = formatText(choice);
        else if (const auto key = keyOf(typeKeys(), slot); !key.empty())
            entry[std::string(key)] = formatText(choice);
    }
    for (const std::string& slot : table_slots) {
        const auto found = settings.formats.find(slot);
        precision[std::string(hls4ml::listedTableVariable(slot))] =
            found != settings.formats.end() ? formatText(found->second)
                                            : std::string(hls4ml::builtInTableFormat(slot));
    }
    for (const auto& [name, choice] : settings.tunables) {
        if (const auto key = keyOf(tunableKeys(), name); !key.empty() && !std::holds_alternative<Auto>(choice))
            entry[std::string(key)] = tunableValue(name, choice);
    }
    restoreUnknown(settings.unknown, hls4ml::kPrecisionPrefix, precision, entry);
    if (!precision.empty())
        entry["Precision"] = std::move(precision);
    return entry;
}

std::vector<std::string> tableSlots(const Layer* layer)
{
    std::vector<std::string> names;
    for (const SlotInfo& slot : layer ? layer->slots : std::vector<SlotInfo>{}) {
        if (!hls4ml::listedTableVariable(slot.name).empty())
            names.push_back(slot.name);
    }
    return names;
}

/// hls4ml's generator also lists every constant of the model; no entry of theirs decides anything.
void listConstants(const Model& model, json& entries)
{
    const ConfigurationNames names(model);
    for (const std::string& name : names.constants()) {
        if (!entries.contains(name))
            entries[name] = {{"Precision", {{"result", "auto"}}}, {"Trace", false}};
    }
}

json layerEntries(const Configuration& configuration, const Model& model, std::span<const Layer> layers)
{
    json entries = json::object();
    for (const std::string& id : configuration.layerIds()) {
        const auto layer = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.id == id; });
        entries[id] = settingsEntry(configuration.layer(id), tableSlots(layer == layers.end() ? nullptr : &*layer));
    }
    const bool is_complete = !layers.empty() && std::all_of(layers.begin(), layers.end(), [&](const Layer& layer) {
        return configuration.hasLayer(layer.id);
    });
    if (is_complete)
        listConstants(model, entries);
    return entries;
}

std::string percentText(double percent)
{
    return describe(TunableChoice{percent}) + "%";
}

json document(const Configuration& configuration, const Model& model, std::span<const Layer> layers)
{
    const DesignSettings& design = configuration.design;
    json section = json::object();
    section["Model"] = settingsEntry(configuration.model, {});
    json types = json::object();
    for (const auto& [type, settings] : configuration.layer_types)
        types[canonicalClass(type)] = settingsEntry(settings, {});
    if (!types.empty())
        section["LayerType"] = std::move(types);
    if (json entries = layerEntries(configuration, model, layers); !entries.empty())
        section["LayerName"] = std::move(entries);
    json top = json::object();
    restoreUnknown(design.unknown, "HLSConfig/", section, top);
    top["Backend"] = design.backend;
    top["Part"] = design.part;
    top["ProjectName"] = design.project_name;
    top["IOType"] = design.io_type == IoType::Stream ? "io_stream" : "io_parallel";
    top["ClockUncertainty"] = percentText(design.clock_uncertainty_percent);
    const auto whole = static_cast<std::int64_t>(design.clock_ns);
    if (static_cast<double>(whole) == design.clock_ns)
        top["ClockPeriod"] = whole;
    else
        top["ClockPeriod"] = design.clock_ns;
    top["HLSConfig"] = std::move(section);
    return top;
}

} // namespace

std::string writeHls4mlConfiguration(const Configuration& configuration, const Model& model,
                                     std::span<const Layer> layers)
{
    YAML::Emitter emitter;
    emitter.SetIndent(2);
    hls4ml::toYaml(emitter, document(configuration, model, layers));
    return std::string(emitter.c_str()) + "\n";
}

} // namespace bitwright
