// SPDX-License-Identifier: GPL-3.0-or-later
/// y = x * scale + bias, one quantisation at the end: BatchNormalization and ApplyAlpha (section 2.5).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

/// Constants: "scale" and "bias" with n elements each; element i of the input uses entry i % n.
struct ScaleShiftAttributes final : PrimitiveAttributes {
    std::int64_t n = 1;
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Cost scaleShiftCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> scaleShiftHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> scaleShiftKernel(const KernelRequest& request);
std::optional<VectorForm> scaleShiftVectorForm(const Circuit& circuit, const Primitive& primitive,
                                            std::span<const ValueRange> inputs);
std::vector<ValueRange> scaleShiftRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& scaleShiftPrimitive();

} // namespace bitwright
