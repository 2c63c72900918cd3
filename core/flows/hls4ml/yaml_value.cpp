// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/yaml_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "flows/hls4ml/words.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

constexpr const char* kTagKey = "__yaml_tag__";
constexpr const char* kTaggedValueKey = "__yaml_value__";
constexpr int kMaximumDepth = 64;

/// A scalar in quotes is text whatever it looks like.
bool isQuoted(const YAML::Node& node)
{
    return node.Tag() == "!";
}

bool hasOwnTag(const YAML::Node& node)
{
    const std::string& tag = node.Tag();
    return !tag.empty() && tag != "?" && tag != "!" && tag.rfind("tag:yaml.org,2002:str", 0) != 0;
}

template <class T>
std::optional<T> wholeNumber(const std::string& text)
{
    T value{};
    const char* begin = text.data();
    if (!text.empty() && text.front() == '+')
        ++begin;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || begin == end)
        return std::nullopt;
    return value;
}

std::optional<bool> booleanFromText(const std::string& text)
{
    const std::string lower = hls4ml::lowerCase(text);
    if (lower == "true" || lower == "yes" || lower == "on")
        return true;
    if (lower == "false" || lower == "no" || lower == "off")
        return false;
    return std::nullopt;
}

nlohmann::json scalarToJson(const YAML::Node& node)
{
    const std::string& text = node.Scalar();
    if (isQuoted(node))
        return text;
    if (const auto integer = wholeNumber<std::int64_t>(text))
        return *integer;
    if (const auto number = wholeNumber<double>(text); number && std::isfinite(*number))
        return *number;
    if (const auto boolean = booleanFromText(text))
        return *boolean;
    return text;
}

Result<nlohmann::json> convert(const YAML::Node& node, VisitBudget& budget, int depth);

Result<nlohmann::json> convertPlain(const YAML::Node& node, VisitBudget& budget, int depth)
{
    if (node.IsSequence()) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& item : node) {
            auto value = convert(item, budget, depth + 1);
            if (!value)
                return value;
            list.push_back(std::move(*value));
        }
        return list;
    }
    if (node.IsMap()) {
        nlohmann::json object = nlohmann::json::object();
        for (const auto& entry : node) {
            auto value = convert(entry.second, budget, depth + 1);
            if (!value)
                return value;
            object[entry.first.IsScalar() ? entry.first.Scalar() : std::string("?")] = std::move(*value);
        }
        return object;
    }
    return node.IsScalar() ? scalarToJson(node) : nlohmann::json();
}

Result<nlohmann::json> convert(const YAML::Node& node, VisitBudget& budget, int depth)
{
    if (depth > kMaximumDepth)
        return Diagnostic{DiagnosticCode::ConfigurationTooLarge,
                          {"entries are nested more than " + std::to_string(kMaximumDepth) + " deep"}};
    if (--budget.nodes_left < 0)
        return Diagnostic{DiagnosticCode::ConfigurationTooLarge, {"its aliases expand to too many entries"}};
    auto plain = convertPlain(node, budget, depth);
    if (!plain || !hasOwnTag(node))
        return plain;
    nlohmann::json tagged = nlohmann::json::object();
    tagged[kTagKey] = node.Tag();
    tagged[kTaggedValueKey] = std::move(*plain);
    return tagged;
}

/// yaml-cpp loses its way where a tag stands before a block text in a list, as PyYAML writes binary data.
std::string withoutTagsOfBlockTexts(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line(text.substr(at, end - at));
        at = end + 1;
        const std::size_t block = line.find_last_of("|>");
        const std::size_t tag = line.find(" !");
        const bool is_block = block != std::string::npos && line.find_first_not_of("+-0123456789 \r", block + 1) == std::string::npos;
        if (is_block && tag != std::string::npos && line.find(' ', tag + 1) == block - 1) line.erase(tag + 1, block - tag - 1);
        out += line;
        if (end < text.size()) out += '\n';
    }
    return out;
}

/// Text that YAML would read as something else, or that its emitter would leave ambiguous, is quoted.
bool needsQuotes(const std::string& text)
{
    if (text.empty() || text == "~" || hls4ml::lowerCase(text) == "null")
        return true;
    return wholeNumber<double>(text).has_value() || booleanFromText(text).has_value();
}

void writeText(YAML::Emitter& emitter, const std::string& text)
{
    if (needsQuotes(text))
        emitter << YAML::SingleQuoted;
    emitter << text;
}

} // namespace

YAML::Node loadYaml(std::string_view text)
{
    try {
        return YAML::Load(std::string(text));
    } catch (const YAML::Exception&) {
        const std::string plain = withoutTagsOfBlockTexts(text);
        if (plain == text)
            throw;
        return YAML::Load(plain);
    }
}

std::optional<std::string> textOf(const YAML::Node& node)
{
    return node.IsScalar() ? std::optional(node.Scalar()) : std::nullopt;
}

std::optional<std::int64_t> integerOf(const YAML::Node& node)
{
    return node.IsScalar() ? wholeNumber<std::int64_t>(node.Scalar()) : std::nullopt;
}

std::optional<double> numberOf(const YAML::Node& node)
{
    const auto number = node.IsScalar() ? wholeNumber<double>(node.Scalar()) : std::nullopt;
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<bool> booleanOf(const YAML::Node& node)
{
    if (!node.IsScalar())
        return std::nullopt;
    if (const auto number = wholeNumber<std::int64_t>(node.Scalar()))
        return *number != 0;
    return booleanFromText(node.Scalar());
}

bool isNull(const YAML::Node& node)
{
    return !node.IsDefined() || node.IsNull();
}

int lineOf(const YAML::Node& node)
{
    return node.IsDefined() && node.Mark().line >= 0 ? node.Mark().line + 1 : 0;
}

std::string kindOf(const YAML::Node& node)
{
    if (node.IsSequence())
        return "a list";
    if (node.IsMap())
        return "a mapping";
    return isNull(node) ? "empty" : "the text '" + node.Scalar() + "'";
}

Result<nlohmann::json> toJson(const YAML::Node& node, VisitBudget& budget)
{
    return convert(node, budget, 0);
}

void toYaml(YAML::Emitter& emitter, const nlohmann::json& value)
{
    if (value.is_object() && value.size() == 2 && value.contains(kTagKey) && value.contains(kTaggedValueKey)
        && value[kTagKey].is_string()) {
        emitter << YAML::VerbatimTag(value[kTagKey].get<std::string>());
        toYaml(emitter, value[kTaggedValueKey]);
    } else if (value.is_object()) {
        emitter << YAML::BeginMap;
        for (const auto& [key, entry] : value.items()) {
            emitter << YAML::Key;
            writeText(emitter, key);
            emitter << YAML::Value;
            toYaml(emitter, entry);
        }
        emitter << YAML::EndMap;
    } else if (value.is_array()) {
        emitter << YAML::BeginSeq;
        for (const auto& entry : value)
            toYaml(emitter, entry);
        emitter << YAML::EndSeq;
    } else if (value.is_string()) {
        writeText(emitter, value.get_ref<const std::string&>());
    } else if (value.is_null()) {
        emitter << YAML::Null;
    } else {
        emitter << value.dump(); // numbers and booleans are written the same way in YAML
    }
}

} // namespace bitwright::hls4ml
