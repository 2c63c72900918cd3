// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/layer_reader.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "flows/hls4ml/tunables.h"
#include "flows/hls4ml/words.h"
#include "support/diagnostic_codes.h"
#include "support/text_distance.h"

namespace bitwright::hls4ml {

namespace {

using namespace hls4ml;

struct TableSlot {
    std::string_view slot;
    std::string_view variable; ///< as the generator lists it below Precision, where it has no effect
    std::string_view built_in;
};

constexpr TableSlot kTableSlots[] = {
    {slots::kTable, "table", "fixed<18,8,TRN,WRAP,0>"},
    {slots::kExpTable, "exp_table", "fixed<18,8,RND,SAT,0>"},
    {slots::kInverseTable, "inv_table", "fixed<18,8,RND,SAT,0>"},
    {slots::kInverseInput, "inv_inp", "fixed<18,8,RND,SAT,0>"},
};

const TableSlot* tableSlotOfVariable(std::string_view variable)
{
    const auto found = std::find_if(std::begin(kTableSlots), std::end(kTableSlots),
                                    [&](const TableSlot& table) { return table.variable == variable; });
    return found == std::end(kTableSlots) ? nullptr : found;
}

const TableSlot* tableSlotOf(std::string_view slot)
{
    const auto found = std::find_if(std::begin(kTableSlots), std::end(kTableSlots),
                                    [&](const TableSlot& table) { return table.slot == slot; });
    return found == std::end(kTableSlots) ? nullptr : found;
}

bool isNumber(std::string_view tunable)
{
    return tunable == tunables::kReuseFactor || tunable == tunables::kTableSize
        || tunable == hls4ml::kTargetCycles || tunable == hls4ml::kExpTableSize
        || tunable == hls4ml::kInverseTableSize || tunable == hls4ml::kParallelizationFactor;
}

constexpr std::string_view kSoftmaxImplementations[] = {"stable", "latency", "argmax", "legacy"};

} // namespace

std::string_view builtInTableFormat(std::string_view slot)
{
    const TableSlot* table = tableSlotOf(slot);
    return table ? table->built_in : std::string_view{};
}

std::string_view listedTableVariable(std::string_view slot)
{
    const TableSlot* table = tableSlotOf(slot);
    return table ? table->variable : std::string_view{};
}

Result<LayerSettings> LayerReader::read(const YAML::Node& entry, SettingsLevel level, const std::string& owner)
{
    m_level = level;
    m_owner = owner;
    LayerSettings settings;
    if (isNull(entry))
        return settings;
    if (!entry.IsMap())
        return problem(DiagnosticCode::ConfigurationShape, {owner, kindOf(entry), "a mapping"}, entry);
    for (const auto& pair : entry) {
        const auto key = textOf(pair.first);
        if (!key)
            return problem(DiagnosticCode::ConfigurationShape, {owner, "a key that is no text", "a text"}, pair.first);
        if (auto done = readKey(*key, pair.second, settings); !done)
            return done.error();
    }
    dropShadowedTables(entry, settings);
    return settings;
}

Result<void> LayerReader::readKey(const std::string& key, const YAML::Node& node, LayerSettings& settings)
{
    if (key == "Precision")
        return readPrecision(node, settings);
    if (m_level != SettingsLevel::Model) {
        if (const auto slot = nameOf(typeKeys(), key); !slot.empty() && node.IsScalar()) {
            auto choice = readFormat(node, key);
            if (!choice)
                return choice.error();
            settings.formats[std::string(slot)] = *choice;
            return {};
        }
    }
    for (const Word& word : tunableKeys()) {
        const bool is_attribute = word.name != tunables::kReuseFactor && word.name != tunables::kStrategy
            && word.name != hls4ml::kTargetCycles; // those three are looked up as written
        if (key == word.key || (is_attribute && key == snakeCase(word.key)))
            return readTunable(key, word.name, node, settings);
    }
    const bool is_known = m_level == SettingsLevel::Model ? isKnownModelKey(key) : isKnownLayerKey(key);
    const auto isOff = [&] { return isNull(node) || booleanOf(node) == std::optional(false); };
    if (key == "BitExact" && !isOff())
        warn(DiagnosticCode::ConfigurationKeyWithoutEffect,
             {key, m_owner, "formats are lowered as written, without hls4ml's bit-exact inference"}, node);
    else if (key == "Compression" && !isOff())
        warn(DiagnosticCode::ConfigurationKeyWithoutEffect,
             {key, m_owner, "compressed weights are lowered as the resource strategy"}, node);
    else if (key.size() > 2 && key.compare(key.size() - 2, 2, "_t") == 0)
        warn(DiagnosticCode::ConfigurationKeyWithoutEffect,
             {key, m_owner, "hls4ml overwrites this type when it makes the layer"}, node,
             "Set the format below 'Precision' instead.");
    else if (!is_known)
        warn(DiagnosticCode::ConfigurationKeyUnknown, {key, m_owner}, node);
    return keep(key, node, settings);
}

Result<void> LayerReader::readPrecision(const YAML::Node& node, LayerSettings& settings)
{
    if (isNull(node))
        return {};
    if (node.IsScalar())
        return readPrecisionVariable("default", node, settings);
    if (!node.IsMap())
        return problem(DiagnosticCode::ConfigurationShape,
                       {"Precision of " + m_owner, kindOf(node), "a type or a mapping"}, node);
    for (const auto& pair : node) {
        const auto variable = textOf(pair.first);
        if (!variable)
            return problem(DiagnosticCode::ConfigurationShape,
                           {"Precision of " + m_owner, "a key that is no text", "a text"}, pair.first);
        if (auto done = readPrecisionVariable(*variable, pair.second, settings); !done)
            return done;
    }
    return {};
}

Result<void> LayerReader::readPrecisionVariable(const std::string& variable, const YAML::Node& node,
                                                LayerSettings& settings)
{
    const bool is_maximum = m_level == SettingsLevel::Model && variable == slots::kMaximum;
    const std::string_view slot = is_maximum ? std::string_view(slots::kMaximum) : nameOf(precisionVariables(), variable);
    if (slot.empty()) {
        if (!tableSlotOfVariable(variable))
            warn(DiagnosticCode::ConfigurationKeyUnknown, {variable, "Precision of " + m_owner}, node);
        return keep(kPrecisionPrefix + variable, node, settings);
    }
    auto choice = readFormat(node, "Precision." + variable);
    if (!choice)
        return choice.error();
    if (m_level == SettingsLevel::Model && std::holds_alternative<Auto>(*choice))
        return problem(DiagnosticCode::ConfigurationValue,
                       {"auto", "Precision." + variable, "only layers and layer types can be left to inference"}, node,
                       "Name a type such as 'fixed<16,6>'.");
    settings.formats.emplace(std::string(slot), *choice); // a key accum_t, wherever it stands, beats this one
    return {};
}

Result<FormatChoice> LayerReader::readFormat(const YAML::Node& node, const std::string& what)
{
    const auto text = textOf(node);
    if (!text)
        return problem(DiagnosticCode::ConfigurationShape, {what + " of " + m_owner, kindOf(node), "a type"}, node);
    if (lowerCase(*text) == "auto")
        return FormatChoice{Auto{}};
    auto format = parseNumberFormat(*text);
    if (format)
        return FormatChoice{std::move(*format)};
    Diagnostic wrong = format.error();
    wrong.where = FileLocation{m_path, lineOf(node), 0};
    return wrong;
}

Result<void> LayerReader::readTunable(const std::string& key, std::string_view name, const YAML::Node& node,
                                      LayerSettings& settings)
{
    const auto wrong = [&](std::string reason, std::string remedy = {}) {
        return problem(DiagnosticCode::ConfigurationValue,
                       {textOf(node).value_or(kindOf(node)), key + " of " + m_owner, std::move(reason)}, node,
                       std::move(remedy));
    };
    TunableChoice choice;
    if (isNull(node))
        return {}; // as if the key were not there
    if (isNumber(name)) {
        const auto number = integerOf(node);
        if (!number || *number < 1)
            return wrong("it has to be a whole number of at least 1");
        choice = *number;
    } else if (name == tunables::kStrategy) {
        const std::string_view strategy = strategyFromKey(textOf(node).value_or(""));
        if (strategy.empty())
            return wrong("hls4ml has no such strategy",
                         "Name one of Latency, Resource, ResourceUnrolled and distributed_arithmetic.");
        choice = std::string(strategy);
    } else if (name == tunables::kImplementation) {
        const std::string text = lowerCase(textOf(node).value_or(""));
        if (std::find(std::begin(kSoftmaxImplementations), std::end(kSoftmaxImplementations), text)
            == std::end(kSoftmaxImplementations))
            return wrong("softmax has no such implementation", "Name one of stable, latency, argmax and legacy.");
        choice = text;
    } else {
        const auto flag = booleanOf(node);
        if (!flag)
            return wrong("it has to be true or false");
        choice = *flag;
    }
    settings.tunables[std::string(name)] = std::move(choice);
    return {};
}

Result<void> LayerReader::keep(const std::string& key, const YAML::Node& node, LayerSettings& settings)
{
    auto value = toJson(node, m_budget);
    if (!value) {
        Diagnostic wrong = value.error();
        wrong.where = FileLocation{m_path, lineOf(node), 0};
        return wrong;
    }
    settings.unknown[key] = value->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return {};
}

/// hls4ml's generator lists table types below `Precision`, where it never looks. What says no more than the truth
/// is dropped (the writer lists it again); what differs is kept, and reported.
void LayerReader::dropShadowedTables(const YAML::Node& entry, LayerSettings& settings)
{
    for (const TableSlot& table : kTableSlots) {
        const auto kept = settings.unknown.find(kPrecisionPrefix + std::string(table.variable));
        if (kept == settings.unknown.end())
            continue;
        const auto text = nlohmann::json::parse(kept->second, nullptr, false);
        const auto listed = text.is_string() ? parseNumberFormat(text.get<std::string>())
                                             : Result<NumberFormat>(Diagnostic{});
        const auto decided = settings.formats.find(std::string(table.slot));
        const FormatChoice effective =
            decided != settings.formats.end() ? decided->second : FormatChoice{*parseNumberFormat(table.built_in)};
        if (listed && FormatChoice{*listed} == effective) {
            settings.unknown.erase(kept);
            continue;
        }
        const std::string variable(table.variable);
        warn(DiagnosticCode::ConfigurationKeyWithoutEffect,
             {"Precision." + variable, m_owner, "hls4ml reads the type of a table from the key '" + variable + "_t'"},
             entry["Precision"][variable], "Write '" + variable + "_t' beside 'Precision'.");
    }
}

Diagnostic LayerReader::problem(DiagnosticCode code, std::vector<std::string> arguments, const YAML::Node& node,
                                std::string remedy) const
{
    return {code, std::move(arguments), FileLocation{m_path, lineOf(node), 0}, std::move(remedy)};
}

void LayerReader::warn(DiagnosticCode code, std::vector<std::string> arguments, const YAML::Node& node,
                       std::string remedy)
{
    m_findings.push_back(problem(code, std::move(arguments), node, std::move(remedy)));
}

} // namespace bitwright::hls4ml
