// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/vector_form.h"

#include <algorithm>

namespace bitwright {

std::optional<kernels::StoreStep> storeStep(const Conversion& conversion, kernels::LaneRange range)
{
    if (!conversion.isRegular()) return std::nullopt;
    return kernels::makeStore(conversion.shift() + conversion.target().fractionBits(), conversion.target(), range);
}

std::optional<kernels::StoreStep> storeStep(const Conversion& conversion)
{
    if (!conversion.isRegular()) return std::nullopt;
    return kernels::makeStore(conversion.shift() + conversion.target().fractionBits(), conversion.target());
}

std::optional<std::vector<std::int64_t>> narrowCodes(const CodeTensor& tensor)
{
    constexpr std::int64_t kLimit = std::int64_t{1} << 40;
    if (tensor.isWide()) return std::nullopt;
    const bool fits = std::all_of(tensor.codes.begin(), tensor.codes.end(),
                                  [](std::int64_t code) { return code >= -kLimit && code <= kLimit; });
    if (!fits) return std::nullopt;
    return tensor.codes;
}

std::optional<kernels::LaneRange> laneRange(const ValueRange& range)
{
    const WideInt limit = WideInt(1) << 62;
    const CodeInterval hull = range.hull();
    if (hull.low < -limit || hull.high > limit) return std::nullopt;
    return kernels::LaneRange{static_cast<std::int64_t>(hull.low), static_cast<std::int64_t>(hull.high)};
}

} // namespace bitwright
