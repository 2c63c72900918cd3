// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/text_distance.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace bitwright {
namespace {

constexpr std::size_t kLongestName = 200; // longer ones are never typing mistakes of one another

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

std::size_t textDistance(std::string_view a, std::string_view b)
{
    // Optimal string alignment (Damerau-Levenshtein without repeated edits), three rows at a time.
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::string nearestName(std::string_view name, std::span<const std::string> candidates)
{
    if (name.empty() || name.size() > kLongestName) return {};
    std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
    std::string best;
    for (const std::string& candidate : candidates) {
        const std::size_t gap = candidate.size() > name.size() ? candidate.size() - name.size()
                                                               : name.size() - candidate.size();
        if (candidate.empty() || gap >= best_distance) continue;
        const std::size_t distance = textDistance(name, candidate);
        if (distance >= best_distance) continue;
        best_distance = distance;
        best = candidate;
    }
    return best;
}

std::string nearestNameRemedy(std::string_view name, std::span<const std::string> candidates)
{
    const std::string nearest = nearestName(name, candidates);
    return nearest.empty() ? std::string() : fmt::format("Write '{}' if that is meant.", nearest);
}

} // namespace bitwright
