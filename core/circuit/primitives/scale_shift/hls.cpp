// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/scale_shift/scale_shift.h"

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

Result<HlsFragment> scaleShiftHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<ScaleShiftAttributes>();
    HlsConfiguration config(circuit, primitive);
    config.header("bw_scale_shift.h");
    const std::string index = HlsConfiguration::periodicIndex(attributes.n, config.outputSize());
    const std::string scale = config.constant("scale", index);
    const std::string bias = config.constant("bias", index);
    const std::string_view product =
        hlsProduct(productRule(circuit.input(primitive).format, primitive.constant("scale").format));
    config.apply(fmt::format("bw::scale_shift<Output, {}>(x, {}, {})", product, scale, bias), index != "0");
    return finishElementwise(config, attributes.reuse_factor);
}

} // namespace bitwright
