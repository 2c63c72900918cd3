// SPDX-License-Identifier: GPL-3.0-or-later
/// Networks to show on the canvas, made up.
#pragma once

#include <memory>

#include "layout/graph_drawing.h"

namespace bitwright::test {

/// A small perceptron as it looks with formats and costs: input, three dense layers with activations, output.
std::shared_ptr<const GraphSummary> perceptronSummary();
/// Quantiser chips, a residual connection, an unsupported node, warnings, a lock, hostile names.
std::shared_ptr<const GraphSummary> variedSummary();
/// @p nodes nodes in blocks with branches and skips, as @p networks networks beside each other.
std::shared_ptr<const GraphSummary> largeSummary(int nodes, int networks = 1);

} // namespace bitwright::test
