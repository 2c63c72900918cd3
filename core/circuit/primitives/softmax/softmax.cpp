// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/softmax/softmax.h"

namespace bitwright {

std::string_view softmaxImplementationName(SoftmaxImplementation implementation)
{
    switch (implementation) {
    case SoftmaxImplementation::Stable: return "stable";
    case SoftmaxImplementation::Latency: return "latency";
    case SoftmaxImplementation::Argmax: return "argmax";
    case SoftmaxImplementation::Legacy: return "legacy";
    }
    return "";
}

void SoftmaxAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(implementation).add(outer).add(n).add(inner).add(reuse_factor);
}

const PrimitiveDescriptor& softmaxPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "softmax",
        .title = "Softmax",
        .emulate = softmaxKernel,
        .vector_form = softmaxVectorForm,
        .range = softmaxRange,
        .cost = softmaxCost,
        .hls = softmaxHls,
    };
    return kDescriptor;
}

} // namespace bitwright
