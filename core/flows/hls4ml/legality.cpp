// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/legality.h"

#include <algorithm>

namespace bitwright::hls4ml {

namespace {

constexpr std::int64_t kShuffleCycles = 6; ///< hls4ml's allowance for moving data, per output

std::vector<std::int64_t> divisors(std::int64_t number)
{
    std::vector<std::int64_t> small, large;
    for (std::int64_t d = 1; d <= number / d; ++d) {
        if (number % d != 0)
            continue;
        small.push_back(d);
        if (d != number / d)
            large.push_back(number / d);
    }
    small.insert(small.end(), large.rbegin(), large.rend());
    return small;
}

bool isResource(const std::string& strategy)
{
    return strategy == "resource" || strategy == "resource_unrolled";
}

} // namespace

std::vector<std::int64_t> legalReuseFactors(const std::string& strategy, std::int64_t n_in, std::int64_t n_out)
{
    if (strategy == "distributed_arithmetic")
        return {1};
    if (!isResource(strategy) || n_in < 1 || n_out < 1)
        return {};
    std::vector<std::int64_t> legal = divisors(n_in);
    for (const std::int64_t d : divisors(n_out)) {
        if (d > 1)
            legal.push_back(n_in * d);
    }
    if (strategy == "resource_unrolled" && legal.size() > 1)
        legal.pop_back();
    return legal;
}

std::vector<std::int64_t> legalParallelizationFactors(std::int64_t pixels)
{
    return divisors(std::max<std::int64_t>(1, pixels));
}

std::int64_t nearestReuseFactor(const std::vector<std::int64_t>& legal, double wanted)
{
    const auto above = std::lower_bound(legal.begin(), legal.end(), wanted,
                                        [](std::int64_t factor, double value) { return static_cast<double>(factor) < value; });
    if (above == legal.begin())
        return *above;
    if (above == legal.end())
        return legal.back();
    const double distance_up = static_cast<double>(*above) - wanted;
    const double distance_down = wanted - static_cast<double>(*(above - 1));
    return distance_up < distance_down ? *above : *(above - 1);
}

BuiltStrategy buildStrategy(const std::string& strategy, std::int64_t reuse_factor, std::int64_t target_cycles,
                            std::int64_t n_in, std::int64_t n_out)
{
    BuiltStrategy built{strategy, reuse_factor};
    if (built.strategy == "distributed_arithmetic")
        built.reuse_factor = 1;
    if (!isResource(strategy))
        return built;
    if (strategy == "resource_unrolled" && reuse_factor == 1)
        built.strategy = "resource";
    auto wanted = static_cast<double>(reuse_factor);
    if (target_cycles >= kShuffleCycles * n_out)
        wanted = static_cast<double>(target_cycles - kShuffleCycles * n_out) / static_cast<double>(n_out);
    built.reuse_factor = nearestReuseFactor(legalReuseFactors(built.strategy, n_in, n_out), wanted);
    return built;
}

} // namespace bitwright::hls4ml
