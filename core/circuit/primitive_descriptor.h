// SPDX-License-Identifier: GPL-3.0-or-later
/// Everything the program knows about one kind of hardware primitive.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/cost.h"
#include "circuit/hls_fragment.h"
#include "circuit/kernel.h"
#include "circuit/value_range.h"
#include "circuit/vector_form.h"
#include "support/facet.h"

namespace bitwright {

/// One file per kind (`primitives/<name>.cpp`, or the folder of that name), one line in
/// `builtin_primitives.cpp`; nothing else in the program names a kind.
struct PrimitiveDescriptor {
    std::string_view name;  ///< "dense"
    std::string_view title; ///< shown to people
    /// Prepares the executable form: packs weights, chooses the fast path that the ranges prove exact.
    Facet<std::unique_ptr<Kernel>(const KernelRequest&)> emulate;
    /// The same function for vector kernels, for inputs in the given ranges; nothing where these formats have none.
    Facet<std::optional<VectorForm>(const Circuit&, const Primitive&, std::span<const ValueRange>)> vector_form;
    /// Codes that the outputs can take, given those of the inputs (interval arithmetic on the real constants).
    Facet<std::vector<ValueRange>(const Circuit&, const Primitive&, std::span<const ValueRange>)> range;
    /// Resources and timing of one instance.
    Facet<Cost(const Circuit&, const Primitive&, const CostProfile&)> cost;
    /// Its part of an HLS project.
    Facet<Result<HlsFragment>(const Circuit&, const Primitive&)> hls;
};

class PrimitiveRegistry {
public:
    void add(const PrimitiveDescriptor& descriptor);
    /// The descriptor of that name, or nullptr.
    const PrimitiveDescriptor* find(std::string_view name) const;
    const std::vector<const PrimitiveDescriptor*>& all() const { return m_all; }

private:
    std::vector<const PrimitiveDescriptor*> m_all;
};

/// The one list.
const PrimitiveRegistry& builtinPrimitives();

} // namespace bitwright
