// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/strategy.h"

namespace bitwright {

std::string_view strategyName(Strategy strategy)
{
    switch (strategy) {
    case Strategy::Latency: return "latency";
    case Strategy::Resource: return "resource";
    case Strategy::ResourceUnrolled: return "resource_unrolled";
    case Strategy::DistributedArithmetic: return "distributed_arithmetic";
    }
    return "";
}

} // namespace bitwright
