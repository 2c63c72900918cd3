// SPDX-License-Identifier: GPL-3.0-or-later
/// How a model is executed: node by node, on one set of inputs or on many samples stacked along dimension 0.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "model/model.h"
#include "ops/node_run.h"
#include "ops/op_descriptor.h"

namespace bitwright {

/// The nodes that the outputs need, with their operators.
struct RunPlan {
    const Model* model = nullptr;
    std::vector<NodeIndex> nodes;
    RunValues known;               ///< constants, and what follows from them
    std::vector<bool> is_batched;  ///< by value; only in a plan for stacked samples
};

/// A plan to run the graph as it is. @p all_nodes: also nodes that no output needs, as far as they can run.
/// @error OperatorUnsupported, OperatorInputMissing, ModelDataMissing
Result<RunPlan> planRun(const Model& model, bool all_nodes);

/// A plan that computes many samples at once, each as if it were alone; nothing where some operator mixes
/// samples or may do so. @p single_sample is the model after `assumeSingleSample`; it must outlive the plan.
std::optional<RunPlan> planStackedRun(const Model& single_sample, const RunPlan& plain);

/// Executes the plan on one block. @p stacked_samples as in RunContext.
Result<RunValues> runPlan(const RunPlan& plan, const std::vector<Tensor>& inputs, std::int64_t stacked_samples,
                          const std::stop_token& stop);

} // namespace bitwright
