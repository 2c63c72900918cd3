// SPDX-License-Identifier: GPL-3.0-or-later
/// YAML nodes as plain values: scalars with PyYAML's meaning, and whole sub-trees as JSON text for the round trip.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "support/result.h"

namespace YAML {
class Node;
class Emitter;
} // namespace YAML

namespace bitwright::hls4ml {

/// Bounds the work that aliases can multiply: every visited node takes one away.
struct VisitBudget {
    std::int64_t nodes_left = 200'000;
};

/// The document; what PyYAML writes and yaml-cpp cannot read is put into a form that it can. @throws YAML::Exception
YAML::Node loadYaml(std::string_view text);

/// The scalar's text, or nothing where the node is no scalar.
std::optional<std::string> textOf(const YAML::Node& node);
std::optional<std::int64_t> integerOf(const YAML::Node& node);
std::optional<double> numberOf(const YAML::Node& node);
std::optional<bool> booleanOf(const YAML::Node& node);
bool isNull(const YAML::Node& node);
/// 1-based line, 0 where unknown.
int lineOf(const YAML::Node& node);
/// "a list", "a mapping", "text", for sentences.
std::string kindOf(const YAML::Node& node);

/// The sub-tree as JSON; a node with a tag of its own becomes an object with the two reserved keys of `toYaml`.
/// @error ConfigurationTooLarge when nesting or aliases exceed the budget
Result<nlohmann::json> toJson(const YAML::Node& node, VisitBudget& budget);
/// Writes what `toJson` read, in block style.
void toYaml(YAML::Emitter& emitter, const nlohmann::json& value);

} // namespace bitwright::hls4ml
