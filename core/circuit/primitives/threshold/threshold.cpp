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
        .emulate = NotSupported{"The emulator has no kernel for this primitive yet."},
        .range = NotSupported{"There is no range rule for this primitive yet."},
        .cost = NotSupported{"There is no cost rule for this primitive yet."},
        .hls = thresholdHls,
    };
    return kDescriptor;
}

} // namespace bitwright
