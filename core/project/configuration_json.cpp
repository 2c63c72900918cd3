// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/configuration_json.h"

#include <set>

#include <nlohmann/json.hpp>

namespace bitwright {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kAuto = "auto";
constexpr std::string_view kIoParallel = "io_parallel";
constexpr std::string_view kIoStream = "io_stream";

// --- writing -------------------------------------------------------------------------------------

struct TunableWriter {
    Json operator()(const Auto&) const { return kAuto; }
    template <class T>
    Json operator()(const T& value) const
    {
        return value;
    }
};

Json unknownToJson(const std::map<std::string, std::string>& unknown)
{
    Json json = Json::object();
    for (const auto& [key, text] : unknown) {
        Json value;
        int line = 0;
        json[key] = parseJson(text, value, line) ? value : Json(text);
    }
    return json;
}

Json toJson(const LayerSettings& settings)
{
    Json json = Json::object();
    for (const auto& [slot, choice] : settings.formats)
        json["formats"][slot] = describe(choice);
    for (const auto& [name, choice] : settings.tunables)
        json["tunables"][name] = std::visit(TunableWriter{}, choice);
    if (settings.is_locked) json["locked"] = true;
    if (!settings.note.empty()) json["note"] = settings.note;
    if (!settings.unknown.empty()) json["unknown"] = unknownToJson(settings.unknown);
    return json;
}

Json toJson(const DesignSettings& design)
{
    Json json{{"backend", design.backend},
              {"clock_ns", design.clock_ns},
              {"clock_uncertainty_percent", design.clock_uncertainty_percent},
              {"device", design.part},
              {"io_type", design.io_type == IoType::Stream ? kIoStream : kIoParallel},
              {"project_name", design.project_name}};
    if (!design.unknown.empty()) json["unknown"] = unknownToJson(design.unknown);
    return json;
}

Json modelWideToJson(const Configuration& configuration)
{
    Json json{{"flow", configuration.flow},
              {"target", toJson(configuration.design)},
              {"defaults", toJson(configuration.model)},
              {"layer_types", Json::object()},
              {"symbols", configuration.symbol_extents}};
    for (const auto& [type, settings] : configuration.layer_types)
        json["layer_types"][type] = toJson(settings);
    return json;
}

// --- reading -------------------------------------------------------------------------------------

/// Walks an object and remembers the first thing that is wrong, with its place.
class Reader {
public:
    Reader(JsonReading reading, JsonFault& fault) : m_reading(reading), m_fault(fault) {}

    bool isGood() const { return m_fault.reason.empty(); }

    /// Calls @p read with every member of the object @p json[key], if there is one.
    template <class Read>
    void members(const Json& json, const std::string& key, Read read)
    {
        const auto found = json.find(key);
        if (found == json.end() || !isGood()) return;
        if (!found->is_object()) return fail(key, "it is no object");
        const std::size_t length = m_place.size();
        m_place += key + "/";
        for (const auto& [name, value] : found->items()) {
            if (isGood()) read(name, value);
        }
        m_place.resize(length);
    }
    void text(const Json& json, const std::string& key, std::string& target)
    {
        if (const Json* value = member(json, key, &Json::is_string, "it is no text")) target = value->get<std::string>();
    }
    void number(const Json& json, const std::string& key, double& target)
    {
        if (const Json* value = member(json, key, &Json::is_number, "it is no number")) target = value->get<double>();
    }
    void flag(const Json& json, const std::string& key, bool& target)
    {
        if (const Json* value = member(json, key, &Json::is_boolean, "it is neither true nor false"))
            target = value->get<bool>();
    }
    void fail(const std::string& key, std::string reason)
    {
        if (!isGood() || m_reading == JsonReading::SkipWhatIsNew) return;
        m_fault = {m_place + key, std::move(reason)};
    }
    /// Adds @p name to the place while @p body runs.
    template <class Body>
    void below(const std::string& name, Body body)
    {
        const std::size_t length = m_place.size();
        m_place += name + "/";
        body();
        m_place.resize(length);
    }

private:
    const Json* member(const Json& json, const std::string& key, bool (Json::*is_right)() const noexcept,
                       const char* reason)
    {
        const auto found = json.find(key);
        if (found == json.end()) return nullptr;
        if (((*found).*is_right)()) return &*found;
        fail(key, reason);
        return nullptr;
    }

    JsonReading m_reading;
    JsonFault& m_fault;
    std::string m_place;
};

void readFormat(Reader& reader, const std::string& slot, const Json& value, LayerSettings& settings)
{
    if (!value.is_string()) return reader.fail(slot, "it is no text");
    const std::string text = value.get<std::string>();
    if (text == kAuto) {
        settings.formats[slot] = Auto{};
        return;
    }
    const Result<NumberFormat> format = parseNumberFormat(text);
    if (!format) return reader.fail(slot, format.error().message());
    settings.formats[slot] = *format;
}

void readTunable(Reader& reader, const std::string& name, const Json& value, LayerSettings& settings)
{
    TunableChoice choice;
    if (value.is_boolean())
        choice = value.get<bool>();
    else if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX)
        return reader.fail(name, "it is too large");
    else if (value.is_number_integer())
        choice = value.get<std::int64_t>();
    else if (value.is_number())
        choice = value.get<double>();
    else if (value.is_string() && value.get<std::string>() == kAuto)
        choice = Auto{};
    else if (value.is_string())
        choice = value.get<std::string>();
    else
        return reader.fail(name, "it is neither a number, a text, true nor false");
    settings.tunables[name] = std::move(choice);
}

LayerSettings readSettings(Reader& reader, const Json& json)
{
    LayerSettings settings;
    reader.members(json, "formats", [&](const std::string& slot, const Json& value) {
        readFormat(reader, slot, value, settings);
    });
    reader.members(json, "tunables", [&](const std::string& name, const Json& value) {
        readTunable(reader, name, value, settings);
    });
    reader.flag(json, "locked", settings.is_locked);
    reader.text(json, "note", settings.note);
    reader.members(json, "unknown", [&](const std::string& key, const Json& value) {
        settings.unknown[key] = formatJson(value, true);
    });
    return settings;
}

void readDesign(Reader& reader, const Json& json, DesignSettings& design)
{
    reader.text(json, "backend", design.backend);
    reader.number(json, "clock_ns", design.clock_ns);
    reader.number(json, "clock_uncertainty_percent", design.clock_uncertainty_percent);
    reader.text(json, "device", design.part);
    reader.text(json, "project_name", design.project_name);
    std::string io_type(design.io_type == IoType::Stream ? kIoStream : kIoParallel);
    reader.text(json, "io_type", io_type);
    if (io_type != kIoParallel && io_type != kIoStream) reader.fail("io_type", "it is neither io_parallel nor io_stream");
    design.io_type = io_type == kIoStream ? IoType::Stream : IoType::Parallel;
    design.unknown.clear();
    reader.members(json, "unknown", [&](const std::string& key, const Json& value) {
        design.unknown[key] = formatJson(value, true);
    });
}

/// An object of settings below a name, or a fault.
template <class Take>
void takeSettings(Reader& reader, const std::string& name, const Json& value, Take take)
{
    if (!value.is_object()) return reader.fail(name, "it is no object");
    reader.below(name, [&] { take(readSettings(reader, value)); });
}

void readModelWide(Reader& reader, const Json& json, Configuration& configuration)
{
    reader.text(json, "flow", configuration.flow);
    if (const auto target = json.find("target"); target != json.end()) {
        if (!target->is_object()) return reader.fail("target", "it is no object");
        reader.below("target", [&] { readDesign(reader, *target, configuration.design); });
    }
    if (const auto defaults = json.find("defaults"); defaults != json.end())
        takeSettings(reader, "defaults", *defaults, [&](LayerSettings settings) { configuration.model = std::move(settings); });
    if (json.contains("layer_types")) configuration.layer_types.clear();
    reader.members(json, "layer_types", [&](const std::string& type, const Json& value) {
        takeSettings(reader, type, value,
                     [&](LayerSettings settings) { configuration.layer_types[type] = std::move(settings); });
    });
    if (json.contains("symbols")) configuration.symbol_extents.clear();
    reader.members(json, "symbols", [&](const std::string& symbol, const Json& value) {
        if (!value.is_number_integer()) return reader.fail(symbol, "it is no whole number");
        configuration.symbol_extents[symbol] = value.get<std::int64_t>();
    });
}

} // namespace

Json toJson(const Configuration& configuration)
{
    Json json = modelWideToJson(configuration);
    json["layers"] = Json::object();
    for (const std::string& id : configuration.layerIds())
        json["layers"][id] = toJson(configuration.layer(id));
    return json;
}

bool fromJson(const Json& json, JsonReading reading, Configuration& configuration, JsonFault& fault)
{
    Reader reader(reading, fault);
    readModelWide(reader, json, configuration);
    reader.members(json, "layers", [&](const std::string& id, const Json& value) {
        takeSettings(reader, id, value, [&](LayerSettings settings) { configuration.setLayer(id, std::move(settings)); });
    });
    return reader.isGood();
}

Json differenceToJson(const Configuration& before, const Configuration& after)
{
    Json json = after.differsModelWide(before) ? modelWideToJson(after) : Json::object();
    for (const std::string& id : after.changedLayers(before))
        json["layers"][id] = after.hasLayer(id) ? toJson(after.layer(id)) : Json();
    return json;
}

bool applyDifference(const Json& json, Configuration& configuration, JsonFault& fault)
{
    Reader reader(JsonReading::Strict, fault);
    readModelWide(reader, json, configuration);
    reader.members(json, "layers", [&](const std::string& id, const Json& value) {
        if (value.is_null()) return configuration.eraseLayer(id);
        takeSettings(reader, id, value, [&](LayerSettings settings) { configuration.setLayer(id, std::move(settings)); });
    });
    return reader.isGood();
}

bool isKnownSettingsKey(const std::string& key)
{
    static const std::set<std::string> kKeys{"formats", "tunables", "locked", "note", "unknown"};
    return kKeys.count(key) != 0;
}

bool isKnownTargetKey(const std::string& key)
{
    static const std::set<std::string> kKeys{"backend",      "clock_ns",     "clock_uncertainty_percent", "device",
                                             "io_type",      "project_name", "unknown"};
    return kKeys.count(key) != 0;
}

} // namespace bitwright
