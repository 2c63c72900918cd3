// SPDX-License-Identifier: GPL-3.0-or-later
/// From a file to everything that a document needs: runs on a worker, polls for cancellation, touches no widget.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "evaluation/evaluator.h"
#include "widgets/design_view.h"

namespace bitwright {

/// What to open. Only the model is needed.
struct OpenRequest {
    std::string model;
    std::string configuration; ///< hls4ml YAML that replaces the flow's initial configuration; may be empty
    DatasetPaths data;         ///< empty: random samples, labelled as such
};

/// A design that is ready to be shown.
struct OpenedDesign {
    OpenRequest request;
    std::shared_ptr<Evaluator> evaluator;
    DesignView view;      ///< with layers, lowering and estimate of the configuration
    Diagnostics findings; ///< of reading the configuration and the data
};

using PhaseReport = std::function<void(const char* phase, double share)>;

/// @error those of importModel, the flow, and Cancelled. Trouble with data or the estimate is a finding: the
/// design opens without.
Result<OpenedDesign> openDesign(const OpenRequest& request, std::stop_token stop, const PhaseReport& report);

/// Lowers and estimates @p configuration and puts the outcome into @p view.
void refreshCost(Evaluator& evaluator, DesignView& view);

} // namespace bitwright
