// SPDX-License-Identifier: GPL-3.0-or-later
/// Softmax in hls4ml's implementations (hls4ml reference, section 2.12).
#pragma once

#include "circuit/primitive_descriptor.h"

namespace bitwright {

enum class SoftmaxImplementation { Stable, Latency, Argmax, Legacy };
std::string_view softmaxImplementationName(SoftmaxImplementation implementation);

/// Constants: "exp_table", "inverse_table" (stable, latency, legacy). Formats: "accumulator", "exp_table",
/// "inverse_table", "inverse_input", "normalised_input", and "table" for legacy. The normalised axis has `n`
/// elements, `outer` times before and `inner` elements within.
struct SoftmaxAttributes final : PrimitiveAttributes {
    SoftmaxImplementation implementation = SoftmaxImplementation::Stable;
    std::int64_t outer = 1;
    std::int64_t n = 1;
    std::int64_t inner = 1;
    std::int64_t reuse_factor = 1;
    void hashInto(ContentHasher& hasher) const override;
};

Cost softmaxCost(const Circuit& circuit, const Primitive& primitive, const CostProfile& profile);
Result<HlsFragment> softmaxHls(const Circuit& circuit, const Primitive& primitive);
/// Address bits of a table of @p size entries: ceil(log2(size)), at least 1.
int softmaxAddressBits(std::int64_t size);
/// Tables as hls4ml's generated program fills them. An entry of the first two stands for the address whose top
/// bits are its index and whose other bits are zero; the exponential one negates it for the stable form, whose
/// addresses are differences to the maximum. Entry 0 of the inverse is the largest value (1 / 0).
CodeTensor softmaxExpTable(std::int64_t size, const FixedFormat& address, bool is_negated, const FixedFormat& format);
CodeTensor softmaxInverseTable(std::int64_t size, const FixedFormat& address, const FixedFormat& format);
/// The legacy form's: exponentials over [-8, 8), inverses over [0, 64).
CodeTensor softmaxLegacyExpTable(std::int64_t size, const FixedFormat& format);
CodeTensor softmaxLegacyInverseTable(std::int64_t size, const FixedFormat& format);

std::unique_ptr<Kernel> softmaxKernel(const KernelRequest& request);
std::optional<VectorForm> softmaxVectorForm(const Circuit& circuit, const Primitive& primitive,
                                            std::span<const ValueRange> inputs);
std::vector<ValueRange> softmaxRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs);
const PrimitiveDescriptor& softmaxPrimitive();

} // namespace bitwright
