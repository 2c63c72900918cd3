// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/dense/dense.h"

namespace bitwright {

void DenseAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(n_in).add(n_out).add(rows).add(strategy).add(reuse_factor).add(accumulation_step);
}

const PrimitiveDescriptor& densePrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "dense",
        .title = "Dense",
        .emulate = denseKernel,
        .vector_form = denseVectorForm,
        .range = denseRange,
        .cost = denseCost,
        .hls = denseHls,
    };
    return kDescriptor;
}

} // namespace bitwright
