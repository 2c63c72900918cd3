// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/threshold/threshold.h"

namespace bitwright {

void ThresholdAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(is_ternary).add(n);
}

const PrimitiveDescriptor& thresholdPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "threshold",
        .title = "Threshold",
        .emulate = thresholdKernel,
        .vector_form = thresholdVectorForm,
        .range = thresholdRange,
        .cost = thresholdCost,
        .hls = thresholdHls,
    };
    return kDescriptor;
}

} // namespace bitwright
