// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/convolution/convolution.h"
#include "circuit/primitives/dense/dense.h"
#include "circuit/primitives/merge/merge.h"
#include "circuit/primitives/pooling/pooling.h"
#include "circuit/primitives/reorder/reorder.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "circuit/primitives/softmax/softmax.h"
#include "circuit/primitives/table_function/table_function.h"
#include "circuit/primitives/threshold/threshold.h"

namespace bitwright {

void PrimitiveRegistry::add(const PrimitiveDescriptor& descriptor) { m_all.push_back(&descriptor); }

const PrimitiveDescriptor* PrimitiveRegistry::find(std::string_view name) const
{
    const auto found =
        std::find_if(m_all.begin(), m_all.end(), [&](const auto* descriptor) { return descriptor->name == name; });
    return found == m_all.end() ? nullptr : *found;
}

const PrimitiveRegistry& builtinPrimitives()
{
    static const PrimitiveRegistry registry = [] {
        PrimitiveRegistry all;
        all.add(activationPrimitive());
        all.add(convolutionPrimitive());
        all.add(densePrimitive());
        all.add(mergePrimitive());
        all.add(poolingPrimitive());
        all.add(reorderPrimitive());
        all.add(scaleShiftPrimitive());
        all.add(softmaxPrimitive());
        all.add(tableFunctionPrimitive());
        all.add(thresholdPrimitive());
        return all;
    }();
    return registry;
}

} // namespace bitwright
