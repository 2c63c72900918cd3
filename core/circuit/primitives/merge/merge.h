// SPDX-License-Identifier: GPL-3.0-or-later
/// Element by element combination of two values (hls4ml reference, section 2.9).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

enum class MergeOperation { Add, Subtract, Multiply, Divide, Average, Maximum, Minimum };
std::string_view mergeOperationName(MergeOperation operation);

/// Output element i reads element index_a[i] and index_b[i] (empty for the identity): broadcasting, resolved.
struct MergeAttributes final : PrimitiveAttributes {
    MergeOperation operation = MergeOperation::Add;
    std::vector<std::int64_t> index_a;
    std::vector<std::int64_t> index_b;
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Cost mergeCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> mergeHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> mergeKernel(const KernelRequest& request);
std::vector<ValueRange> mergeRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& mergePrimitive();

} // namespace bitwright
