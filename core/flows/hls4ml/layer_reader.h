// SPDX-License-Identifier: GPL-3.0-or-later
/// Reads the settings of one layer, one layer type or the whole model from hls4ml's YAML.
#pragma once

#include <string>

#include "configuration/configuration.h"
#include "flows/hls4ml/yaml_value.h"
#include "support/result.h"

namespace bitwright::hls4ml {

enum class SettingsLevel { Model, LayerType, Layer };

/// Turns one mapping into `LayerSettings`. Keys without meaning are kept, and reported into @p findings.
class LayerReader {
public:
    LayerReader(const std::string& path, VisitBudget& budget, Diagnostics& findings)
        : m_path(path), m_budget(budget), m_findings(findings)
    {
    }

    /// @p owner names the entry in messages ("layer 'MatMul_0'").
    Result<LayerSettings> read(const YAML::Node& entry, SettingsLevel level, const std::string& owner);

private:
    Result<void> readPrecision(const YAML::Node& node, LayerSettings& settings);
    Result<void> readPrecisionVariable(const std::string& variable, const YAML::Node& node, LayerSettings& settings);
    Result<void> readKey(const std::string& key, const YAML::Node& node, LayerSettings& settings);
    Result<void> readTunable(const std::string& key, std::string_view name, const YAML::Node& node,
                             LayerSettings& settings);
    Result<FormatChoice> readFormat(const YAML::Node& node, const std::string& what);
    Result<void> keep(const std::string& key, const YAML::Node& node, LayerSettings& settings);
    void dropShadowedTables(const YAML::Node& entry, LayerSettings& settings);
    void warn(DiagnosticCode code, std::vector<std::string> arguments, const YAML::Node& node, std::string remedy = {});
    Diagnostic problem(DiagnosticCode code, std::vector<std::string> arguments, const YAML::Node& node,
                       std::string remedy = {}) const;

    const std::string& m_path;
    VisitBudget& m_budget;
    Diagnostics& m_findings;
    SettingsLevel m_level = SettingsLevel::Layer;
    std::string m_owner;
};

/// How a kept key below `Precision` is written in `LayerSettings::unknown`: "Precision/table".
inline constexpr const char* kPrecisionPrefix = "Precision/";

/// hls4ml's words for the default of a table's type, by slot; "" for other slots.
std::string_view builtInTableFormat(std::string_view slot);
/// The name below `Precision` that hls4ml's generator lists for a table slot ("inv_table"), or "".
std::string_view listedTableVariable(std::string_view slot);

} // namespace bitwright::hls4ml
