// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/scale_shift/scale_shift.h"

namespace bitwright {

void ScaleShiftAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(n).add(reuse_factor);
}

const PrimitiveDescriptor& scaleShiftPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "scale_shift",
        .title = "Scale and shift",
        .emulate = scaleShiftKernel,
        .vector_form = scaleShiftVectorForm,
        .range = scaleShiftRange,
        .cost = scaleShiftCost,
        .hls = scaleShiftHls,
    };
    return kDescriptor;
}

} // namespace bitwright
