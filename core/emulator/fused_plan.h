// SPDX-License-Identifier: GPL-3.0-or-later
/// Which runs of steps execute as one vector kernel when nobody looks at the values between.
#pragma once

#include <span>

#include "emulator/program.h"

namespace bitwright {

/// The runs of @p program, by their last step. Each run is a chain of steps in which every value but the last has one
/// consumer; it is as long as a proof reaches. @p ranges: per circuit value. Kernels of @p previous (may be null) are
/// taken over where step keys agree.
std::vector<FusedRun> planFusedRuns(EmulatorProgram& program, std::span<const ValueRange> ranges,
                                    const EmulatorProgram* previous);

} // namespace bitwright
