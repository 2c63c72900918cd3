// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/weight_reconstruction.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace bitwright {
namespace {

enum class Family { Uniform, Normal, Laplace };
constexpr Family kFamilies[] = {Family::Uniform, Family::Normal, Family::Laplace};
constexpr int kWidestCounted = 16;   // wider formats behave as 16 bits with the same digits per bit
constexpr int kScalesPerOctave = 4;

// Weight of magnitudes 1..largest under a family, before normalisation; recurrences instead of exponentials.
std::vector<double> magnitudes(Family family, double scale, std::int64_t largest)
{
    std::vector<double> mass(static_cast<std::size_t>(largest) + 1, 0.0);
    double value = 1;
    double ratio = family == Family::Laplace ? std::exp(-1 / scale) : std::exp(-0.5 / (scale * scale));
    const double step = family == Family::Normal ? ratio * ratio : 1.0;
    for (std::size_t m = 1; m < mass.size(); ++m) {
        if (family == Family::Uniform) {
            mass[m] = static_cast<double>(m) <= scale ? 1.0 : 0.0;
            continue;
        }
        value *= ratio;
        ratio *= step;
        mass[m] = value;
    }
    if (family == Family::Uniform) mass[1] = 1.0;
    double sum = 0;
    for (const double m : mass)
        sum += m;
    if (sum > 0)
        for (double& m : mass)
            m /= sum;
    return mass;
}

struct DigitTable {
    std::vector<int> digits; ///< by magnitude
    explicit DigitTable(std::int64_t largest)
    {
        for (std::int64_t m = 0; m <= largest; ++m)
            digits.push_back(csdDigits(m));
    }
};

struct Match {
    Family family = Family::Uniform;
    double scale = 1;
};

Match bestMatch(const WeightCounts& counts, const DigitTable& table, std::int64_t largest)
{
    const double share = counts.power_of_two / counts.nonzero;
    const double digits = counts.csd_digits / counts.nonzero;
    Match best;
    double best_error = -1;
    const int steps = kScalesPerOctave * kWidestCounted;
    for (const Family family : kFamilies)
        for (int step = 0; step <= steps; ++step) {
            const double scale = std::exp2(static_cast<double>(step) / kScalesPerOctave) / 2;
            if (scale > 2 * static_cast<double>(largest)) break;
            const std::vector<double> mass = magnitudes(family, scale, largest);
            double model_share = 0;
            double model_digits = 0;
            for (std::size_t m = 1; m < mass.size(); ++m) {
                model_digits += mass[m] * table.digits[m];
                if (table.digits[m] == 1) model_share += mass[m];
            }
            const double error = std::abs(model_share - share) + std::abs(model_digits - digits) / 2;
            if (best_error < 0 || error < best_error) {
                best_error = error;
                best = {family, scale};
            }
        }
    return best;
}

// Reweighs magnitudes until the share of powers of two and the mean number of digits are the counted ones exactly:
// trained and pruned matrices mix many powers of two with a few wide constants, which no family of one scale has.
void matchExactly(std::vector<double>& mass, const DigitTable& table, const WeightCounts& counts)
{
    constexpr double kFloor = 0.01; // no constant is impossible, or its class could not be reached
    const double everywhere = kFloor / static_cast<double>(mass.size() - 1);
    for (std::size_t m = 1; m < mass.size(); ++m)
        mass[m] = (1 - kFloor) * mass[m] + everywhere;
    const double share = std::clamp(counts.power_of_two / counts.nonzero, 0.0, 1.0);
    std::array<double, kMaximumCsdDigits + 1> by_digits{};
    for (std::size_t m = 1; m < mass.size(); ++m)
        by_digits[static_cast<std::size_t>(table.digits[m])] += mass[m];
    const double target =
        share < 1 ? (counts.csd_digits - counts.power_of_two) / (counts.nonzero - counts.power_of_two) : 0;
    const auto tilted = [&](double tilt) { // mean digits of the others, and their mass
        std::pair<double, double> sums{0, 0};
        for (std::size_t digits = 2; digits < by_digits.size(); ++digits) {
            const double weight = by_digits[digits] * std::exp(tilt * (static_cast<double>(digits) - 2));
            sums.first += weight * static_cast<double>(digits);
            sums.second += weight;
        }
        return sums;
    };
    if (by_digits[1] <= 0 || tilted(0).second <= 0) return;
    constexpr double kSteepest = 12;
    constexpr int kHalvings = 40;
    double low = -kSteepest;
    double high = kSteepest;
    for (int step = 0; step < kHalvings; ++step) {
        const double middle = (low + high) / 2;
        const auto [digits, weight] = tilted(middle);
        (digits < target * weight ? low : high) = middle;
    }
    const double others = tilted(low).second;
    for (std::size_t m = 1; m < mass.size(); ++m)
        mass[m] *= table.digits[m] == 1 ? share / by_digits[1]
                                        : (1 - share) / others * std::exp(low * (table.digits[m] - 2));
}

void addDistinct(WeightStatistics& statistics, std::int64_t constant, double probability, double per_input)
{
    if (probability <= 0) return;
    const double expected = statistics.n_in * (1 - std::pow(1 - std::min(probability, 1.0), per_input));
    const auto digits = static_cast<std::size_t>(std::min(csdDigits(constant), kMaximumCsdDigits));
    statistics.distinct[digits][static_cast<std::size_t>(constantWidth(constant))] += expected;
}

} // namespace

WeightStatistics expectedStatistics(const WeightCounts& counts)
{
    WeightStatistics statistics;
    statistics.n_in = static_cast<double>(counts.n_in);
    statistics.n_out = static_cast<double>(counts.n_out);
    statistics.nonzero = counts.nonzero;
    if (counts.nonzero <= 0 || counts.n_in <= 0 || counts.n_out <= 0) return statistics;
    const int bits = std::clamp(counts.weight_bits, 2, kWidestCounted);
    const std::int64_t largest = std::int64_t{1} << (bits - 1);
    const DigitTable table(largest);
    Match match;
    if (counts.has_digits) {
        match = bestMatch(counts, table, largest);
    } else {
        match = {Family::Normal, counts.unknown_deviation / std::sqrt(statistics.n_in) *
                                     std::exp2(bits == kWidestCounted ? 10 : bits - 1)};
    }
    std::vector<double> mass = magnitudes(match.family, std::max(match.scale, 0.5), largest);
    if (counts.has_digits) matchExactly(mass, table, counts);
    const double per_input = counts.nonzero / statistics.n_in;
    double widths = 0;
    double digits = 0;
    double powers = 0;
    for (std::int64_t m = 1; m <= largest; ++m) {
        const double half = mass[static_cast<std::size_t>(m)] / 2;
        widths += half * (constantWidth(m) + constantWidth(-m));
        digits += 2 * half * table.digits[static_cast<std::size_t>(m)];
        powers += table.digits[static_cast<std::size_t>(m)] == 1 ? 2 * half : 0;
        addDistinct(statistics, m, half, per_input);
        addDistinct(statistics, -m, half, per_input);
    }
    statistics.mean_width_bits = widths;
    statistics.csd_digits = counts.has_digits ? counts.csd_digits : counts.nonzero * digits;
    statistics.power_of_two = counts.has_digits ? counts.power_of_two : counts.nonzero * powers;
    statistics.maximum_nonzero_per_output = std::ceil(counts.nonzero / statistics.n_out);
    return statistics;
}

} // namespace bitwright
