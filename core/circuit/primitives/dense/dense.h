// SPDX-License-Identifier: GPL-3.0-or-later
/// y = x W + b on a vector, as hls4ml's Dense computes it (hls4ml reference, section 2.1).
#pragma once

#include "circuit/primitive_descriptor.h"
#include "circuit/strategy.h"

namespace bitwright {

/// Constants: "weight" [n_in, n_out], "bias" [n_out]. Formats: "accumulator".
/// Every product is stored in the accumulator format before it is added; operands of BipolarFormat
/// select the XNOR and sign products. Input [rows, n_in] (rows 1 for a plain vector), output [rows, n_out].
/// A convolution is the same with rows that read windows.
struct DenseAttributes : PrimitiveAttributes {
    std::int64_t n_in = 0;
    std::int64_t n_out = 0;
    std::int64_t rows = 1;
    Strategy strategy = Strategy::Latency;
    std::int64_t reuse_factor = 1;
    std::int64_t accumulation_step = 0; ///< an output adds its products in strides of that many; 0: as the strategy says
    void hashInto(ContentHasher& hasher) const override;
};

Cost denseCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> denseHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> denseKernel(const KernelRequest& request);
std::optional<VectorForm> denseVectorForm(const Circuit& circuit, const Primitive& primitive,
                                            std::span<const ValueRange> inputs);
std::vector<ValueRange> denseRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& densePrimitive();

} // namespace bitwright
