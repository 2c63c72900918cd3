// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/merge/merge.h"

namespace bitwright {

std::string_view mergeOperationName(MergeOperation operation)
{
    switch (operation) {
    case MergeOperation::Add: return "add";
    case MergeOperation::Subtract: return "subtract";
    case MergeOperation::Multiply: return "multiply";
    case MergeOperation::Divide: return "divide";
    case MergeOperation::Average: return "average";
    case MergeOperation::Maximum: return "maximum";
    case MergeOperation::Minimum: return "minimum";
    }
    return "";
}

void MergeAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(operation).add(reuse_factor);
    hasher.array(std::span<const std::int64_t>(index_a));
    hasher.array(std::span<const std::int64_t>(index_b));
}

const PrimitiveDescriptor& mergePrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "merge",
        .title = "Merge",
        .emulate = mergeKernel,
        .vector_form = NotSupported{"Values are merged by the exact kernel."},
        .range = mergeRange,
        .cost = mergeCost,
        .hls = mergeHls,
    };
    return kDescriptor;
}

} // namespace bitwright
