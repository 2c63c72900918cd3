// SPDX-License-Identifier: GPL-3.0-or-later
/// Pure data movement: transpose, reshape, slice, concatenation; each element is stored in the result format.
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

/// Output element i is element `element[i]` of input `source[i]`, or 0 for element -1; without sources it comes from the
/// first input, without elements it is element i.
struct ReorderAttributes final : PrimitiveAttributes {
    std::string operation = "reshape"; ///< "transpose", "reshape", "concatenate", "pad", "resize", shown and exported
    std::vector<std::int32_t> source;
    std::vector<std::int64_t> element;
    void hashInto(ContentHasher& hasher) const override;
};

Cost reorderCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> reorderHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> reorderKernel(const KernelRequest& request);
std::vector<ValueRange> reorderRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& reorderPrimitive();

} // namespace bitwright
