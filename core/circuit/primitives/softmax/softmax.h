// SPDX-License-Identifier: GPL-3.0-or-later
/// Softmax in hls4ml's implementations (hls4ml reference, section 2.12).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

enum class SoftmaxImplementation { Stable, Latency, Argmax, Legacy };
std::string_view softmaxImplementationName(SoftmaxImplementation implementation);

/// Constants: "exp_table", "inverse_table" (stable, latency, legacy). Formats: "accumulator", "exp_table",
/// "inverse_table", "inverse_input", "normalised_input", and "table" for legacy. The normalised axis has `n`
/// elements, `outer` times before and `inner` elements within.
struct SoftmaxAttributes final : PrimitiveAttributes {
    SoftmaxImplementation implementation = SoftmaxImplementation::Stable;
    std::int64_t outer = 1;
    std::int64_t n = 1;
    std::int64_t inner = 1;
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Result<HlsFragment> softmaxHls(const Circuit& circuit, const Primitive& primitive);
const PrimitiveDescriptor& softmaxPrimitive();

} // namespace bitwright
