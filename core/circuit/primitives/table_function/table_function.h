// SPDX-License-Identifier: GPL-3.0-or-later
/// Functions by lookup: sigmoid, tanh, softplus, softsign, ELU, SELU (hls4ml reference, sections 2.7 and 2.8).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

enum class TableFunction { Sigmoid, Tanh, Softplus, Softsign, Elu, Selu };
std::string_view tableFunctionName(TableFunction function);

/// Constants: "table" [size]; ELU: "parameter" [1] (alpha); SELU: "parameter" [1] (lambda, in the format that
/// the io type demands). The table's content is decided by lowering, the addressing by the function.
struct TableFunctionAttributes final : PrimitiveAttributes {
    TableFunction function = TableFunction::Sigmoid;
    std::int64_t size = 1024;
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

/// Entry values of a table as hls4ml's generated program computes them (C library's float functions),
/// stored in @p format.
CodeTensor functionTable(TableFunction function, std::int64_t size, const FixedFormat& format);

Cost tableFunctionCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> tableFunctionHls(const Circuit& circuit, const Primitive& primitive);
std::unique_ptr<Kernel> tableFunctionKernel(const KernelRequest& request);
std::vector<ValueRange> tableFunctionRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& tableFunctionPrimitive();

} // namespace bitwright
