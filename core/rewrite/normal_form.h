// SPDX-License-Identifier: GPL-3.0-or-later
/// Model -> model: the one form that flows lower.
#pragma once

#include <memory>

#include "model/model.h"

namespace bitwright {

/// Derives the normal form: shapes inferred, constants folded (quantisers of constants stay), dead nodes gone,
/// Identity/Dropout gone, Gemm as MatMul + Add, channels of convolutions, pools and batch normalisations last, names readable as hls4ml's preparation makes them
/// (`MatMul_0`, `Add_0`, numbered per operator in topological order). Every rewrite is recorded; every node
/// knows the file's nodes it came from. Never fails: what cannot be rewritten stays as it is.
std::shared_ptr<const Model> normalForm(const Model& model);

/// Whether @p node does nothing but put the channels of a model's input last. It is no operator of the file and counts in
/// no name: flows read the input in that order instead.
bool isInputLayout(const Graph& graph, const Node& node);

} // namespace bitwright
