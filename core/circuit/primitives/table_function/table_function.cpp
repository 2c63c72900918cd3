// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/table_function/table_function.h"

namespace bitwright {

std::string_view tableFunctionName(TableFunction function)
{
    switch (function) {
    case TableFunction::Sigmoid: return "sigmoid";
    case TableFunction::Tanh: return "tanh";
    case TableFunction::Softplus: return "softplus";
    case TableFunction::Softsign: return "softsign";
    case TableFunction::Elu: return "elu";
    case TableFunction::Selu: return "selu";
    }
    return "";
}

void TableFunctionAttributes::hashInto(ContentHasher& hasher) const
{
    hasher.add(function).add(size).add(reuse_factor);
}

const PrimitiveDescriptor& tableFunctionPrimitive()
{
    static constexpr PrimitiveDescriptor kDescriptor{
        .name = "table_function",
        .title = "Function table",
        .emulate = tableFunctionKernel,
        .vector_form = NotSupported{"Functions are looked up by the exact kernel."},
        .range = tableFunctionRange,
        .cost = tableFunctionCost,
        .hls = tableFunctionHls,
    };
    return kDescriptor;
}

} // namespace bitwright
