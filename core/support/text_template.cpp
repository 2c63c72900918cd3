// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/text_template.h"

namespace bitwright {

std::string fillTemplate(std::string_view text, const std::map<std::string, std::string, std::less<>>& values)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t open = text.find('@');
        result += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open + 1);
        const std::size_t close = text.find('@');
        const auto value = close == std::string_view::npos ? values.end() : values.find(text.substr(0, close));
        if (value == values.end()) {
            result += '@';
            continue;
        }
        result += value->second;
        text.remove_prefix(close + 1);
    }
    return result;
}

} // namespace bitwright
