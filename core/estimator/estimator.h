// SPDX-License-Identifier: GPL-3.0-or-later
/// What a circuit costs: resources and timing, per layer and in total, against a part.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/cost.h"
#include "estimator/part.h"
#include "support/result.h"

namespace bitwright {

struct PrimitiveEstimate {
    std::string primitive;
    std::string layer;
    Cost cost;
};

struct Estimate {
    std::vector<PrimitiveEstimate> primitives;
    std::map<std::string, Cost> layers; ///< sums by layer id
    Cost total; ///< its terms name the layers, the FIFOs and what the composition adds
    Part part;
    double clock_ns = 0;
    double latency_ns = 0;
    std::string stage;   ///< "csynth": which tool's number this predicts
    std::string profile; ///< cost model it came from
    Diagnostics findings;
};

/// Costs that were computed before, by content. Not thread-safe; one per thread that estimates.
class CostCache {
public:
    CostCache();
    ~CostCache();
    CostCache(CostCache&&) noexcept;
    CostCache& operator=(CostCache&&) noexcept;

private:
    friend class Estimator;
    friend Result<Estimate> estimate(const Circuit& circuit, CostCache* cache);
    struct State;
    std::unique_ptr<State> m_state;
};

/// Whether a clock period is one that designs have. @error ClockImpossible
Result<void> checkClock(double clock_ns);

/// @cost microseconds per primitive. With a @p cache, only what changed is computed again.
/// @error PartUnknown, PartAmbiguous, ClockImpossible, CostModelMissing, CostModelInvalid
Result<Estimate> estimate(const Circuit& circuit, CostCache* cache = nullptr);

} // namespace bitwright
