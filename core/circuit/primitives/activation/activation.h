// SPDX-License-Identifier: GPL-3.0-or-later
/// Piecewise linear functions of one element (hls4ml reference, section 2.6).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

enum class ActivationFunction {
    Linear, Relu, Relu1, Relu6, LeakyRelu, Prelu, ThresholdedRelu, BinaryTanh, TernaryTanh,
    HardSigmoid, HardTanh
};
std::string_view activationName(ActivationFunction function);

/// Constants: "parameter" (one entry: alpha or theta; PReLU one per element; HardSigmoid two: slope and
/// shift, whose formats are "parameter" and "shift").
struct ActivationAttributes final : PrimitiveAttributes {
    ActivationFunction function = ActivationFunction::Linear;
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Cost activationCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> activationHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> activationKernel(const KernelRequest& request);
std::optional<VectorForm> activationVectorForm(const Circuit& circuit, const Primitive& primitive,
                                            std::span<const ValueRange> inputs);
std::vector<ValueRange> activationRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& activationPrimitive();

} // namespace bitwright
