// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/reorder/reorder.h"

namespace bitwright {

void ReorderAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.text(operation);
    hasher.array(std::span<const std::int32_t>(source));
    hasher.array(std::span<const std::int64_t>(element));
}

const PrimitiveDescriptor& reorderPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "reorder",
        .title = "Reorder",
        .emulate = reorderKernel,
        .vector_form = NotSupported{"Elements are moved by the exact kernel."},
        .range = reorderRange,
        .cost = reorderCost,
        .hls = reorderHls,
    };
    return kDescriptor;
}

} // namespace bitwright
