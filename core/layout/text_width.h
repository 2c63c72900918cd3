// SPDX-License-Identifier: GPL-3.0-or-later
/// Widths of text without a display: advances of DejaVu Sans, which is wider than most interface fonts.
#pragma once

#include <string>
#include <string_view>

namespace bitwright {

/// Pixels that one line of UTF-8 @p text takes at @p size pixels per em.
double textWidth(std::string_view text, double size, bool is_bold = false);

/// @p text, or its beginning and end around "…" so that it fits @p width. Never splits a character.
std::string elideMiddle(std::string_view text, double width, double size, bool is_bold = false);
/// @p text, or its beginning and "…".
std::string elideEnd(std::string_view text, double width, double size, bool is_bold = false);

} // namespace bitwright
