// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs of primitives as one vector kernel: a product and the element steps behind it, or element steps alone.
///
/// A fused kernel computes the last primitive's output only. It exists where range analysis proves every
/// intermediate value to fit its lanes; elsewhere the exact kernels run.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "circuit/kernel.h"
#include "circuit/vector_form.h"

namespace bitwright {

class FusedKernel {
public:
    virtual ~FusedKernel() = default;
    /// @pre containers are not `Wide`; rows are padded to kernels::kSampleMultiple samples
    virtual void run(const CodeBlock& input, const CodeBlock& output) const = 0;
    virtual std::string_view path() const = 0;
};

/// Fuses @p forms, of which only the first may be a product, for inputs in @p input; nullptr without a proof.
/// @p elements: of the input, per sample
std::unique_ptr<FusedKernel> fuse(std::span<const VectorForm> forms, kernels::LaneRange input, std::int64_t elements);

} // namespace bitwright
