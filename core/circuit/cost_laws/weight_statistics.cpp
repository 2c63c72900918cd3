// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/cost_laws/weight_statistics.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

namespace bitwright {
namespace {

std::uint64_t magnitude(std::int64_t constant)
{
    return constant < 0 ? ~static_cast<std::uint64_t>(constant) + 1 : static_cast<std::uint64_t>(constant);
}

// Codes above 63 bits keep their leading digits: their width is beyond every multiplier anyway.
std::vector<std::int64_t> narrowedCodes(const CodeTensor& weight)
{
    if (!weight.isWide()) return weight.codes;
    std::vector<std::int64_t> codes;
    codes.reserve(weight.wide_codes.size());
    const WideInt largest = std::numeric_limits<std::int64_t>::max();
    for (const WideInt& wide : weight.wide_codes) {
        WideInt value = wide;
        while (value > largest || value < -largest)
            value /= 2;
        codes.push_back(static_cast<std::int64_t>(value));
    }
    return codes;
}

// Marks which constants one input has met already: a stamp per code where codes are few, a sorted list otherwise.
class SeenConstants {
public:
    explicit SeenConstants(const std::vector<std::int64_t>& codes)
    {
        if (codes.empty()) return;
        const auto [low, high] = std::minmax_element(codes.begin(), codes.end());
        m_low = *low;
        const std::uint64_t span = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(*low);
        if (span < kLargestSpan) m_stamps.assign(static_cast<std::size_t>(span) + 1, -1);
    }
    bool isNew(std::int64_t code, std::int64_t input)
    {
        if (m_stamps.empty()) {
            if (input != m_input) m_list.clear();
            m_input = input;
            const auto place = std::lower_bound(m_list.begin(), m_list.end(), code);
            if (place != m_list.end() && *place == code) return false;
            m_list.insert(place, code);
            return true;
        }
        std::int64_t& stamp = m_stamps[static_cast<std::size_t>(code - m_low)];
        if (stamp == input) return false;
        stamp = input;
        return true;
    }

private:
    static constexpr std::uint64_t kLargestSpan = 1U << 18U;
    std::int64_t m_low = 0;
    std::int64_t m_input = -1;
    std::vector<std::int64_t> m_stamps;
    std::vector<std::int64_t> m_list;
};

} // namespace

int csdDigits(std::int64_t constant)
{
    std::uint64_t value = magnitude(constant);
    constexpr unsigned kBitsBeforeOverflow = 62;
    // The non-adjacent form of c has its digits where c and 3c differ (Reitwiesner 1960).
    if (value >> kBitsBeforeOverflow == 0) return std::popcount(value ^ (3 * value));
    int digits = 0;
    while (value != 0) {
        digits += static_cast<int>(value & 1U);
        // ...11 is one digit of -1 here, and a 1 carried upwards.
        value = (value >> 1U) + ((value & 3U) == 3U ? 1U : 0U);
    }
    return digits;
}

int constantWidth(std::int64_t constant)
{
    if (constant >= 0) return std::bit_width(static_cast<std::uint64_t>(constant));
    return std::bit_width(static_cast<std::uint64_t>(-(constant + 1))) + 1;
}

WeightStatistics weightStatistics(const CodeTensor& weight, std::int64_t n_in, std::int64_t n_out)
{
    WeightStatistics statistics;
    statistics.n_in = static_cast<double>(n_in);
    statistics.n_out = static_cast<double>(n_out);
    const std::vector<std::int64_t> narrowed = weight.isWide() ? narrowedCodes(weight) : std::vector<std::int64_t>{};
    const std::vector<std::int64_t>& codes = weight.isWide() ? narrowed : weight.codes;
    SeenConstants seen(codes);
    std::vector<std::int64_t> nonzero_per_output(static_cast<std::size_t>(std::max<std::int64_t>(n_out, 0)), 0);
    double widths = 0;
    for (std::size_t index = 0; index < codes.size(); ++index) {
        const std::int64_t code = codes[index];
        if (code == 0 || n_out <= 0) continue;
        const auto output = index % static_cast<std::size_t>(n_out);
        const auto input = static_cast<std::int64_t>(index / static_cast<std::size_t>(n_out));
        const int digits = std::min(csdDigits(code), kMaximumCsdDigits);
        const int width = constantWidth(code);
        ++nonzero_per_output[output];
        statistics.nonzero += 1;
        statistics.power_of_two += digits == 1 ? 1 : 0;
        statistics.csd_digits += digits;
        widths += width;
        if (seen.isNew(code, input))
            statistics.distinct[static_cast<std::size_t>(digits)][static_cast<std::size_t>(width)] += 1;
    }
    if (statistics.nonzero > 0) statistics.mean_width_bits = widths / statistics.nonzero;
    if (!nonzero_per_output.empty())
        statistics.maximum_nonzero_per_output =
            static_cast<double>(*std::max_element(nonzero_per_output.begin(), nonzero_per_output.end()));
    return statistics;
}

ProductSplit splitProducts(const WeightStatistics& statistics, double input_bits, const ProductRule& rule)
{
    ProductSplit split;
    double shift_widths = 0;
    for (std::size_t digits = 2; digits < statistics.distinct.size(); ++digits)
        for (std::size_t width = 0; width < statistics.distinct[digits].size(); ++width) {
            const double count = statistics.distinct[digits][width];
            if (count == 0) continue;
            const double bits = static_cast<double>(width);
            const bool is_wide_enough =
                input_bits >= rule.minimum_input_bits && input_bits + bits >= rule.threshold_bits;
            if (digits >= 3 && (rule.is_forced || is_wide_enough)) {
                split.dsp_constants += count;
                split.dsp_constant_bits += count * bits;
            } else {
                split.shift_additions += count * (static_cast<double>(digits) - 1);
                split.shift_constants += count;
                shift_widths += count * bits;
            }
        }
    if (split.shift_constants > 0) split.shift_width_bits = shift_widths / split.shift_constants;
    return split;
}

} // namespace bitwright
