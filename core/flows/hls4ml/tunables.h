// SPDX-License-Identifier: GPL-3.0-or-later
/// Tunables that only the hls4ml flow has (hls4ml reference, section 4.2).
#pragma once

namespace bitwright::hls4ml {

inline constexpr const char* kTargetCycles = "target_cycles"; ///< resource strategies: derives the reuse factor
inline constexpr const char* kParallelizationFactor = "parallelization_factor"; ///< output pixels at the same time
inline constexpr const char* kExpTableSize = "exp_table_size";
inline constexpr const char* kInverseTableSize = "inverse_table_size";

} // namespace bitwright::hls4ml
