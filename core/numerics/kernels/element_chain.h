// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs element chains over blocks, in the widest vectors of the CPU.
#pragma once

#include <span>

#include "numerics/kernels/rows.h"

namespace bitwright::kernels {

/// out row r = chain(in row r), for @p row_count rows of @p samples samples.
/// @pre @p compute = provedLane(chain, range of in); in and out may be the same block of equal lanes
void runChain(std::span<const ElementStep> chain, Lane compute, ConstRows in, Rows out,
              std::int64_t row_count, std::int64_t samples);

} // namespace bitwright::kernels
