// SPDX-License-Identifier: GPL-3.0-or-later
/// How a product of a vector and a constant matrix is built.
#pragma once

#include <string_view>

namespace bitwright {

enum class Strategy { Latency, Resource, ResourceUnrolled, DistributedArithmetic };
std::string_view strategyName(Strategy strategy); ///< "latency", "resource", "resource_unrolled", "distributed_arithmetic"

} // namespace bitwright
