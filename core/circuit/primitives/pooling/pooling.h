// SPDX-License-Identifier: GPL-3.0-or-later
/// Maximum and average over windows, channels last (hls4ml reference, section 2.4).
#pragma once

#include "circuit/primitive_descriptor.h"
#include "circuit/window.h"

namespace bitwright {

enum class PoolingOperation { Maximum, Average };
std::string_view poolingName(PoolingOperation operation);

/// Formats: "accumulator". Parallel values are compared as they are, streams after they are stored in the accumulator's
/// format; averages divide by the pixels of the image in the window, toward zero. A padded maximum sees the code with only
/// the highest bit set.
struct PoolingAttributes final : PrimitiveAttributes {
    PoolingOperation operation = PoolingOperation::Maximum;
    ImageWindow window;
    bool is_global = false; ///< one window over the whole image: streams add pixel by pixel
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Cost poolingCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> poolingHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> poolingKernel(const KernelRequest& request);
std::vector<ValueRange> poolingRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& poolingPrimitive();

} // namespace bitwright
