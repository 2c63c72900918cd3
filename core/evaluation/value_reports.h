// SPDX-License-Identifier: GPL-3.0-or-later
/// What pass 2 says about each value inside the circuit.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "circuit/circuit.h"
#include "emulator/emulator.h"
#include "evaluation/evaluation.h"
#include "model/model.h"

namespace bitwright {

/// What values are compared with: the reference run of the normal form, and which value is which.
struct ReferenceTrace {
    const Model& normal;
    const std::map<std::string, Tensor>& values; ///< by value name, [samples, ...]
    std::vector<ValueIndex> corresponding;       ///< per circuit value
};

/// One report per circuit value that @p statistics knows, in the circuit's order. @p trace holds the emulator's own
/// values by primitive name; @p reference may be null.
std::vector<ValueReport> reportValues(const Circuit& circuit, const std::vector<ValueStatistics>& statistics,
                                      const std::map<std::string, Tensor>& trace, const ReferenceTrace* reference);

/// Elements of all traced values for one sample, of the circuit or of a model: what tracing costs in memory.
std::int64_t tracedElements(const Circuit& circuit);
std::int64_t tracedElements(const Model& normal);

/// Outputs and traces show bipolar values as 0 and 1; what they mean is -1 and +1.
Tensor asMeant(const Tensor& values, const NumberFormat& format);

} // namespace bitwright
