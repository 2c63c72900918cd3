// SPDX-License-Identifier: GPL-3.0-or-later
/// Distance between names, for "did you mean".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace bitwright {

/// Edits that turn @p a into @p b (insert, delete, replace, swap of neighbours), letter case ignored.
std::size_t textDistance(std::string_view a, std::string_view b);

/// The candidate nearest to @p name when it is near enough to be what was meant, else "".
/// The first of equally near ones wins.
std::string nearestName(std::string_view name, std::span<const std::string> candidates);

/// A remedy that names the nearest candidate, or "".
std::string nearestNameRemedy(std::string_view name, std::span<const std::string> candidates);

} // namespace bitwright
