// SPDX-License-Identifier: GPL-3.0-or-later
/// Executes a model as its file defines it: float32 arithmetic, quantisers as QONNX and ONNX define them.
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

struct ReferenceOptions {
    bool keep_trace = false; ///< keep every intermediate tensor, by value name
    int threads = 0;         ///< 0: all cores
    std::stop_token stop;
};

struct ReferenceRun {
    std::vector<Tensor> outputs;         ///< in the order of graph.outputs
    std::map<std::string, Tensor> trace; ///< by value name
};

/// @p inputs in the order of graph.inputs, each with a leading batch dimension of any extent.
/// @error OperatorUnsupported, ArrayShape
Result<ReferenceRun> runReference(const Model& model, const std::vector<Tensor>& inputs,
                                  const ReferenceOptions& options = {});

} // namespace bitwright
