// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_profile.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/diagnostic_codes.h"
#include "support/resources.h"

namespace bitwright {
namespace {

using Json = nlohmann::json;

std::string lawKey(std::string_view kernel, std::string_view regime, std::string_view target)
{
    return fmt::format("{}/{}/{}", kernel, regime, target);
}

std::string textOf(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void mergeNumbers(std::map<std::string, double, std::less<>>& into, const Json& object)
{
    for (const auto& [name, value] : object.items())
        if (value.is_number()) into[name] = value.get<double>();
}

CostLaw parseLaw(const Json& json, const std::string& profile_id)
{
    CostLaw law;
    law.kernel = json.at("kernel").get<std::string>();
    law.regime = json.at("regime").get<std::string>();
    law.target = json.at("target").get<std::string>();
    law.status = json.at("status").get<std::string>();
    law.samples = json.value("n", 0);
    if (const auto terms = json.find("terms"); terms != json.end()) mergeNumbers(law.coefficients, *terms);
    if (const auto box = json.find("box"); box != json.end())
        for (const auto& [feature, range] : box->items())
            law.box.push_back({feature, range.at(0).get<double>(), range.at(1).get<double>()});
    if (const auto residual = json.find("residual"); residual != json.end()) {
        law.residual_10 = residual->at("q").at("10").get<double>();
        law.residual_90 = residual->at("q").at("90").get<double>();
    }
    law.profile_id = profile_id;
    return law;
}

bool matches(const Json& profile, const CostProfileRequest& request)
{
    const Json& match = profile.at("match");
    if (textOf(profile, "stage") != request.stage || textOf(match, "tool") != request.tool) return false;
    if (request.version.empty()) return textOf(match, "version_max").empty();
    const std::string minimum = textOf(match, "version_min");
    const std::string maximum = textOf(match, "version_max");
    return (minimum.empty() || compareVersions(request.version, minimum) >= 0) &&
           (maximum.empty() || compareVersions(request.version, maximum) <= 0);
}

const Json* findProfile(const Json& profiles, const std::string& id)
{
    for (const Json& profile : profiles)
        if (textOf(profile, "id") == id) return &profile;
    return nullptr;
}

// Parents first, so that the nearer profile overrides.
void mergeProfile(CostProfile& into, const Json& profiles, const Json& profile, const std::string& family,
                  int depth)
{
    constexpr int kDeepestInheritance = 8;
    if (const std::string parent = textOf(profile, "inherits"); !parent.empty() && depth < kDeepestInheritance)
        if (const Json* found = findProfile(profiles, parent))
            mergeProfile(into, profiles, *found, family, depth + 1);
    const std::string id = textOf(profile, "id");
    mergeNumbers(into.constants, profile.value("constants", Json::object()));
    if (const auto families = profile.find("families"); families != profile.end())
        if (const auto own = families->find(family); own != families->end()) mergeNumbers(into.constants, *own);
    mergeNumbers(into.coverage80, profile.value("coverage80", Json::object()));
    for (const Json& entry : profile.value("laws", Json::array())) {
        CostLaw law = parseLaw(entry, id);
        into.laws[lawKey(law.kernel, law.regime, law.target)] = std::move(law);
    }
}

Diagnostic invalid(const std::string& file_name, const std::string& reason)
{
    return Diagnostic{DiagnosticCode::CostModelInvalid, {file_name, reason}};
}

} // namespace

double CostLaw::coefficient(std::string_view quantity) const
{
    const auto found = coefficients.find(quantity);
    return found == coefficients.end() ? 0.0 : found->second;
}

std::string CostLaw::source(std::string_view quantity) const
{
    std::string text = fmt::format("{}: {} {} {}", profile_id, kernel, regime, target);
    if (!quantity.empty()) text += fmt::format(" '{}'", quantity);
    text += ", " + status;
    if (samples > 0) text += fmt::format(" on {} rows", samples);
    return text;
}

const CostLaw* CostProfile::law(std::string_view kernel, std::string_view regime, std::string_view target) const
{
    const auto found = laws.find(lawKey(kernel, regime, target));
    return found == laws.end() ? nullptr : &found->second;
}

double CostProfile::constant(std::string_view name) const
{
    const auto found = constants.find(name);
    return found == constants.end() ? 0.0 : found->second;
}

Result<CostProfile> parseCostProfile(const std::string& text, const std::string& file_name,
                                     const CostProfileRequest& request)
{
    const Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded() || !document.is_object()) return invalid(file_name, "it is not a JSON object");
    if (textOf(document, "schema") != "bitwright.cost/1")
        return invalid(file_name, "its schema is not 'bitwright.cost/1'");
    try {
        const Json& profiles = document.at("profiles");
        for (const Json& profile : profiles) {
            if (profile.contains("match") && !profile["match"].is_object())
                return invalid(file_name, "the 'match' of a profile is not a JSON object");
            if (!matches(profile, request)) continue;
            CostProfile result;
            mergeProfile(result, profiles, profile, request.family, 0);
            result.id = textOf(profile, "id");
            result.model_id = textOf(document, "model_id");
            result.tool = request.tool;
            result.stage = request.stage;
            return result;
        }
    } catch (const Json::exception& problem) {
        return invalid(file_name, problem.what());
    }
    return Diagnostic{DiagnosticCode::CostModelMissing,
                      {fmt::format("the {} numbers of {} {}", request.stage, request.tool,
                                   request.version.empty() ? "in its newest version" : request.version)}};
}

Result<CostProfile> loadCostProfile(const CostProfileRequest& request)
{
    const std::string name = "cost_models/" + request.tool + ".json";
    const Result<std::string> text = resourceText(name);
    if (!text) return text.error();
    return parseCostProfile(*text, name, request);
}

int compareVersions(std::string_view a, std::string_view b)
{
    while (!a.empty() || !b.empty()) {
        const auto next = [](std::string_view& version) {
            int number = 0;
            const char* end = version.data() + version.size();
            const auto parsed = std::from_chars(version.data(), end, number);
            const auto dot = version.find('.');
            version = dot == std::string_view::npos ? std::string_view{} : version.substr(dot + 1);
            return parsed.ec == std::errc{} ? number : 0;
        };
        const int left = next(a);
        const int right = next(b);
        if (left != right) return left < right ? -1 : 1;
    }
    return 0;
}

} // namespace bitwright
