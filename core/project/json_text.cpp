// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/configuration_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace bitwright {
namespace {

constexpr int kDeepestNesting = 128; // writing is recursive, so reading is limited

/// Depth of brackets outside strings; an upper bound for malformed text.
int nestingOf(std::string_view text)
{
    int depth = 0;
    int deepest = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted) {
            if (c == '\\') ++i;
            if (c == '"') is_quoted = false;
        } else if (c == '"') {
            is_quoted = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

} // namespace

bool parseJson(std::string_view text, nlohmann::json& json, int& line)
{
    line = 1;
    if (nestingOf(text) > kDeepestNesting) return false;
    try {
        json = nlohmann::json::parse(text.begin(), text.end());
        return true;
    } catch (const nlohmann::json::parse_error& error) {
        const std::size_t end = std::min(error.byte, text.size());
        line += static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    } catch (const nlohmann::json::exception&) { // a number out of range
        line = 0;
    }
    return false;
}

std::string formatJson(const nlohmann::json& json, bool is_compact)
{
    return json.dump(is_compact ? -1 : 2, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace bitwright
