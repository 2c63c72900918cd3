// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/yaml_read.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "flows/hls4ml/layer_reader.h"
#include "flows/hls4ml/names.h"
#include "flows/hls4ml/words.h"
#include "flows/hls4ml/yaml_value.h"
#include "support/diagnostic_codes.h"
#include "support/text_distance.h"

namespace bitwright {

namespace {

using namespace hls4ml;

constexpr std::size_t kMaximumFileBytes = 16u << 20;

/// What hls4ml's generator lists for a constant.
bool decidesNothing(const LayerSettings& settings)
{
    LayerSettings listed;
    listed.formats[slots::kResult] = Auto{};
    listed.tunables[tunables::kTrace] = false;
    return settings == listed;
}

class DocumentReader {
public:
    DocumentReader(const std::string& path, const Model& model) : m_path(path), m_names(model) {}

    Result<ConfigurationFile> read(const YAML::Node& root);

private:
    Result<void> readTopKey(const std::string& key, const YAML::Node& node);
    Result<void> readDesign(const std::string& key, const YAML::Node& node);
    Result<void> readClock(const std::string& key, const YAML::Node& node);
    Result<void> readSections(const YAML::Node& section);
    Result<void> readLayerTypes(const YAML::Node& node);
    Result<void> readLayers(const YAML::Node& node);
    Result<void> mergeDerived();
    Result<void> keep(const std::string& key, const YAML::Node& node);
    void checkLayerName(const std::string& name, const YAML::Node& node);
    void checkTypeName(const std::string& name, const YAML::Node& node);

    Diagnostic problem(DiagnosticCode code, std::vector<std::string> arguments, const YAML::Node& node,
                       std::string remedy = {}) const
    {
        return {code, std::move(arguments), FileLocation{m_path, lineOf(node), 0}, std::move(remedy)};
    }
    LayerReader layerReader() { return {m_path, m_budget, m_file.findings}; }

    std::string m_path;
    ConfigurationNames m_names;
    VisitBudget m_budget;
    ConfigurationFile m_file;
    std::vector<std::pair<std::string, LayerSettings>> m_derived; ///< entries under names that hls4ml made itself
    bool m_has_part = false;
    bool m_has_uncertainty = false;
};

Result<ConfigurationFile> DocumentReader::read(const YAML::Node& root)
{
    if (!root.IsMap())
        return problem(DiagnosticCode::ConfigurationShape, {"top level", kindOf(root), "a mapping"}, root);
    m_has_part = !isNull(root["Part"]);
    Result<void> done;
    if (!root["HLSConfig"] && root["Model"]) {
        done = readSections(root); // the bare dictionary that hls4ml's generator returns
    } else {
        for (const auto& pair : root) {
            const auto key = textOf(pair.first);
            if (!key)
                return problem(DiagnosticCode::ConfigurationShape, {"top level", "a key that is no text", "a text"},
                               pair.first);
            if (done = readTopKey(*key, pair.second); !done)
                break;
        }
    }
    if (done)
        done = mergeDerived();
    if (!done)
        return done.error();
    if (!m_has_uncertainty && m_file.configuration.design.backend == "Vivado")
        m_file.configuration.design.clock_uncertainty_percent = 12.5;
    return std::move(m_file);
}

Result<void> DocumentReader::readTopKey(const std::string& key, const YAML::Node& node)
{
    if (key == "HLSConfig") {
        if (isNull(node))
            return {};
        if (!node.IsMap())
            return problem(DiagnosticCode::ConfigurationShape, {key, kindOf(node), "a mapping"}, node);
        return readSections(node);
    }
    if (key == "ClockPeriod" || key == "ClockUncertainty")
        return readClock(key, node);
    if (key == "XilinxPart" && !m_has_part) // the name of releases before 0.6
        return readDesign("Part", node);
    if (key == "Backend" || key == "Part" || key == "IOType" || key == "ProjectName")
        return readDesign(key, node);
    if (!isKnownTopKey(key))
        m_file.findings.push_back(problem(DiagnosticCode::ConfigurationKeyUnknown, {key, "top level"}, node));
    return keep(key, node);
}

Result<void> DocumentReader::readDesign(const std::string& key, const YAML::Node& node)
{
    DesignSettings& design = m_file.configuration.design;
    if (isNull(node))
        return {};
    const auto text = textOf(node);
    if (!text)
        return problem(DiagnosticCode::ConfigurationShape, {key, kindOf(node), "a text"}, node);
    if (key == "Part") {
        design.part = *text;
    } else if (key == "ProjectName") {
        design.project_name = *text;
    } else if (key == "IOType") {
        if (*text != "io_parallel" && *text != "io_stream")
            return problem(DiagnosticCode::ConfigurationValue, {*text, key, "there is no such way to move data"}, node,
                           "Write io_parallel or io_stream.");
        design.io_type = *text == "io_stream" ? IoType::Stream : IoType::Parallel;
    } else {
        const std::string lower = lowerCase(*text);
        design.backend = lower == "vivado" || lower == "vivadoaccelerator" ? "Vivado" : "Vitis";
        if (lower != "vivado" && lower != "vitis")
            m_file.findings.push_back(problem(DiagnosticCode::ConfigurationBackend, {*text, design.backend}, node));
    }
    return {};
}

Result<void> DocumentReader::readClock(const std::string& key, const YAML::Node& node)
{
    DesignSettings& design = m_file.configuration.design;
    if (isNull(node))
        return {};
    if (key == "ClockPeriod") {
        const auto period = numberOf(node);
        if (!period || *period <= 0)
            return problem(DiagnosticCode::ConfigurationValue,
                           {textOf(node).value_or(kindOf(node)), key, "it has to be a number above 0, in nanoseconds"},
                           node);
        design.clock_ns = *period;
        return {};
    }
    std::string text = textOf(node).value_or("");
    if (!text.empty() && text.back() == '%')
        text.pop_back();
    const auto percent = numberOf(YAML::Node(text));
    if (!percent || *percent < 0 || *percent >= 100)
        return problem(DiagnosticCode::ConfigurationValue,
                       {textOf(node).value_or(kindOf(node)), key, "it has to be a percentage such as 27%"}, node);
    design.clock_uncertainty_percent = *percent;
    m_has_uncertainty = true;
    return {};
}

Result<void> DocumentReader::readSections(const YAML::Node& section)
{
    for (const auto& pair : section) {
        const std::string key = textOf(pair.first).value_or("?");
        const YAML::Node& node = pair.second;
        Result<void> done;
        if (key == "Model") {
            auto settings = layerReader().read(node, SettingsLevel::Model, "Model");
            if (!settings)
                return settings.error();
            m_file.configuration.model = std::move(*settings);
        } else if (key == "LayerType") {
            done = readLayerTypes(node);
        } else if (key == "LayerName") {
            done = readLayers(node);
        } else {
            if (!isKnownSectionKey(key))
                m_file.findings.push_back(problem(DiagnosticCode::ConfigurationKeyUnknown, {key, "HLSConfig"}, node));
            else if (!isNull(node))
                m_file.findings.push_back(problem(DiagnosticCode::ConfigurationKeyWithoutEffect,
                                                  {key, "HLSConfig", "the passes of this flow are fixed"}, node));
            done = keep("HLSConfig/" + key, node);
        }
        if (!done)
            return done;
    }
    return {};
}

Result<void> DocumentReader::readLayerTypes(const YAML::Node& node)
{
    if (isNull(node))
        return {};
    if (!node.IsMap())
        return problem(DiagnosticCode::ConfigurationShape, {"LayerType", kindOf(node), "a mapping"}, node);
    for (const auto& pair : node) {
        const std::string name = textOf(pair.first).value_or("?");
        checkTypeName(name, pair.first);
        auto settings = layerReader().read(pair.second, SettingsLevel::LayerType, "layer type '" + name + "'");
        if (!settings)
            return settings.error();
        m_file.configuration.layer_types[lowerCase(name)] = std::move(*settings);
    }
    return {};
}

Result<void> DocumentReader::readLayers(const YAML::Node& node)
{
    if (isNull(node))
        return {};
    if (!node.IsMap())
        return problem(DiagnosticCode::ConfigurationShape, {"LayerName", kindOf(node), "a mapping"}, node);
    for (const auto& pair : node) {
        const std::string name = textOf(pair.first).value_or("?");
        checkLayerName(name, pair.first);
        auto settings = layerReader().read(pair.second, SettingsLevel::Layer, "layer '" + name + "'");
        if (!settings)
            return settings.error();
        if (m_names.isConstant(name) && decidesNothing(*settings))
            continue; // the writer lists constants again
        if (m_names.isLayer(name) || m_names.layerOfDerived(name).empty())
            m_file.configuration.setLayer(name, std::move(*settings));
        else
            m_derived.emplace_back(name, std::move(*settings));
    }
    return {};
}

/// A project folder's own hls4ml_config.yml also lists the layers that hls4ml made (`Dense_MatMul_0`). As there, the
/// entry of the model's node wins, and what it leaves open comes from the other.
Result<void> DocumentReader::mergeDerived()
{
    for (auto& [name, settings] : m_derived) {
        const std::string base = m_names.layerOfDerived(name);
        LayerSettings merged = m_file.configuration.layer(base);
        merged.formats.insert(settings.formats.begin(), settings.formats.end());
        merged.tunables.insert(settings.tunables.begin(), settings.tunables.end());
        merged.unknown.insert(settings.unknown.begin(), settings.unknown.end());
        m_file.configuration.setLayer(base, std::move(merged));
    }
    return {};
}

Result<void> DocumentReader::keep(const std::string& key, const YAML::Node& node)
{
    auto value = toJson(node, m_budget);
    if (!value) {
        Diagnostic wrong = value.error();
        wrong.where = FileLocation{m_path, lineOf(node), 0};
        return wrong;
    }
    m_file.configuration.design.unknown[key] = value->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return {};
}

void DocumentReader::checkLayerName(const std::string& name, const YAML::Node& node)
{
    if (m_names.isLayer(name) || m_names.isConstant(name) || !m_names.layerOfDerived(name).empty())
        return;
    const std::vector<std::string> candidates(m_names.layers().begin(), m_names.layers().end());
    m_file.findings.push_back(problem(DiagnosticCode::ConfigurationLayerUnknown, {name}, node,
                                      nearestNameRemedy(name, candidates)));
}

void DocumentReader::checkTypeName(const std::string& name, const YAML::Node& node)
{
    if (const auto real = nameOf(misleadingClasses(), name); !real.empty()) {
        m_file.findings.push_back(problem(
            DiagnosticCode::ConfigurationKeyWithoutEffect,
            {name, "LayerType", "hls4ml looks these layers up under another type"}, node,
            "Write '" + std::string(real) + "' instead."));
        return;
    }
    const auto classes = layerClasses();
    const bool is_known = std::any_of(classes.begin(), classes.end(), [&](std::string_view known) {
        return lowerCase(known) == lowerCase(name);
    });
    if (is_known)
        return;
    const std::vector<std::string> candidates(classes.begin(), classes.end());
    m_file.findings.push_back(problem(DiagnosticCode::ConfigurationTypeUnknown, {name}, node,
                                      nearestNameRemedy(name, candidates)));
}

} // namespace

Result<ConfigurationFile> readHls4mlConfiguration(std::string_view text, const std::string& path, const Model& model)
{
    if (text.size() > kMaximumFileBytes)
        return Diagnostic{DiagnosticCode::ConfigurationTooLarge,
                          {std::to_string(text.size()) + " bytes, of which "
                           + std::to_string(kMaximumFileBytes) + " are allowed"},
                          FileLocation{path, 0, 0}};
    try {
        return DocumentReader(path, model).read(loadYaml(text));
    } catch (const YAML::Exception& error) {
        const int line = error.mark.is_null() ? 0 : error.mark.line + 1;
        return Diagnostic{DiagnosticCode::ConfigurationSyntax, {error.msg}, FileLocation{path, line, 0}};
    }
}

} // namespace bitwright
