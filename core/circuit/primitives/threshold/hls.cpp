// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/threshold/threshold.h"

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

Result<HlsFragment> thresholdHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<ThresholdAttributes>();
    HlsConfiguration config(circuit, primitive);
    config.header("bw_threshold.h");
    const std::string index = HlsConfiguration::periodicIndex(attributes.n, config.outputSize());
    if (attributes.is_ternary) {
        const std::string low = config.constant("low", index);
        const std::string high = config.constant("high", index);
        config.apply(fmt::format("bw::ternary_threshold<Output>(x, {}, {})", low, high), index != "0");
    } else {
        const std::string threshold = config.constant("threshold", index);
        config.apply(fmt::format("bw::binary_threshold<Output>(x, {})", threshold), index != "0");
    }
    return finishElementwise(config, 1);
}

} // namespace bitwright
