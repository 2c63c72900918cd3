// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "numerics/kernels/element_step.h"

namespace bitwright::kernels {
namespace {

bool isIdentity(const ElementStep& step)
{
    return !step.drops_negative && step.multiplier.empty() && step.product_shift_left == 0 && step.addend.empty() &&
           step.store.isIdentity();
}

/// Adds b after a, where both add constants by row.
std::optional<std::vector<std::int64_t>> sumOf(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b)
{
    constexpr std::size_t kMostEntries = 1 << 20;
    if (a.empty()) return b;
    if (b.empty()) return a;
    const std::size_t size = std::lcm(a.size(), b.size());
    if (size > kMostEntries) return std::nullopt;
    std::vector<std::int64_t> sum(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (__builtin_add_overflow(a[i % a.size()], b[i % b.size()], &sum[i])) return std::nullopt;
    }
    return sum;
}

/// Makes @p second part of @p first, where the first only adds and the second starts with an addition.
bool join(ElementStep& first, const ElementStep& second)
{
    if (!first.store.isIdentity() || second.drops_negative || !second.multiplier.empty() ||
        second.product_shift_left != 0)
        return false;
    std::optional<std::vector<std::int64_t>> addend = sumOf(first.addend, second.addend);
    if (!addend) return false;
    first.addend = std::move(*addend);
    first.store = second.store;
    return true;
}

} // namespace

ElementChain simplified(ElementChain chain)
{
    ElementChain result;
    for (ElementStep& step : chain) {
        if (isIdentity(step)) continue;
        if (!result.empty() && join(result.back(), step)) continue;
        result.push_back(std::move(step));
    }
    return result;
}

} // namespace bitwright::kernels
