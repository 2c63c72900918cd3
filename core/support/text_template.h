// SPDX-License-Identifier: GPL-3.0-or-later
/// Texts with named holes.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace bitwright {

/// @p text with every `@name@` of @p values replaced by its value. Values are not searched again; names that are not
/// in @p values stay as they are.
std::string fillTemplate(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

} // namespace bitwright
