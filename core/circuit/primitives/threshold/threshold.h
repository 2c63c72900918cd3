// SPDX-License-Identifier: GPL-3.0-or-later
/// Batch normalisation merged with a binary or ternary tanh into comparisons (section 2.6, last item).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

/// Constants: "threshold" [n] for binary (x >= t), "low" and "high" [n] for ternary. Element i uses entry i % n.
struct ThresholdAttributes final : PrimitiveAttributes {
    bool is_ternary = false;
    std::int64_t n = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Cost thresholdCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> thresholdHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> thresholdKernel(const KernelRequest& request);
std::optional<VectorForm> thresholdVectorForm(const Circuit& circuit, const Primitive& primitive,
                                            std::span<const ValueRange> inputs);
std::vector<ValueRange> thresholdRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& thresholdPrimitive();

} // namespace bitwright
