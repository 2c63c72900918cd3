// SPDX-License-Identifier: GPL-3.0-or-later
/// Configurations as JSON: the part of a project file, a snapshot or a journal line that says what was decided.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "configuration/configuration.h"
#include "support/result.h"

namespace bitwright {

/// An object with `flow`, `target`, `defaults`, `layer_types`, `layers` and `symbols`.
nlohmann::json toJson(const Configuration& configuration);

/// What is wrong with a JSON text, as the place in it ("layers/MatMul_0/formats/weight") and the end of a sentence.
struct JsonFault {
    std::string place;
    std::string reason;
};

/// How strictly to read: files of a newer version may hold values that this one cannot understand.
enum class JsonReading { Strict, SkipWhatIsNew };

/// Reads the keys that `toJson` writes; absent keys keep the value they have in @p configuration.
/// @return whether it could be read; else @p fault says what could not
bool fromJson(const nlohmann::json& json, JsonReading reading, Configuration& configuration, JsonFault& fault);

/// What turns @p before into @p after: changed layers (null for gone), and everything else when any of it differs.
nlohmann::json differenceToJson(const Configuration& before, const Configuration& after);
/// Applies such a difference.
bool applyDifference(const nlohmann::json& json, Configuration& configuration, JsonFault& fault);

/// Keys of an object of this form that have a meaning; the others are kept as they are when a file is saved again.
bool isKnownSettingsKey(const std::string& key);
bool isKnownTargetKey(const std::string& key);

/// JSON text -> value without exceptions; nesting deeper than any real file is refused.
/// @p line is the 1-based line of the problem. @return whether it is JSON
bool parseJson(std::string_view text, nlohmann::json& json, int& line);
/// Sorted keys, two spaces per level (or one line when @p is_compact); bytes that are no UTF-8 are replaced.
std::string formatJson(const nlohmann::json& json, bool is_compact = false);

} // namespace bitwright
