// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/text_width.h"

#include <array>
#include <cstdint>
#include <vector>

namespace bitwright {
namespace {

constexpr int kFirst = 32;
constexpr int kLast = 126;
using Advances = std::array<std::uint8_t, kLast - kFirst + 1>; ///< hundredths of an em, from the blank on

constexpr Advances kRegular{
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84};
constexpr Advances kBold{
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 40, 40, 84, 84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85,
    73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72, 68, 44, 72,
    71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 37, 71, 84};
constexpr double kHinting = 1.03; ///< screens round advances to whole pixels
constexpr double kOtherAdvance = 0.7;
constexpr double kWideAdvance = 1.0; ///< three- and four-byte characters: arrows, "…", East Asian text
constexpr std::string_view kEllipsis = "…";

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

double advance(char lead, const Advances& advances)
{
    const auto c = static_cast<unsigned char>(lead);
    if (c >= kFirst && c <= kLast) return advances[c - kFirst] / 100.0;
    return c >= 0xE0 ? kWideAdvance : kOtherAdvance;
}

/// Where each character begins, and the width before it; one entry more for the end.
struct Measured {
    std::vector<std::size_t> begins;
    std::vector<double> before;
};

Measured measure(std::string_view text, double size, bool is_bold)
{
    Measured m;
    double x = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && isContinuation(text[i])) continue;
        m.begins.push_back(i);
        m.before.push_back(x);
        x += advance(text[i], is_bold ? kBold : kRegular) * size * kHinting;
    }
    m.begins.push_back(text.size());
    m.before.push_back(x);
    return m;
}

} // namespace

double textWidth(std::string_view text, double size, bool is_bold)
{
    double em = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 0 || !isContinuation(text[i])) em += advance(text[i], is_bold ? kBold : kRegular);
    return em * size * kHinting;
}

std::string elideMiddle(std::string_view text, double width, double size, bool is_bold)
{
    const Measured m = measure(text, size, is_bold);
    const double total = m.before.back();
    if (total <= width) return std::string(text);
    const double room = width - textWidth(kEllipsis, size, is_bold);
    const std::size_t count = m.begins.size() - 1;
    std::size_t head = 0; // characters kept at the start
    while (head < count && m.before[head + 1] <= room / 2)
        ++head;
    std::size_t tail = count; // first character kept at the end
    while (tail > head && total - m.before[tail - 1] + m.before[head] <= room)
        --tail;
    return std::string(text.substr(0, m.begins[head])) + std::string(kEllipsis) +
           std::string(text.substr(m.begins[tail]));
}

std::string elideEnd(std::string_view text, double width, double size, bool is_bold)
{
    const Measured m = measure(text, size, is_bold);
    if (m.before.back() <= width) return std::string(text);
    const double room = width - textWidth(kEllipsis, size, is_bold);
    std::size_t kept = 0;
    while (kept + 1 < m.begins.size() && m.before[kept + 1] <= room)
        ++kept;
    return std::string(text.substr(0, m.begins[kept])) + std::string(kEllipsis);
}

} // namespace bitwright
