// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/part.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "support/diagnostic_codes.h"
#include "support/resources.h"
#include "support/text_distance.h"

namespace bitwright {
namespace {

using Json = nlohmann::json;

// "xc7z020-clg400-1" and "XC7Z020CLG400-1" are the same device.
std::string normalised(const std::string& name)
{
    std::string text;
    for (const char letter : name)
        if (letter != '-' && letter != ' ' && letter != '_')
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

std::string deviceCode(const std::string& name)
{
    // Only AMD order codes go on after the device: package, speed grade.
    if (!name.starts_with("xc")) return normalised(name);
    return normalised(name.substr(0, name.find('-')));
}

Part parsePart(const Json& json, const std::string& vendor)
{
    Part part;
    part.vendor = vendor;
    part.name = json.at("name").get<std::string>();
    part.family = json.at("family").get<std::string>();
    part.lut = json.at("lut").get<double>();
    part.ff = json.at("ff").get<double>();
    part.dsp = json.at("dsp").get<double>();
    part.bram = json.at("bram18").get<double>();
    part.uram = json.at("uram").get<double>();
    part.device = json.value("device", "");
    part.lut_kind = json.value("lut_kind", "");
    part.dsp_kind = json.value("dsp_kind", "");
    part.boards = json.value("boards", std::vector<std::string>{});
    part.slr_count = json.value("slr", 1);
    part.fastest_clock_ns = json.value("fastest_clock_ns", 0.0);
    part.status = json.value("status", "");
    return part;
}

std::vector<Part> loadParts()
{
    std::vector<Part> parts;
    for (const std::string& name : resourcesIn("parts")) {
        const Result<std::string> text = resourceText(name);
        if (!text) continue;
        Result<std::vector<Part>> read = parseParts(*text, name);
        if (read) parts.insert(parts.end(), read->begin(), read->end());
    }
    return parts;
}

std::string quotedList(const std::vector<std::string>& names)
{
    constexpr std::size_t kShown = 4;
    std::vector<std::string> shown;
    for (const std::string& name : names)
        if (shown.size() < kShown) shown.push_back("'" + name + "'");
    std::string text = fmt::format("{}", fmt::join(shown, ", "));
    if (names.size() > kShown) text += fmt::format(" and {} more", names.size() - kShown);
    return text;
}

Diagnostic unknownPart(const std::string& name)
{
    constexpr std::size_t kNearest = 3;
    constexpr std::size_t kLongestCompared = 64; // distances cost the product of both lengths
    const std::string asked = normalised(name.substr(0, kLongestCompared));
    std::vector<std::pair<std::size_t, std::string>> distances;
    for (const Part& part : builtinParts()) {
        const std::size_t to_device = textDistance(asked, deviceCode(part.name));
        distances.emplace_back(std::min(to_device, textDistance(asked, normalised(part.name))), part.name);
    }
    std::sort(distances.begin(), distances.end());
    std::vector<std::string> nearest;
    for (std::size_t index = 0; index < std::min(kNearest, distances.size()); ++index)
        nearest.push_back(distances[index].second);
    return Diagnostic{DiagnosticCode::PartUnknown, {name.substr(0, kLongestCompared), quotedList(nearest)}, {},
                      "Choose a device of the list of parts."};
}

} // namespace

Result<std::vector<Part>> parseParts(const std::string& text, const std::string& file_name)
{
    const Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded() || !document.is_object() || document.value("schema", Json()) != "bitwright.parts/1")
        return Diagnostic{DiagnosticCode::PartsInvalid, {file_name, "its schema is not 'bitwright.parts/1'"}};
    try {
        const std::string vendor = document.at("vendor").get<std::string>();
        std::vector<Part> parts;
        for (const Json& entry : document.at("parts"))
            parts.push_back(parsePart(entry, vendor));
        return parts;
    } catch (const Json::exception& problem) {
        return Diagnostic{DiagnosticCode::PartsInvalid, {file_name, problem.what()}};
    }
}

const std::vector<Part>& builtinParts()
{
    static const std::vector<Part> parts = loadParts();
    return parts;
}

Result<Part> findPart(const std::string& name)
{
    const std::string asked = normalised(name);
    std::vector<const Part*> beginnings;
    const Part* device = nullptr;
    std::size_t device_length = 0;
    for (const Part& part : builtinParts()) {
        const std::string full = normalised(part.name);
        if (full == asked) return part;
        if (!asked.empty() && full.starts_with(asked)) beginnings.push_back(&part);
        const std::string code = deviceCode(part.name);
        const bool goes_on = asked.size() > code.size() && asked.starts_with(code) &&
                             std::isdigit(static_cast<unsigned char>(asked[code.size()])) == 0;
        if (goes_on && code.size() > device_length) {
            device = &part;
            device_length = code.size();
        }
    }
    if (beginnings.size() == 1) return *beginnings.front();
    if (beginnings.size() > 1) {
        std::vector<std::string> names;
        for (const Part* part : beginnings)
            names.push_back(part->name);
        return Diagnostic{DiagnosticCode::PartAmbiguous, {name, quotedList(names)}, {},
                          "Write more of the name."};
    }
    if (device == nullptr) return unknownPart(name);
    Part part = *device;
    part.name = name;
    return part;
}

} // namespace bitwright
