// SPDX-License-Identifier: GPL-3.0-or-later
/// What a circuit costs: resources and timing, per layer and in total, against a part.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/cost.h"
#include "support/result.h"

namespace bitwright {

/// A device that circuits are built for.
struct Part {
    std::string name;   ///< "xcvu13p-flga2577-2-e"
    std::string family; ///< "Virtex UltraScale+"
    std::string vendor;
    double lut = 0, ff = 0, dsp = 0, bram = 0, uram = 0; ///< totals; BRAM in 18-kbit blocks
};

const std::vector<Part>& builtinParts();
/// The part of that exact name, else of that unique prefix. @error PartUnknown, PartAmbiguous
Result<Part> findPart(const std::string& name);

struct PrimitiveEstimate {
    std::string primitive;
    std::string layer;
    Cost cost;
};

struct Estimate {
    std::vector<PrimitiveEstimate> primitives;
    std::map<std::string, Cost> layers; ///< sums by layer id
    Cost total;
    Part part;
    double clock_ns = 0;
    double latency_ns = 0;
    std::string stage;   ///< "csynth": which tool's number this predicts
    std::string profile; ///< cost model it came from
    Diagnostics findings;
};

/// @cost microseconds per primitive; costs of primitives are cached by content hash
Result<Estimate> estimate(const Circuit& circuit);

} // namespace bitwright
