// SPDX-License-Identifier: GPL-3.0-or-later
/// Convolutions, channels last: ordinary, pointwise, depthwise and grouped (hls4ml reference, sections 2.2 and 2.3).
#pragma once

#include "circuit/primitives/dense/dense.h"
#include "circuit/window.h"

namespace bitwright {

/// A product with constant weights whose rows are output pixels and read windows: constants, formats and arithmetic are
/// those of a dense layer with `n_in` products per output and `n_out` filters. Filter f sees the channels of group
/// f / (n_out / groups); products go through the window row by row, channels innermost. The padding holds code 0.
struct ConvolutionAttributes final : DenseAttributes {
    ImageWindow window;
    std::int64_t groups = 1;
    std::int64_t parallelization_factor = 1; ///< output pixels computed at the same time, io_parallel
    void hashInto(ContentHasher& hasher) const override;
};

Cost convolutionCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> convolutionHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> convolutionKernel(const KernelRequest& request);
std::optional<VectorForm> convolutionVectorForm(const Circuit& circuit, const Primitive& primitive,
                                                std::span<const ValueRange> inputs);
std::vector<ValueRange> convolutionRange(const Circuit& circuit, const Primitive& primitive,
                                         std::span<const ValueRange> inputs);
const PrimitiveDescriptor& convolutionPrimitive();

} // namespace bitwright
